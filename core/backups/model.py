"""One backup or one trial restore, from being asked for to its end; and what stands on a backup's label."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as F

from core.entity import Entity

FORMAT = 1
"""Of the file; one with a higher number was made by a later Doorstep."""


class Work(StrEnum):
    BACKUP = "backup"
    DRILL = "drill"  # the latest backup is restored on trial, beside the platform


class RunState(StrEnum):
    ASKED = "asked"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Run(Entity):
    """`by` is the member of staff who asked (nobody: the clock), `taken_at` the moment the data is of.

    `step` and `done` (in per cent) say how far it is; `why` names what went wrong, `found` what a trial found.
    """

    work: Work
    state: RunState = RunState.ASKED
    by: int | None = None
    name: str = ""
    size: int = 0
    rows: int = 0
    files: int = 0
    step: str = ""
    done: int = 0
    why: str = ""
    found: list[str] = F(default_factory=list)
    asked_at: datetime
    began_at: datetime | None = None
    beat_at: datetime | None = None
    ended_at: datetime | None = None
    taken_at: datetime | None = None
    version: int = 1

    @property
    def over(self) -> bool:
        return self.state in (RunState.DONE, RunState.FAILED)

    @property
    def seconds(self) -> int:
        """How long it took."""
        if self.began_at is None or self.ended_at is None:
            return 0
        return max(1, round((self.ended_at - self.began_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class Label:
    """What a backup says of itself: when, by which version, the tables' state, and how much is in it.

    `missing` are files that went between the look at the data and the copying; they are no fault.
    """

    taken_at: datetime
    version: str
    revision: str
    dialect: str
    rows: dict[str, int]
    files: int
    missing: tuple[str, ...] = ()
    format: int = FORMAT

    def told(self) -> dict[str, Any]:
        """As it is written down."""
        return {
            "format": self.format, "taken_at": self.taken_at.isoformat(), "version": self.version,
            "revision": self.revision, "dialect": self.dialect, "rows": self.rows,
            "files": self.files, "missing": list(self.missing),
        }  # fmt: skip

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Label":
        at = datetime.fromisoformat(told["taken_at"])
        return cls(**(told | {"taken_at": at, "missing": tuple(told["missing"])}))


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies in its place."""

    name: str
    size: int
    label: Label
    found: tuple[str, ...] = field(default=())
