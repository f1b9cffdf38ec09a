"""A question of the staff to an applicant, and what was said to it."""

from datetime import datetime

from pydantic import Field as F

from core.entity import Entity


class Inquiry(Entity):
    """`staff_id` (a Telegram id) and `asked_by` are of whoever asked; `answer` grows while the application is open."""

    provider_id: int
    staff_id: int
    asked_by: str
    text: str
    asked_at: datetime
    answer: str = ""
    files: list[int] = F(default_factory=list)
    answered_at: datetime | None = None
    version: int = 1
