"""That a provider was taken out, and what he says to it."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field as F

from core.entity import Entity


class Freeze(Entity):
    """By whom a provider was taken out, why and since when; over when `ended_at` says so.

    `staff_id` is 0 where nobody knows any more who it was. `passed_on` are the orders that were taken from him.
    """

    provider_id: int
    staff_id: int
    reason: str
    passed_on: list[int] = F(default_factory=list)
    at: datetime
    ended_at: datetime | None = None
    ended_by: int | None = None


class AppealState(StrEnum):
    DRAFT = "draft"  # being written
    OPEN = "open"  # staff are looking at it
    LIFTED = "lifted"
    KEPT = "kept"


class Appeal(Entity):
    """What a frozen provider says, and what came of it; `turn` counts those about one freeze."""

    freeze_id: int
    person_id: int
    turn: int = 1
    text: str = ""
    files: list[int] = F(default_factory=list)
    state: AppealState = AppealState.DRAFT
    answer: str = ""
    decided_by: int | None = None
    version: int = 1
    created_at: datetime
    sent_at: datetime | None = None
    decided_at: datetime | None = None
