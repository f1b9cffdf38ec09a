"""What staff type for a value of the catalogue, as core.catalog takes it. Pure."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bot.i18n import Words
from core.catalog.model import Thing
from core.errors import Invalid
from core.money import to_minor

Values = dict[str, Any]
Read = Callable[[str, Words, Thing | None], Values]
NOTHING = "-"
CHINESE = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def in_languages(text: str, name: str) -> dict[str, str]:
    """One or two lines; the one with Chinese signs is the Chinese text. Raises Invalid(name, "two_lines")."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = {("zh_CN" if CHINESE.search(line) else "en"): line for line in lines}
    if not lines or len(said) < len(lines):
        raise Invalid(name, "two_lines")
    return said


def texts(name: str) -> Read:
    """A language that isn't written keeps what it had."""

    def read(text: str, _words: Words, thing: Thing | None) -> Values:
        if text.strip() == NOTHING:
            return {name: {}}
        before = getattr(thing, name) if thing else {}
        return {name: before | in_languages(text, name)}

    return read


def numbers(text: str, name: str, many: int) -> list[Decimal]:
    found = [Decimal(one) for one in _NUMBER.findall(text.replace(",", ""))]
    if len(found) != many or max(found) > 10**7:
        raise Invalid(name, "number")
    return found


def amount(value: Decimal, words: Words, name: str) -> int:
    """In minor units."""
    try:
        return to_minor(value=value, currency=words.currency)
    except ValueError:
        raise Invalid(name, "number") from None


def band(text: str, words: Words, _thing: Thing | None) -> Values:
    low, high = (amount(one, words, "price") for one in numbers(text, "price", 2))
    return {"price_low": low, "price_high": high}


def percent(name: str) -> Read:
    def read(text: str, _words: Words, _thing: Thing | None) -> Values:
        [value] = numbers(text, name, 1)
        return {name: int(value * 100)}

    return read


def minutes(text: str, _words: Words, _thing: Thing | None) -> Values:
    [value] = numbers(text, "minutes", 1)
    return {"minutes": int(value)}


def keywords(text: str, _words: Words, _thing: Thing | None) -> Values:
    return {"keywords": [] if text.strip() == NOTHING else re.split(r"[,，、;；\n]+", text)}


def icon(text: str, _words: Words, _thing: Thing | None) -> Values:
    return {"emoji": "" if text.strip() == NOTHING else text}


def certificate(text: str, _words: Words, _thing: Thing | None) -> Values:
    return {"certificate": " ".join(text.split())}


def never(_text: str, _words: Words, _thing: Thing | None) -> Values:
    raise Invalid("choice", "tap")
