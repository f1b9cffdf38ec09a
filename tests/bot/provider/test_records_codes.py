"""What is looked for among the records fits on a button and is read back as it was; nonsense means everything."""

import itertools
from datetime import date, timedelta

import pytest

from bot.conversation import LARGEST
from bot.provider.records.coded import ALL, LAST, MONTH, WEEK, Chosen, between, chosen, opened
from bot.screen import press
from core.records.model import End, Opinion

pytestmark = pytest.mark.feature("P9")
TODAY = date(2026, 3, 4)  # a Wednesday


def test_every_filter_is_read_back_and_fits_on_each_button() -> None:
    days = between(date(2026, 2, 27), date(2147, 1, 1))
    for period, end, opinion, service, typed in itertools.product(
        (ALL, WEEK, MONTH, LAST, days), (None, *End), Opinion, (None, 1, LARGEST), (False, True)
    ):
        one = Chosen(period, end, opinion, service, typed)
        assert chosen(one.code) == one
        assert press("record", LARGEST, one.code, 9999).count(":") == 3
        assert press("rectable", one.code, 9999).count(":") == 2


@pytest.mark.parametrize(
    "code", ["", "a", "x__.", "a__", "a__.0" + "z" * 99, "dzz__.", "a__.ö", "\n"]
)
def test_an_altered_code_means_everything(code: str) -> None:
    assert chosen(code) == Chosen()


def test_periods_are_whole_weeks_and_months_and_days_are_as_given() -> None:
    def days(period: str, today: date = TODAY) -> tuple[date, date] | None:
        return Chosen(period).days(today=today)

    assert days(ALL) is None
    assert days(WEEK) == (date(2026, 3, 2), date(2026, 3, 8))
    assert days(MONTH) == (date(2026, 3, 1), date(2026, 3, 31))
    assert days(LAST) == (date(2026, 2, 1), date(2026, 2, 28))
    assert days(LAST, date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert days(MONTH, date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))
    for first in (date(1999, 1, 1), date(2020, 1, 1), date(2026, 3, 2), date(9999, 12, 30)):
        last = first + timedelta(days=1)
        found = days(between(first, last))
        assert found is not None
        if date(2020, 1, 1) <= first < date(2147, 1, 1):
            assert found == (first, last)


def test_others_open_the_records_of_some_days() -> None:
    verb, code, page = opened(TODAY, end=End.DONE, opinion=Opinion.LOW, service_id=7).split(":")
    assert (verb, page) == ("records", "0")
    one = chosen(code)
    assert one.days(today=TODAY) == (TODAY, TODAY)
    assert (one.end, one.opinion, one.service_id) == (End.DONE, Opinion.LOW, 7)
    assert opened() == f"records:{Chosen().code}:0"
