"""What providers type when they will be late, and what only sounds like it."""

import pytest

from core.when.delays import read_delay, read_minutes

pytestmark = pytest.mark.feature("C17")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("晚到15分钟", 15), ("我会晚到十分钟", 10), ("晚20分", 20), ("晚半小时", 30),
        ("迟到二十五分钟", 25), ("堵车了，晚一刻钟到", 15), ("遲到１５分鐘", 15), ("晚到", 0),
        ("会晚点", 0), ("I'll be 15 min late", 15), ("running 20 minutes late", 20),
        ("half an hour late", 30), ("sorry I'll be late by 15", 15), ("delayed 20 min", 20),
        ("I'm late", 0), ("Late", 0), ("10 late", 10),
    ],
)  # fmt: skip
def test_a_delay_is_heard_with_its_minutes(text: str, minutes: int) -> None:
    assert read_delay(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["晚8点下班", "晚上8点", "周末晚点上班", "明天晚上不上班", "no late shift", "Kate", "15"],
)
def test_evenings_and_shifts_are_no_delay(text: str) -> None:
    assert read_delay(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"), [("15", 15), ("20 min", 20), ("半小时", 30), ("soon", None)]
)
def test_the_minutes_are_read_where_they_are_asked_for(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes
