"""The values of an option and of a question: how each is shown, asked for and read. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.admin.catalog.reading import NOTHING, amount, in_languages, numbers
from bot.i18n import Words, mark
from core.catalog.model import Service
from core.catalog.values import LANGUAGES
from core.errors import Invalid

Row = dict[str, Any]
EMPTY = "–"
MUST = (mark("may be skipped"), mark("must be answered"))


@dataclass(frozen=True)
class RowField:
    """`read` turns typed words into values of the row; `turn` is what one tap makes of it instead."""

    label: str
    ask: str
    show: Callable[[Words, Row], str]
    read: Callable[[str, Words, Row], Row]
    turn: Callable[[Row], Row] | None = None


@dataclass(frozen=True)
class Kind:
    """A list of a service: `name` of the value, how its things are called, and their fields."""

    name: str
    title: str
    add: str
    fresh: Row
    fields: tuple[RowField, ...]

    def rows(self, service: Service) -> list[Row]:
        return list(getattr(service, self.name))


def _names(text: str, _words: Words, row: Row) -> Row:
    return {"names": row.get("names", {}) | in_languages(text, "names")}


def _price(text: str, words: Words, _row: Row) -> Row:
    return {"price": amount(numbers(text, "option_price", 1)[0], words, "option_price")}


def _whole(key: str, name: str) -> Callable[[str, Words, Row], Row]:
    def read(text: str, _words: Words, _row: Row) -> Row:
        return {key: int(numbers(text, name, 1)[0])}

    return read


def _choices(text: str, _words: Words, _row: Row) -> Row:
    """A line each, “Chinese / English”; the same words for both where there is no stroke."""
    if text.strip() == NOTHING:
        return {"choices": []}
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return {"choices": [_choice(line) for line in lines]}


def _choice(line: str) -> dict[str, str]:
    first, stroke, second = (part.strip() for part in line.replace("／", "/").partition("/"))
    if stroke and not (first and second):
        raise Invalid("choices", "lines")
    if not stroke:
        return dict.fromkeys(LANGUAGES, first)
    return (
        in_languages(f"{first}\n{second}", "choices")
        if first != second
        else dict.fromkeys(LANGUAGES, first)
    )


def _must(text: str, _words: Words, _row: Row) -> Row:
    raise Invalid("choice", "tap")


def _two(row: Row) -> str:
    return " / ".join(row["names"].get(code) or EMPTY for code in LANGUAGES)


NAME = RowField(
    mark("Name"), mark("Send the Chinese name and the English one, each on a line of its own."),
    lambda w, row: _two(row), _names,
)  # fmt: skip
OPTIONS = Kind(
    "options", mark("Options"), mark("➕ Option"), {"price": 0, "minutes": 0, "max": 1},
    (
        NAME,
        RowField(
            mark("Price"), mark("Send what it costs on top, for example 80."),
            lambda w, row: w.money(row["price"]), _price,
        ),
        RowField(
            mark("More time"), mark("Send the minutes it takes longer, in steps of 5; 0 for none."),
            lambda w, row: w.minutes(row.get("minutes", 0)), _whole("minutes", "option_minutes"),
        ),
        RowField(
            mark("How many"), mark("Send how many at most; 1 makes it a tick."),
            lambda w, row: w.number(row.get("max", 1)), _whole("max", "option_max"),
        ),
    ),
)  # fmt: skip
QUESTIONS = Kind(
    "questions", mark("Questions"), mark("➕ Question"), {"choices": [], "required": False},
    (
        NAME,
        RowField(
            mark("Answers"),
            mark("Send the answers to choose from, a line each: 挂机 / Wall unit. “-” lets people type."),
            lambda w, row: ", ".join(w.pick(one) for one in row.get("choices", ())) or EMPTY,
            _choices,
        ),
        RowField(
            mark("Answering"), mark("Please tap one of the buttons."),
            lambda w, row: w.plain(MUST[bool(row.get("required"))]), _must,
            lambda row: {"required": not row.get("required")},
        ),
    ),
)  # fmt: skip
KINDS = (OPTIONS, QUESTIONS)
