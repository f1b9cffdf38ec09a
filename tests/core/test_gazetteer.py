"""The file of the places a platform serves: read as written, and what is wrong in it is found."""

import pytest

from bot.adapters.geography import Gazetteer
from bot.i18n import Words
from bot.place_names import know
from core.errors import Invalid
from core.gazetteer import read_places
from core.places import district, district_alone

TWO = """
杭州市:
  name_en: Hangzhou
  districts:
    西湖区: {name_en: Xihu, places: [[西湖, West Lake, 30.2431, 120.1448, 1933]]}
    上城区: {places: [[杭州站, "", 30.2437, 120.1770]]}
南昌市:
  name_en: Nanchang
  districts:
    西湖区: {name_en: Xihu, places: [[滕王阁, Tengwang Pavilion, 28.6813, 115.8813]]}
"""


@pytest.mark.feature("A11", "A9")
def test_districts_of_the_same_name_are_kept_apart_by_their_cities() -> None:
    places = read_places(text=TWO)
    known = Gazetteer(places)
    assert known.cities() == ["杭州市", "南昌市"]
    assert known.districts() == ["杭州·西湖区", "上城区", "南昌·西湖区"]
    assert known.districts(city="南昌市") == ["南昌·西湖区"]
    assert known.district_at(lat=28.68, lon=115.88) == "南昌·西湖区"
    assert known.city_at(lat=30.40, lon=120.14) == "杭州市", "its outskirts"
    assert known.city_at(lat=31.23, lon=121.47) == ""
    assert places[0].aliases == ("1933",)
    for text, name in {
        "杭州西湖区保洁": "杭州·西湖区",
        "南昌 西湖 搬家": "南昌·西湖区",
        "西湖区": None,
    }.items():
        assert district(text=text, places=places) == name
    assert district_alone(text="南昌市西湖区", places=places) == "南昌·西湖区"
    know(places)
    words = Words("en", "Asia/Shanghai")
    assert [words.area(name) for name in known.districts()] == [
        "Xihu, Hangzhou", "Shangcheng", "Xihu, Nanchang",
    ]  # fmt: skip
    know([])


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a: b: c", "1"), ("杭州市: {}", "杭州市 › districts"), ("- 杭州市", ""),
        (TWO.replace("28.6813", "128.6"), "南昌市 › districts › 西湖区 › places › 0 › lat"),
        (TWO.replace("name_en: Hangzhou", "english: Hangzhou"), "杭州市 › english"),
        (TWO.replace(", 30.2437, 120.1770", ""), "杭州市 › districts › 上城区 › places › 0"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(text: str, at: str) -> None:
    with pytest.raises(Invalid) as wrong:
        read_places(text=text)
    assert wrong.value.facts["at"] == at
