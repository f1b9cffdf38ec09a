"""What the log says of an act of the staff goes into the first change set of that act: both are written, or neither."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from core.changes import Insert


@dataclass(slots=True)
class Act:
    """Its line of the log, and whether that is written by now."""

    line: Insert
    written: bool = False


ACT: Final[ContextVar[Act | None]] = ContextVar("act", default=None)
