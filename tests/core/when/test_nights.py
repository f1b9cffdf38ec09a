"""The hours of a night, however people write them."""

import pytest

from core.when.nights import read_night


def minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


@pytest.mark.feature("P13", "C23")
@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("22-7", "22:00", "7:00"), ("22:30–7:15", "22:30", "7:15"), ("２２－７", "22:00", "7:00"),
        ("晚上十点到早上七点", "22:00", "7:00"), ("晚10点半至早6点", "22:30", "6:00"),
        ("晚上十二点到早上八点", "0:00", "8:00"), ("凌晨一点到七点半", "1:00", "7:30"),
        ("23点到第二天早上7点", "23:00", "7:00"), ("晚上十一點到早上八點", "23:00", "8:00"),
        ("10pm to 7am", "22:00", "7:00"), ("from 11 p.m. until 6:30", "23:00", "6:30"),
        ("10 to 7", "22:00", "7:00"), ("midnight to 9", "0:00", "9:00"), ("12-8", "0:00", "8:00"),
        ("half past ten till seven", "22:30", "7:00"), ("noon to 2pm", "12:00", "14:00"),
        ("10 in the evening to 7 in the morning", "22:00", "7:00"), ("2230-0700", "22:30", "7:00"),
        ("0-9", "0:00", "9:00"), ("09:00-18:00", "9:00", "18:00"), ("22-24", "22:00", "0:00"),
        ("10:13–13:13", "10:13", "13:13"), ("8-23", "8:00", "23:00"), ("11点半到14点", "11:30", "14:00"),
    ],
)  # fmt: skip
def test_hours_are_read_as_they_are_meant(said: str, start: str, end: str) -> None:
    assert read_night(said) == (minutes(start), minutes(end))


@pytest.mark.parametrize(
    "said", ["", "7", "soon", "22-22", "25-7", "22:75-7", "9 10 11", "😴", "2026-03-04", "9" * 500]
)
def test_what_is_no_two_times_is_none(said: str) -> None:
    assert read_night(said) is None
