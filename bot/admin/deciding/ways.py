"""The table of a decision: its ways, what each asks before it is done, and the ready reasons."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from markupsafe import Markup

from bot.admin.parts import short
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Style, grid

T = TypeVar("T")
OWN_WORDS = 1 << 20
To = Callable[[int], str]
"""The press of a button from what it stands for."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The reason as it will be read, and what was tapped for it."""

    reason: str = ""
    number: int = 0


class Why(Protocol):
    """Where reasons come from; typed words take the place of any of them."""

    @property
    def says(self) -> str: ...

    def text(self, theirs: Words, number: int) -> str:
        """What was tapped as it is kept; nothing where nothing was."""

    def typed(self, number: int) -> int:
        """What stands for own words that were typed after this was tapped."""

    def rows(self, words: Words, number: int, *, again: To, onward: To) -> list[list[Button]]: ...


@dataclass(frozen=True, slots=True)
class Usual:
    """One of a few sentences: kept as it is, and put into the language of whoever reads it."""

    sentences: Sequence[str]
    says: str = mark("Tap it, or type it in your own words. The provider will read it.")

    def text(self, theirs: Words, number: int) -> str:
        return self.sentences[number] if 0 <= number < len(self.sentences) else ""

    def typed(self, number: int) -> int:
        return OWN_WORDS

    def rows(self, words: Words, number: int, *, again: To, onward: To) -> list[list[Button]]:
        return [
            [Button(short(words.plain(one), 40), onward(place))]
            for place, one in enumerate(self.sentences)
        ]


@dataclass(frozen=True, slots=True)
class Ticked:
    """Several of (name, label, sentence), each a bit; the sentences together are what is read."""

    parts: Sequence[tuple[str, str, str]]
    says: str

    def chosen(self, number: int) -> list[tuple[str, str, str]]:
        return [row for place, row in enumerate(self.parts) if number >> place & 1]

    def text(self, theirs: Words, number: int) -> str:
        return " ".join(theirs.plain(said) for _, _, said in self.chosen(number))

    def typed(self, number: int) -> int:
        """The parts stay ticked."""
        return number or OWN_WORDS

    def rows(self, words: Words, number: int, *, again: To, onward: To) -> list[list[Button]]:
        ticks = [
            Button(("✅ " if number >> place & 1 else "") + words.plain(label),
                   again(number ^ 1 << place))
            for place, (_, label, _) in enumerate(self.parts)
        ]  # fmt: skip
        next_ = Button(words.plain("Next ▶"), onward(number), style="primary")
        return [*grid(ticks), *([[next_]] if number else [])]


@dataclass(frozen=True)
class Way(Generic[T]):
    """One way to decide.

    `head` is asked first, `whether` once more where that is said otherwise; `more` stands below it, about what was
    tapped. `why`: a reason is asked for. `sure`: what was tapped is asked about once more; typed words always are.
    `seen` is a figure of what was shown: where it is another one by now, nothing is done. `stays`: the matter goes on
    after it, with this said. `passes`: what comes next is anybody's. `logs` is what the log keeps of what was tapped.
    `private`: only the staff read the reason.
    """

    code: str
    act: Callable[[Talk, T, Chosen], Awaitable[Any]]
    sign: str
    head: Callable[[Words, T], Markup | None] = lambda words, one: None
    yes: str = mark("Yes")
    style: Style = "primary"
    why: Why | None = None
    sure: bool = True
    whether: Callable[[Words, T], Markup] | None = None
    more: Callable[[Talk, T, int], Markup | None] = lambda talk, one, number: None
    seen: Callable[[T], int] = lambda one: 0
    stays: str = ""
    passes: bool = False
    private: bool = False
    logs: Callable[[Words, T, int], str] = lambda words, one, number: ""
