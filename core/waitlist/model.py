"""A place in the line for a full day, and what asks for a look at the line."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as F

from core.changes import Timer
from core.entity import Entity
from core.events import Event


class WaitState(StrEnum):
    WAITING = "waiting"
    TOLD = "told"  # a start is held for this one, the countdown runs
    BOOKED = "booked"
    PASSED = "passed"  # told once, and silent
    LEFT = "left"
    OVER = "over"  # the day came, nothing was free


class Waiting(Entity):
    """One place in line: a day (ordinal of the local date), minutes after midnight between which a visit may begin.

    `provider_id` is who is wanted (anybody, if none); `wish` what the draft said, so that one tap books. Once told,
    `offered_by`, `starts_at` and `until` say whose time is held until when; its claims name this id.

    `turn` counts 1.. among the person's places that are alive, so the unique key (person, turn) holds the limit.
    """

    person_id: int
    turn: int | None = None
    service_id: int
    provider_id: int | None = None
    day: int
    first_min: int = 0
    last_min: int = 24 * 60
    minutes: int
    lat: float
    lon: float
    wish: dict[str, Any] = F(default_factory=dict)
    state: WaitState = WaitState.WAITING
    offered_by: int | None = None
    starts_at: datetime | None = None
    until: datetime | None = None
    joined_at: datetime


ALIVE = frozenset({WaitState.WAITING, WaitState.TOLD})


def freed(*, provider_id: int, now: datetime, why: str) -> Timer:
    """Time of this provider's came free: the line is looked at. `why` names the cause, once and for all."""
    return Timer("waitlist.look", provider_id, now, f"waitlist.look:{why}")


def in_order(waiting: Waiting) -> tuple[datetime, int]:
    """Where in line: whoever joined first, first."""
    return waiting.joined_at, waiting.id


def event(name: str, waiting: Waiting) -> Event:
    """What its person may have to be told."""
    return Event(f"waitlist.{name}", waiting.id, 1, {"person": waiting.person_id})
