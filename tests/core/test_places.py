"""The gazetteer search: what people type into an address step finds the spot they mean."""

import pytest

from core.places import Place, district, district_alone, find_places, mentioned

SQUARE = Place(
    "人民广场", "People's Square", 31.2304, 121.4737, "黄浦区", ("人广", "Renmin Square")
)
PARK = Place("人民公园", "People's Park", 31.2331, 121.4697, "黄浦区")
MUSEUM = Place("上海博物馆", "Shanghai Museum", 31.2284, 121.4712, "黄浦区", ("上博",))
AIRPORT = Place(
    "虹桥机场2号航站楼", "Hongqiao Airport Terminal 2", 31.1966, 121.3224, "闵行区", ("SHA",)
)
QIBAO = Place("七宝", "Qibao", 31.1550, 121.3495, "闵行区")
OLD_QIBAO = Place("七宝古镇", "Qibao Ancient Town", 31.1573, 121.3486, "闵行区")
PLACES = (PARK, SQUARE, MUSEUM, AIRPORT, QIBAO, OLD_QIBAO)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("人民广场", SQUARE),
        ("人民广场5号楼302", SQUARE),
        ("上海市黄浦区人民广场 5号楼 302室", SQUARE),
        ("人广地铁站3号口", SQUARE),
        ("people's square", SQUARE),
        ("PEOPLES SQUARE", SQUARE),
        ("People\u2019s Square, building 5", SQUARE),
        ("  renmin   square ", SQUARE),
        ("Shanghai Museum", MUSEUM),
        ("sha", AIRPORT),
        ("七宝", QIBAO),
        ("七宝古镇12号", OLD_QIBAO),
        ("\u3000七宝\u3000", QIBAO),
        ("Hongqiao Airport", AIRPORT),
    ],
)
def test_what_people_type_finds_the_place_first(text: str, first: Place) -> None:
    assert find_places(text=text, places=PLACES)[0] == first


def test_a_shared_beginning_offers_all_that_fit() -> None:
    assert set(find_places(text="人民", places=PLACES)) == {SQUARE, PARK}


def test_the_limit_is_kept() -> None:
    assert len(find_places(text="人民", places=PLACES, limit=1)) == 1


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "不存在的地方", "人", "<b>x</b>", "\u202e", "x" * 4096]
)
def test_nothing_is_guessed_from_nothing(text: str) -> None:
    assert find_places(text=text, places=PLACES) == []


def test_a_latin_alias_is_a_word_not_a_part_of_one() -> None:
    assert AIRPORT not in find_places(text="Shanghai", places=PLACES)


@pytest.mark.parametrize(
    ("text", "place"),
    [("静安寺附近开锁", None), ("人民广场修空调", SQUARE), ("haircut near People's Square", SQUARE),
     ("七宝古镇 保洁", OLD_QIBAO), ("七宝洗沙发", QIBAO), ("人广和七宝", None), ("修空调", None),
     ("ship to SHA", None), ("", None)],
)  # fmt: skip
def test_a_place_inside_a_sentence_is_taken_only_when_it_is_sure(
    text: str, place: Place | None
) -> None:
    assert mentioned(text=text, places=PLACES) == place


@pytest.mark.parametrize(
    ("text", "name"),
    [("闵行搬家", "闵行区"), ("黄浦区 保洁", "黄浦区"), ("修空调", None), ("闵 行", None)],
)
def test_a_district_is_known_with_or_without_its_last_word(text: str, name: str | None) -> None:
    assert district(text=text, places=PLACES) == name


@pytest.mark.feature("C3")
@pytest.mark.parametrize(
    ("text", "name"),
    [("ac repair minhang", "闵行区"), ("Huangpu qu baojie", "黄浦区"), ("huang pu cleaning", "黄浦区"),
     ("near Minhang District", "闵行区"), ("ac repair", None), ("min hang over", "闵行区")],
)  # fmt: skip
def test_a_district_is_known_in_letters_too(text: str, name: str | None) -> None:
    assert district(text=text, places=PLACES) == name


@pytest.mark.feature("C3")
@pytest.mark.parametrize(
    ("text", "place"),
    [("renmin guangchang xiu kongtiao", SQUARE), ("ac repair at renminguangchang", SQUARE),
     ("kaisuo qibao guzhen", OLD_QIBAO), ("qi bao sofa cleaning", QIBAO), ("repair", None)],
)  # fmt: skip
def test_a_place_is_known_by_its_sound(text: str, place: Place | None) -> None:
    assert mentioned(text=text, places=PLACES) == place


PUDONG = Place("浦东国际机场", "Pudong Airport", 31.1443, 121.8083, "浦东新区", city="上海市")


@pytest.mark.parametrize(
    "text",
    ["浦东新区", "浦东", " 上海市浦东新区 ", "上海浦东", "Pudong", "pu dong", "Pudong New Area", "pudong district"],
)  # fmt: skip
def test_a_district_alone_is_known_as_one(text: str) -> None:
    assert district_alone(text=text, places=(*PLACES, PUDONG)) == "浦东新区"


@pytest.mark.parametrize(
    "text", ["浦东国际机场", "浦东修空调", "Pudong Airport", "ac repair pudong", ""]
)
def test_more_than_a_district_is_none(text: str) -> None:
    assert district_alone(text=text, places=(*PLACES, PUDONG)) is None
