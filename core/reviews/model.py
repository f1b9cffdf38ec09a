"""What a customer thought of a job, and what a provider has against it."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field as F

from core.entity import Entity


class Review(Entity):
    """Three dimensions of 1–5, text and up to ten stored files; `author` is already shortened for strangers.

    `reply` is the provider's one answer.
    """

    order_id: int
    provider_id: int
    customer_id: int
    service_id: int
    author: str = ""
    quality: int
    attitude: int
    skill: int
    text: str = ""
    files: list[int] = F(default_factory=list)
    reply: str = ""
    hidden: bool = False
    created_at: datetime
    edited_at: datetime | None = None
    replied_at: datetime | None = None


class Reason(StrEnum):
    """What a provider has against a review."""

    INSULT = "insult"
    ELSEWHERE = "elsewhere"  # about something that was not his work
    PRIVATE = "private"  # it tells what is nobody's business
    BLACKMAIL = "blackmail"  # stars were threatened with
    OTHER = "other"  # in his own words


class Verdict(StrEnum):
    """What staff said to it."""

    OPEN = ""
    KEPT = "kept"
    HIDDEN = "hidden"


class Report(Entity):
    """A provider asks staff to look at a review: once, and once more where it was changed after their word."""

    review_id: int
    order_id: int
    provider_id: int
    reason: Reason
    words: str = ""
    verdict: Verdict = Verdict.OPEN
    decided_by: int | None = None
    decided_at: datetime | None = None
    version: int = 1
    created_at: datetime
