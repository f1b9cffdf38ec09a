"""By when a provider has to be in touch: by day, in the evening, at night, and when the visit is near."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.orders.contact import contact_by, contact_timer
from core.rules import Rules

ZONE = "Asia/Shanghai"
RULES = Rules({"contact_minutes": "30"})


def at(clock: str, day: int = 4) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 5, day, hour, minute, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("accepted", "start", "by"),
    [
        (at("10:00"), at("15:00"), at("10:30")),
        (at("21:29"), at("15:00", 5), at("21:59")),  # just before the night
        (at("21:50"), at("15:00", 5), at("07:30", 5)),  # the night is nobody's time
        (at("02:00"), at("15:00"), at("07:30")),
        (at("23:00"), at("07:00", 5), at("06:00", 5)),  # but an hour before the visit it is high time
        (at("10:00"), at("10:40"), at("10:20")),  # a near visit leaves half of the time
        (at("10:00"), at("10:19"), None),  # and then he simply has to go there
    ],
)  # fmt: skip
def test_the_time_to_get_in_touch(accepted: datetime, start: datetime, by: datetime | None) -> None:
    assert contact_by(start=start, now=accepted, rules=RULES, zone=ZONE) == by


@pytest.mark.feature("P4")
@pytest.mark.parametrize(
    ("accepted", "by", "reminded"),
    [
        (at("10:00"), at("10:30"), at("10:15")),
        (at("21:50"), at("07:30", 5), at("07:15", 5)),
        (at("10:00"), at("10:10"), at("10:05")),
    ],
)
def test_half_of_the_time_before_it_is_over_he_is_reminded(
    accepted: datetime, by: datetime, reminded: datetime
) -> None:
    timer = contact_timer(order_id=1, by=by, now=accepted, rules=RULES)
    assert timer.due_at == reminded
    assert by - reminded <= timedelta(minutes=15)
