"""What all of this comes from: the update, the timer. It goes along into the log and to the messages that are sent."""

from contextvars import ContextVar
from typing import Final

TRACE: Final[ContextVar[str]] = ContextVar("trace", default="")


def of_update(*, bot: str, update_id: int) -> str:
    """C4711: the 4711th update of the customer bot; people may be told it, too."""
    return f"{bot[0].upper()}{update_id}"


def of_timer(*, kind: str, subject_id: int) -> str:
    return f"{kind}:{subject_id}"
