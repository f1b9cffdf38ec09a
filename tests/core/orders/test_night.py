"""By when a provider has to answer: by day, near the start, and at night."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.orders.countdown import answer_by, reminded_at
from core.rules import Rules

ZONE = "Asia/Shanghai"
RULES = Rules({"accept_minutes": "10", "together_minutes": "60"})


def at(clock: str, day: int = 4) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 5, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


@pytest.mark.feature("C17", "P2")
@pytest.mark.parametrize(
    ("asked", "start", "by"),
    [
        (at("10:00"), at("15:00"), at("10:10")),
        (at("10:00"), at("10:20"), at("10:05")),  # near the start a quarter of what is left
        (at("21:59"), at("15:00", 5), at("22:09")),  # asked before the night, he is up
        (at("22:00"), at("15:00", 5), at("07:10", 5)),
        (at("04:26"), at("15:00"), at("07:10")),
        (at("06:59"), at("15:00", 5), at("07:10")),
        (at("07:00"), at("15:00"), at("07:10")),
        (at("04:26"), at("08:00"), at("07:10")),  # an hour after the night others can still be asked
        (at("04:26"), at("07:59"), at("04:36")),  # but what is urgent goes on at night
        (at("23:00"), at("23:20"), at("23:05")),
    ],
)  # fmt: skip
def test_the_night_is_nobodys_time_to_answer(
    asked: datetime, start: datetime, by: datetime
) -> None:
    assert answer_by(start=start, now=asked, rules=RULES, zone=ZONE) == by


@pytest.mark.feature("C17", "P2")
def test_the_hours_are_those_of_the_place_and_of_the_rules() -> None:
    asked, start = at("06:30"), at("15:00")
    early = Rules({"quiet_until_clock": "6"})
    assert answer_by(start=start, now=asked, rules=early, zone=ZONE) == at("06:40")
    assert answer_by(start=start, now=asked, rules=RULES, zone="Europe/Berlin") == at("13:10")


@pytest.mark.feature("P2")
@pytest.mark.parametrize(
    ("asked", "by", "again"),
    [
        (at("10:00"), at("10:10"), at("10:05")),
        (at("10:00"), at("10:04"), at("10:02")),
        (at("23:00"), at("07:10", 5), at("07:05", 5)),
    ],
)
def test_whoever_is_silent_hears_of_it_again_when_awake(
    asked: datetime, by: datetime, again: datetime
) -> None:
    assert reminded_at(by=by, now=asked, rules=RULES, rule="accept_minutes") == again
