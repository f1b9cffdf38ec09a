"""One thing that was looked at: how it is, and what to do next. Facts are names and numbers, never a secret."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.config import Settings
from bot.i18n import Words

GOOD, CARE, WRONG = "✓", "!", "✗"


@dataclass(frozen=True, slots=True)
class Line:
    sign: str
    what: str
    do: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def told(self, words: Words) -> str:
        """As it is printed."""
        facts = {n: words.known(v) if isinstance(v, str) else v for n, v in self.facts.items()}
        what = f"{self.sign} {words.plain(self.what, **facts)}"
        return f"{what}\n  → {words.plain(self.do, **facts)}" if self.do else what


def good(what: str, **facts: Any) -> Line:
    return Line(GOOD, what, "", facts)


def care(what: str, do: str, **facts: Any) -> Line:
    return Line(CARE, what, do, facts)


def wrong(what: str, do: str, **facts: Any) -> Line:
    return Line(WRONG, what, do, facts)


Look = Callable[[Settings], AsyncIterator[Line]]
PATIENCE_S: Final = 10.0
