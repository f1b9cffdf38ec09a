"""What may be said of a category or a service: every value with its bounds, and what is still lacking. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from core.catalog.model import Service, Thing, WorkPhotos
from core.errors import Invalid
from core.money import BASIS

PAYMENTS: Final = ("full", "deposit", "free")
LANGUAGES: Final = ("zh_CN", "en")
UNITS: Final = ("visit", "unit", "hour", "sqm", "metre", "person")
LONGEST_NAME, LONGEST_TEXT, LONGEST_WORD, MOST_WORDS, LONGEST_ICON = 40, 300, 30, 60, 8
LONGEST_QUESTION, LONGEST_CODE = 80, 40
MOST_OPTIONS, MOST_TIMES, MOST_QUESTIONS, MOST_CHOICES = 12, 20, 3, 8
HIGHEST_PRICE, LONGEST_VISIT, MOST_COMMISSION_BP = 10_000_000, 720, 5000

Check = Callable[[Any], Any]


def text(name: str, longest: int, *, least: int = 0) -> Check:
    """Words per language; `least` so many letters in one of them."""

    def check(value: Any) -> dict[str, str]:
        said = {code: " ".join(str(dict(value).get(code) or "").split()) for code in LANGUAGES}
        lengths = [len(one) for one in said.values()]
        if max(lengths) < least or max(lengths) > longest:
            raise Invalid(name, "length", {"most": longest})
        return {code: one for code, one in said.items() if one}

    return check


def number(name: str, low: int, high: int, step: int = 1) -> Check:
    def check(value: Any) -> int:
        if not low <= int(value) <= high or int(value) % step:
            raise Invalid(name, "bounds", {"low": low, "high": high, "step": step})
        return int(value)

    return check


def one_of(name: str, known: tuple[str, ...]) -> Check:
    def check(value: Any) -> str:
        if value not in known:
            raise Invalid(name, "unknown")
        return str(value)

    return check


def _keywords(value: Any) -> list[str]:
    words = list(dict.fromkeys(" ".join(str(word).split()) for word in value))
    words = [word for word in words if word]
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        raise Invalid("keywords", "length", {"most": MOST_WORDS})
    return words


def _icon(value: Any) -> str:
    icon = str(value).strip()
    if len(icon) > LONGEST_ICON or any(sign.isalpha() or sign.isspace() for sign in icon):
        raise Invalid("emoji", "unknown")
    return icon


def _certificate(value: Any) -> str | None:
    kind = str(value or "").strip()
    if len(kind) > LONGEST_CODE:
        raise Invalid("certificate", "length", {"most": LONGEST_CODE})
    return kind or None


def _all(name: str, most: int, each: Mapping[str, Check]) -> Check:
    """A list of things with a code of their own."""

    def check(value: Any) -> list[dict[str, Any]]:
        rows = [{key: one(row.get(key)) for key, one in each.items()} for row in value]
        if len(rows) > most or len({row["code"] for row in rows}) < len(rows):
            raise Invalid(name, "too_many", {"most": most})
        return rows

    return check


def code(value: Any) -> str:
    code = str(value or "").strip()
    if not 0 < len(code) <= LONGEST_CODE:
        raise Invalid("code", "length", {"most": LONGEST_CODE})
    return code


def _choices(value: Any) -> list[dict[str, str]]:
    rows = [text("choices", LONGEST_NAME, least=1)(one) for one in value or ()]
    if len(rows) > MOST_CHOICES or len(rows) == 1:
        raise Invalid("choices", "too_many", {"most": MOST_CHOICES})
    return rows


OPTION: Final[dict[str, Check]] = {
    "code": code,
    "names": text("option", LONGEST_NAME, least=1),
    "price": number("option_price", 0, HIGHEST_PRICE),
    "minutes": number("option_minutes", 0, LONGEST_VISIT, 5),
    "max": number("option_max", 1, MOST_TIMES),
}
QUESTION: Final[dict[str, Check]] = {
    "code": code,
    "names": text("question", LONGEST_QUESTION, least=1),
    "choices": _choices,
    "required": bool,
}
OF_BOTH: Final[dict[str, Check]] = {
    "names": text("names", LONGEST_NAME, least=1),
    "descriptions": text("descriptions", LONGEST_TEXT),
    "emoji": _icon,
    "hidden": bool,
}
OF_SERVICE: Final[dict[str, Check]] = OF_BOTH | {
    "keywords": _keywords,
    "unit": one_of("unit", UNITS),
    "price_low": number("price_low", 0, HIGHEST_PRICE),
    "price_high": number("price_high", 1, HIGHEST_PRICE),
    "minutes": number("minutes", 15, LONGEST_VISIT, 15),
    "commission_bp": number("commission_bp", 0, MOST_COMMISSION_BP),
    "deposit_bp": number("deposit_bp", 0, BASIS),
    "payment": one_of("payment", PAYMENTS),
    "on_site": bool,
    "certificate": _certificate,
    "photos": bool,
    "work_photos": one_of("work_photos", tuple(WorkPhotos)),
    "options": _all("options", MOST_OPTIONS, OPTION),
    "questions": _all("questions", MOST_QUESTIONS, QUESTION),
}
"""Everything that staff can change, and what is acceptable."""


def checked(*, thing: Thing, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept. Raises Invalid with the name of the first that can't be, also of what it has not."""
    checks = OF_SERVICE if isinstance(thing, Service) else OF_BOTH
    if unknown := [name for name in values if name not in checks]:
        raise Invalid(unknown[0], "unknown")
    kept = {name: checks[name](value) for name, value in values.items()}
    if isinstance(thing, Service):
        low, high = (kept.get(name, getattr(thing, name)) for name in ("price_low", "price_high"))
        if high and low >= high:
            raise Invalid("price", "order")
    return kept


def untold(*, thing: Thing, name: str) -> list[str]:
    """The languages in which its name or its description is missing."""
    return [code for code in LANGUAGES if not getattr(thing, name).get(code)]


def lacks(*, thing: Thing) -> list[str]:
    """What it must have before customers may see it, by the names of the values."""
    found = ["names"] if untold(thing=thing, name="names") else []
    if isinstance(thing, Service):
        found += [name for name, fine in _FINE.items() if not fine(thing)]
    return found


def _told(rows: list[dict[str, Any]]) -> bool:
    words = [row["names"] for row in rows]
    words += [choice for row in rows for choice in row.get("choices", ())]
    return all(one.get(code) for one in words for code in LANGUAGES)


_FINE: Final[Mapping[str, Callable[[Service], bool]]] = {
    "price": lambda one: 0 <= one.price_low < one.price_high,
    "minutes": lambda one: one.minutes >= 15,
    "commission_bp": lambda one: 0 <= one.commission_bp <= MOST_COMMISSION_BP,
    "deposit_bp": lambda one: one.payment != "deposit" or one.deposit_bp > 0,
    "options": lambda one: _told(one.options),
    "questions": lambda one: _told(one.questions),
}
