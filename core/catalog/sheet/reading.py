"""What may stand in the file, key by key, and how each is read; bounds are those of core.catalog.values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import yaml

from core.catalog.sheet.nodes import (
    LARGEST,
    Mistake,
    Notes,
    Read,
    Unreadable,
    checked,
    composed,
    flag,
    items,
    listing,
    mapping,
    optional,
    per_language,
    text,
)
from core.catalog.values import LANGUAGES, OF_SERVICE, OPTION, QUESTION, code
from core.money import exponent

MOST_LEVELS, MOST_THINGS = 6, 2000
_TEXTS: Final = per_language(LANGUAGES)


@dataclass(frozen=True, slots=True)
class Row:
    """A category (`service` False) or a service with its values; `parent` is the code of the category it stands in."""

    code: str
    parent: str | None
    service: bool
    values: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows in the order of the file, each category before what stands in it."""

    rows: list[Row] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


class Reader:
    """Of one file, whose amounts are in this currency."""

    def __init__(self, *, currency: str) -> None:
        self._currency = currency
        self._places = exponent(currency=currency)
        self._notes = Notes()
        self._rows: list[Row] = []
        self._lines: dict[str, int] = {}
        self._icons: dict[str, str] = {}  # of categories: a service without one has that of its own
        money, percent = self._number(self._places), self._number(2)
        self._option: Mapping[str, Read] = {
            "code": checked(text, OPTION["code"]), "name": checked(_TEXTS, OPTION["names"]),
            "price": checked(money, OPTION["price"]),
            "minutes": checked(self._number(0), OPTION["minutes"]),
            "max": checked(self._number(0), OPTION["max"]),
        }  # fmt: skip
        self._question: Mapping[str, Read] = {
            "code": checked(text, QUESTION["code"]), "text": checked(_TEXTS, QUESTION["names"]),
            "choices": checked(listing(_TEXTS), QUESTION["choices"]), "required": flag,
        }  # fmt: skip
        of, both = OF_SERVICE, {
            "code": checked(text, code),
            "emoji": checked(optional(text), lambda value: OF_SERVICE["emoji"](value or "")),
            "name": checked(_TEXTS, OF_SERVICE["names"]),
            "description": checked(_TEXTS, OF_SERVICE["descriptions"]), "hidden": flag,
        }  # fmt: skip
        self._category: Mapping[str, Read] = both | {"children": _node, "services": _node}
        self._service: Mapping[str, Read] = both | {
            "band": self._band(money), "unit": checked(text, of["unit"]),
            "minutes": checked(self._number(0), of["minutes"]),
            "commission": checked(percent, of["commission_bp"]),
            "payment": self._payment(percent),
            "certificate": checked(optional(text), of["certificate"]),
            "photos": flag, "work_photos": checked(text, of["work_photos"]),
            "options": checked(listing(self._one("option")), of["options"]),
            "questions": checked(listing(self._one("question")), of["questions"]),
            "keywords": checked(_keywords, of["keywords"]),
        }  # fmt: skip

    def read(self, content: str) -> Sheet:
        """Rows, or mistakes: where there is one of these the rows are not to be used."""
        notes = self._notes
        if len(content.encode()) > LARGEST:
            notes.wrong(None, "too_large", most=LARGEST // 1024)
            return Sheet([], notes.mistakes)
        root = composed(content, notes)
        if root is not None:
            try:
                self._top(root)
            except Unreadable:
                pass
        return Sheet(self._rows, sorted(notes.mistakes, key=lambda one: one.line))

    def _top(self, root: yaml.Node) -> None:
        known: Mapping[str, Read] = {"currency": text, "categories": _node}
        top = mapping(self._notes, root, "categories", known, needs=("currency", "categories"))
        if (said := top.get("currency", self._currency)) != self._currency:
            self._notes.wrong(root, "currency", "currency", said=said, ours=self._currency)
        if "categories" in top:
            self._categories(top["categories"], None, 1)

    def _categories(self, node: yaml.Node, parent: str | None, level: int) -> None:
        if level > MOST_LEVELS:
            self._notes.wrong(node, "too_deep", "children", most=MOST_LEVELS)
            return
        for one in items(self._notes, node, "children" if parent else "categories"):
            found = self._row(one, parent, "category", self._category, ("code", "name"))
            for name, service in (("children", False), ("services", True)):
                if found and name in found:
                    self._inside(found[name], str(found["code"]), level, service=service)

    def _inside(self, node: yaml.Node, parent: str, level: int, *, service: bool) -> None:
        try:
            if not service:
                self._categories(node, parent, level + 1)
                return
            for one in items(self._notes, node, "services"):
                needs = ("code", "name", "band", "minutes", "commission", "payment")
                self._row(one, parent, "service", self._service, needs)
        except Unreadable:
            pass

    def _row(
        self, node: yaml.Node, parent: str | None, kind: str, known: Mapping[str, Read],
        needs: tuple[str, ...],
    ) -> dict[str, Any] | None:  # fmt: skip
        try:
            found = mapping(self._notes, node, kind, known, needs=needs)
        except Unreadable:
            return None
        name, line = found.get("code"), node.start_mark.line + 1
        if name is None:
            return None
        if name in self._lines:
            self._notes.wrong(node, "duplicate", name, first=self._lines[name])
        if len(self._rows) == MOST_THINGS:
            self._notes.wrong(node, "too_many", kind, most=MOST_THINGS)
        self._lines.setdefault(name, line)
        is_service = kind == "service"
        found.setdefault("emoji", self._icons.get(str(parent), "") if is_service else "")
        self._icons.setdefault(name, found["emoji"])
        self._rows.append(Row(name, parent, is_service, _values(found, is_service), line))
        return found

    def _number(self, places: int) -> Read:
        """In the smallest unit: of 12.5 with two places 1250."""

        def read(notes: Notes, node: yaml.Node, key: str) -> int:
            try:
                exact = Decimal(text(notes, node, key)).scaleb(places)
                if exact != int(exact) or abs(exact) > 10**12:
                    raise InvalidOperation
            except (InvalidOperation, ValueError, OverflowError):
                raise notes.refuse(node, "number", key, places=places) from None
            return int(exact)

        return read

    def _band(self, money: Read) -> Read:
        low, high = (
            checked(money, OF_SERVICE["price_low"]),
            checked(money, OF_SERVICE["price_high"]),
        )

        def read(notes: Notes, node: yaml.Node, key: str) -> tuple[int, int]:
            found = items(notes, node, key)
            if len(found) != 2:
                raise notes.refuse(node, "band", key)
            pair = low(notes, found[0], key), high(notes, found[1], key)
            if pair[0] >= pair[1]:
                raise notes.refuse(node, "order", key)
            return pair

        return read

    @staticmethod
    def _payment(percent: Read) -> Read:
        known: Mapping[str, Read] = {
            "rule": checked(text, OF_SERVICE["payment"]),
            "deposit": checked(percent, OF_SERVICE["deposit_bp"]), "on_site": flag,
        }  # fmt: skip

        def read(notes: Notes, node: yaml.Node, key: str) -> dict[str, Any]:
            return mapping(notes, node, key, known, needs=("rule",))

        return read

    def _one(self, kind: str) -> Read:
        known, needs = {
            "option": (self._option, ("code", "name", "price")),
            "question": (self._question, ("code", "text")),
        }[kind]

        def read(notes: Notes, node: yaml.Node, key: str) -> dict[str, Any]:
            found = mapping(notes, node, kind, known, needs=needs)
            if any(name not in found for name in needs):
                raise Unreadable
            usual = (
                {"minutes": 0, "max": 1} if kind == "option" else {"choices": [], "required": False}
            )
            names = {"name": "names", "text": "names"}
            return usual | {names.get(name, name): value for name, value in found.items()}

        return read


def _node(notes: Notes, node: yaml.Node, key: str) -> yaml.Node:
    """Read later, when it is known where it stands."""
    return node


def _keywords(notes: Notes, node: yaml.Node, key: str) -> list[str]:
    found = mapping(notes, node, key, dict.fromkeys(LANGUAGES, listing(text)))
    return [word for code in LANGUAGES for word in found.get(code, ())]


USUAL: Final[Mapping[str, Any]] = {"emoji": "", "descriptions": {}, "hidden": False}
USUAL_OF_SERVICE: Final[Mapping[str, Any]] = {
    **USUAL, "keywords": [], "unit": "visit", "certificate": None, "photos": False,
    "work_photos": "none", "options": [], "questions": [], "deposit_bp": 0, "on_site": True,
}  # fmt: skip
_NAMES: Final = {"name": "names", "description": "descriptions", "commission": "commission_bp"}


def _values(found: Mapping[str, Any], service: bool) -> dict[str, Any]:
    """As core.catalog.model calls them; what isn't written is as usual."""
    values = dict(USUAL_OF_SERVICE if service else USUAL)
    for name, value in found.items():
        if name == "band":
            values["price_low"], values["price_high"] = value
        elif name == "payment":
            names = {"rule": "payment", "deposit": "deposit_bp", "on_site": "on_site"}
            values |= {names[one]: said for one, said in value.items()}
        elif name not in ("children", "services", "code"):
            values[_NAMES.get(name, name)] = value
    return values
