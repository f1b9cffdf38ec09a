"""Whether somebody is at the hotline, from hours as staff type them."""

from datetime import datetime, time

import pytest

from core.support.hours import Hours, read_hours


@pytest.mark.parametrize(
    ("typed", "opens", "closes"),
    [
        ("08:00–22:00", time(8), time(22)), ("9:00-18:30", time(9), time(18, 30)),
        ("每天 08:00 至 24:00", time(8), time(0)), ("20:00~06:00", time(20), time(6)),
    ],
)  # fmt: skip
def test_hours_are_read(typed: str, opens: time, closes: time) -> None:
    hours = read_hours(typed)
    assert hours is not None
    assert (hours.opens, hours.closes) == (opens, closes)


@pytest.mark.parametrize("typed", ["day and night", "", "25:00-26:00", "08:75–09:00"])
def test_other_words_stay_as_they_are(typed: str) -> None:
    assert read_hours(typed) is None


@pytest.mark.parametrize(
    ("hours", "at", "open_"),
    [
        (Hours(480, 1320), time(7, 59), False), (Hours(480, 1320), time(8), True),
        (Hours(480, 1320), time(21, 59), True), (Hours(480, 1320), time(22), False),
        (Hours(1200, 360), time(23), True), (Hours(1200, 360), time(3), True),
        (Hours(1200, 360), time(6), False), (Hours(480, 1440), time(23, 59), True),
    ],
)  # fmt: skip
def test_open_is_from_the_first_to_the_last_minute(hours: Hours, at: time, open_: bool) -> None:
    assert hours.open(datetime.combine(datetime(2026, 3, 2), at)) is open_
