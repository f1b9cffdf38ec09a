"""What providers type of years, distances and last days, and amounts in numerals."""

from datetime import date

import pytest

from bot.amounts import read_amount
from bot.numerals import in_digits
from bot.provider import reading
from core.people.phones import read_phone, spellings


@pytest.mark.feature("P1")
@pytest.mark.parametrize(
    "text",
    [
        "2028-05-31", "20280531", "2028年5月31日", "31.5.2028", "5/31/2028", "31/05/2028", "2028.5.31",
        "May 31, 2028", "31 May 2028", "31st of May 2028", "2028年5月", "05/2028", "May 2028",
        "二〇二八年五月三十一日", "２０２８－０５－３１", "valid until 2028-05-31",
    ],
)  # fmt: skip
def test_a_last_day_in_any_spelling(text: str) -> None:
    assert reading.day(text) == date(2028, 5, 31)


@pytest.mark.feature("P1")
@pytest.mark.parametrize("text", ["", "soon", "2028", "31.2.2028", "5/31", "1 2 3 4 2028", "长期"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert reading.day(text) is None


@pytest.mark.feature("P1")
def test_no_end_is_said_in_many_ways() -> None:
    assert all(reading.endless(t) for t in ("长期", "长期有效", "永久", "No expiry", "permanent"))
    assert not any(reading.endless(t) for t in ("2028-05-31", "", "May 2028"))


@pytest.mark.feature("P1")
@pytest.mark.parametrize(
    ("text", "years"),
    [("5", 5), ("五年", 5), ("十五", 15), ("ten years", 10), ("twenty-five", 25), ("since 2015", 11),
     ("2015年开始", 11), ("半年", 0), ("6 months", 0), ("long", None)],
)  # fmt: skip
def test_years(text: str, years: int | None) -> None:
    assert reading.years(text, this_year=2026) == years


@pytest.mark.feature("P1")
@pytest.mark.parametrize(
    ("text", "metres"),
    [("8", 8000), ("8.5 km", 8500), ("八公里", 8000), ("5000m", 5000), ("5000", 5000),
     ("3 miles", 4827), ("far", None)],
)  # fmt: skip
def test_distances(text: str, metres: int | None) -> None:
    assert reading.metres(text) == metres


@pytest.mark.feature("P15")
@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("12", "CNY", 1200), ("12.5", "CNY", 1250), ("12,5", "CNY", 1250), ("¥120", "CNY", 12000),
     ("一百二", "CNY", 12000), ("120元", "CNY", 12000), ("120块5", "CNY", 12050),
     ("一百二十块钱", "CNY", 12000), ("1,200", "CNY", 120000), ("1,200.50", "CNY", 120050),
     ("120 yuan", "CNY", 12000), ("１２０", "CNY", 12000), ("1200", "JPY", 1200),
     ("12.5", "JPY", None), ("1.234", "KWD", 1234), ("1.234", "CNY", None), ("-5", "CNY", None),
     ("1,2,3", "CNY", None), ("99999999999", "CNY", None), ("free", "CNY", None)],
)  # fmt: skip
def test_prices(text: str, currency: str, minor: int | None) -> None:
    assert read_amount(text, currency) == minor


@pytest.mark.feature("P15")
@pytest.mark.parametrize(
    ("numeral", "digits"),
    [("一百二", "120"), ("一百零二", "102"), ("两百五", "250"), ("一千二", "1200"), ("一千零五", "1005"),
     ("一万二", "12000"), ("十", "10"), ("二十五", "25"), ("二〇二八", "2028"), ("两千三百", "2300")],
)  # fmt: skip
def test_numerals_as_people_say_them(numeral: str, digits: str) -> None:
    assert in_digits(f"约{numeral}元") == f"约{digits}元"


@pytest.mark.feature("P1")
def test_telephone_numbers() -> None:
    assert read_phone("138 0013-8000") == "13800138000"
    assert read_phone("0049 (170) 555 123") == "+49170555123"
    assert read_phone("+８６１３８００１３８０００") == "+8613800138000"
    assert [read_phone(text) for text in ("12", "call me", "1380013800013800")] == [None] * 3
    assert {*spellings("+8613800138000")} == {*spellings("13800138000")}
