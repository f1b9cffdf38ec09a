"""A place that was saved in one language is called as its reader calls it."""

from collections.abc import Iterator

import pytest

from bot.i18n import Words
from bot.place_names import know
from core.places import Place

pytestmark = pytest.mark.feature("X2", "C23")
SQUARE = Place("人民广场", "People's Square", 31.23, 121.47, "黄浦区")
TWO = (Place("东门", "East Gate", 31.1, 121.1, ""), Place("东大门", "East Gate", 31.2, 121.2, ""))


@pytest.fixture(autouse=True)
def known() -> Iterator[None]:
    know([SQUARE, *TWO])
    yield
    know([])


@pytest.mark.parametrize("saved", ["人民广场", "People's Square"])
@pytest.mark.parametrize(("language", "read"), [("zh_CN", "人民广场"), ("en", "People's Square")])
def test_it_has_the_readers_name(saved: str, language: str, read: str) -> None:
    assert Words(language, "Asia/Shanghai").place(saved) == read


@pytest.mark.parametrize("written", ["", "By the old mill", "人民广场 3 号楼"])
def test_what_is_no_known_place_stays_as_it_was_written(written: str) -> None:
    assert Words("zh_CN", "Asia/Shanghai").place(written) == written


def test_a_name_of_two_places_is_not_taken_for_one_of_them() -> None:
    assert Words("zh_CN", "Asia/Shanghai").place("East Gate") == "East Gate"
    assert Words("en", "Asia/Shanghai").place("东大门") == "East Gate"


def test_districts_are_spelt_for_who_does_not_read_chinese() -> None:
    assert Words("en", "Asia/Shanghai").area("浦东新区") == "Pudong"
    assert Words("zh_CN", "Asia/Shanghai").area("浦东新区") == "浦东新区"
