"""The dates of repeated visits: by the clock on the wall, over clock changes and month ends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.series.dates import day_of, first_after, opens_at, start_of
from core.series.model import Rhythm, Series

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def series(first: date, rhythm: Rhythm = Rhythm.WEEKLY, **values: Any) -> Series:
    given = {"minute": 600, "zone": "Asia/Shanghai", "price": 1, "next_index": 1}
    return Series(
        id=1, customer_id=1, provider_id=1, service_id=1, rhythm=rhythm, day=first.toordinal(),
        created_at=NOW, **(given | values),
    )  # fmt: skip


def days(one: Series, *numbers: int) -> list[date]:
    return [day_of(series=one, number=number) for number in numbers]


@pytest.mark.feature("C20")
def test_weeks_and_fortnights_are_counted_from_the_first_visit() -> None:
    first = date(2026, 12, 22)
    assert days(series(first), 1, 2) == [date(2026, 12, 29), date(2027, 1, 5)]
    assert days(series(first, Rhythm.TWO_WEEKS), 1, 2) == [date(2027, 1, 5), date(2027, 1, 19)]


@pytest.mark.feature("C20")
def test_a_month_means_the_same_weekday_of_it() -> None:
    second_tuesday = series(date(2026, 11, 10), Rhythm.MONTHLY)
    assert days(second_tuesday, 1, 2, 3) == [
        date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9)
    ]  # fmt: skip


@pytest.mark.feature("C20")
def test_a_fifth_weekday_is_the_last_where_there_is_no_fifth() -> None:
    fifth_saturday = series(date(2026, 1, 31), Rhythm.MONTHLY)
    assert days(fifth_saturday, 1, 2, 4) == [
        date(2026, 2, 28), date(2026, 3, 28), date(2026, 5, 30)
    ]  # fmt: skip


@pytest.mark.feature("C20")
def test_the_clock_on_the_wall_stays_over_both_clock_changes() -> None:
    for first, hours in ((date(2026, 3, 22), (9, 8, 8)), (date(2026, 10, 18), (8, 9, 9))):
        one = series(first, zone="Europe/Berlin")
        starts = [start_of(series=one, number=number) for number in range(3)]
        assert tuple(start.hour for start in starts) == hours


@pytest.mark.feature("C20")
def test_an_hour_that_is_skipped_begins_later() -> None:
    one = series(date(2026, 3, 22), zone="Europe/Berlin", minute=150)
    assert start_of(series=one, number=1) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.feature("C20")
def test_what_is_past_is_not_repeated() -> None:
    one = series(date(2026, 2, 3))
    assert first_after(series=one, moment=NOW) == 4
    assert first_after(series=one, moment=start_of(series=one, number=4)) == 5


@pytest.mark.feature("C20")
def test_so_many_are_booked_ahead_and_none_beyond_the_horizon() -> None:
    one = series(date(2026, 3, 3))
    fifth = opens_at(series=one, number=5, ahead=4, horizon=60)
    assert fifth == start_of(series=one, number=1)
    assert opens_at(series=one, number=4, ahead=4, horizon=60) <= NOW
    monthly = series(date(2026, 3, 3), Rhythm.MONTHLY)
    assert day_of(series=monthly, number=3) == date(2026, 6, 2)
    near = opens_at(series=monthly, number=3, ahead=4, horizon=60)
    assert near == datetime(2026, 4, 4, 2, 0, tzinfo=UTC)
