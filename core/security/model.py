"""An attempt in the staff chat that was refused."""

from datetime import datetime
from enum import StrEnum

from core.entity import Entity


class Why(StrEnum):
    STRANGER = "stranger"
    FORMER = "former"  # of the staff once, until an owner took the rights
    ROLE = "role"
    ELSEWHERE = "elsewhere"
    ON_BEHALF = "on_behalf"  # an anonymous admin, a channel
    FORWARDED = "forwarded"


NOBODY = 0
"""In place of the sender and the chat where there were more than are kept by name."""


class Refusal(Entity):
    """What somebody was not let do in one chat on one local day (an ordinal), however often they tried.

    `telegram_id` is whoever spoke: a person, or the chat in whose name it was said. `action` is a permission.
    """

    telegram_id: int
    name: str = ""
    chat_id: int
    action: str
    why: Why
    day: int
    times: int = 1
    first_at: datetime
    last_at: datetime
