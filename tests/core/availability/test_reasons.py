"""Why a day or a time can't be had is said where it is known, and only then."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest

from core.availability.cells import cells_of, spans_of
from core.availability.intervals import Spans
from core.availability.reasons import Reason, Reasons
from core.availability.service import Availability, Calendar
from core.availability.slots import DayPart, Shift, Week
from core.people.model import Provider, ProviderState
from core.rules import Rules

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)  # Monday, 18:00 in Shanghai
MONDAY, TUESDAY, WEDNESDAY, SUNDAY = (date(2026, 5, 4) + timedelta(days=n) for n in (0, 1, 2, 6))
NINE = datetime(2026, 5, 5, 1, 0, tzinfo=UTC)
DAY = 9 * 60, 18 * 60


def calendar(**changes: Any) -> Calendar:
    """Works Monday to Saturday from nine to six; Wednesday is off; nothing is booked."""
    provider = Provider(
        id=1, person_id=1, state=ProviderState.APPROVED, name="Wang", lat=31.2, lon=121.5,
        place="Centre", radius_m=5_000, daily_max=5, buffer_min=0, created_at=NOW,
    )  # fmt: skip
    hours = tuple(Shift(weekday, *DAY) for weekday in range(6))
    week = Week(zone=ZONE, hours=hours, off=frozenset({DayPart(WEDNESDAY)}))
    return replace(Calendar(provider, week, Spans()), **changes)


def reasons(known: Calendar, minutes: int = 60) -> Reasons:
    nowhere = cast("Any", None)
    availability = Availability(store=nowhere, claims=nowhere, rules=Rules(), zone=ZONE)
    return Reasons(availability, known, minutes, NOW)


def why(known: Calendar, day: date, minutes: int = 60) -> Reason | None:
    shut = reasons(known, minutes).on(day)
    return shut.reason if shut else None


@pytest.mark.feature("C7")
def test_each_day_without_a_start_has_its_reason() -> None:
    booked = spans_of(cells_of(NINE, 9 * 60))
    idle = calendar()
    idle.provider.working = False
    assert why(calendar(), TUESDAY) is None
    assert why(calendar(), MONDAY) is Reason.TOO_LATE
    assert why(calendar(), SUNDAY) is Reason.NO_WORK
    assert why(calendar(), WEDNESDAY) is Reason.DAY_OFF
    assert why(calendar(claimed=booked), TUESDAY) is Reason.FULL
    assert why(calendar(full=frozenset({TUESDAY})), TUESDAY) is Reason.FULL
    assert why(calendar(), TUESDAY, minutes=10 * 60) is Reason.TOO_LONG
    assert why(calendar(), MONDAY + timedelta(days=365)) is Reason.TOO_FAR
    assert why(idle, TUESDAY) is Reason.OFF_DUTY


@pytest.mark.feature("C7")
def test_a_paper_that_runs_out_is_nobodys_business() -> None:
    assert why(calendar(last=MONDAY), TUESDAY) is None


@pytest.mark.feature("C7")
def test_a_time_outside_the_hours_is_told_apart_from_one_that_is_taken() -> None:
    taken = reasons(calendar(claimed=spans_of(cells_of(NINE, 60))))
    assert taken.at(NINE) is None
    for outside in (NINE - timedelta(hours=1), NINE + timedelta(hours=8, minutes=30)):
        shut = taken.at(outside)
        assert shut is not None
        assert (shut.reason, shut.hours) == (Reason.OUTSIDE, ((NINE, NINE + timedelta(hours=9)),))
    off = taken.at(NINE + timedelta(days=1))
    assert off is not None
    assert off.reason is Reason.DAY_OFF
