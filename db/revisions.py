"""Which states of the tables this version knows, and what each step between them asks of code that is running.

`expand`: code of before goes on working. `fill`: rows, in small batches. `contract`: takes away what no code since
`after` uses any more. Steps before the first of these are history.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from alembic.script import Script, ScriptDirectory

HERE = Path(__file__).parent / "migrations"
RELEASED: Final = "0107"
"""The newest step of the last release: what it still used may go. Raised when a release is made."""
LEAVING: Final[dict[str, str]] = {}
"""`table` or `table.column` that no code uses since a step, but that code of before, still running, may need."""


class Kind(StrEnum):
    EXPAND = "expand"
    FILL = "fill"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that are made in one go, up to `end`; code that does not know `needs` has to be gone before."""

    end: str
    needs: str = ""


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory(str(HERE))


@cache
def _revisions() -> tuple[str, frozenset[str]]:
    every = frozenset(each.revision for each in _script().walk_revisions())
    return str(_script().get_current_head()), every


def head() -> str:
    """The state that this version works with."""
    return _revisions()[0]


def known(revision: str) -> bool:
    """Whether this version has ever had such tables."""
    return revision in _revisions()[1]


def newest(revision: str) -> bool:
    """Whether there is nothing to be brought up to date."""
    return revision == head()


def steps(after: str, end: str) -> list[Script]:
    """From behind one state ("": nothing at all) to another; their numbers grow."""
    found = [each for each in _script().walk_revisions() if after < each.revision <= end]
    return found[::-1]


def stages(after: str, end: str) -> list[Stage]:
    """A step that takes something away is a stage of its own."""
    found: list[Stage] = []
    for step in steps(after, end):
        needs = step.module.after if getattr(step.module, "kind", "") == Kind.CONTRACT else ""
        if found and not found[-1].needs and not needs:
            found.pop()
        found.append(Stage(step.revision, needs))
    return found
