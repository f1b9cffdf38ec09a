"""Reads the lines of a proposal as providers type them: “capacitor 80 x2”, “换电容80元*2”, several at once."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from bot.amounts import folded
from core.money import to_minor
from core.pricing import Line

_UNITS: Final = "个|只|台|件|次|套|米|条|块板|瓶|桶|根|pcs?|pieces?"
_COUNT: Final = (
    re.compile(r"(?<!\w)[x×*]\s*(\d{1,4})(?![\d.])", re.IGNORECASE),
    re.compile(r"(?<=[\d\s元块\u4e00-\u9fff])[x×*]\s*(\d{1,4})(?![\d.])", re.IGNORECASE),
    re.compile(r"(?<![\w.])(\d{1,4})\s*[x×*](?!\w)", re.IGNORECASE),
    re.compile(rf"(?<![\d.A-Za-z])(\d{{1,4}})\s*(?:{_UNITS})(?![A-Za-z])", re.IGNORECASE),
)  # fmt: skip
_PRICE: Final = re.compile(
    r"(?:[¥$€]|rmb|cny)?\s*(?<![A-Za-z\d.])(\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,8}(?:\.\d{1,3})?)"
    r"(?![\d.A-Za-z])\s*(?:元|块钱|块|cny|rmb|yuan)?",
    re.IGNORECASE,
)
_MARKED: Final = re.compile(r"[¥$€元块]|rmb|cny|yuan", re.IGNORECASE)
_TAIL: Final = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]")
_ON_AND_ON: Final = 6
_APART: Final = re.compile(r"[\n;；、]+")
_COMMAS: Final = re.compile(r"[,，](?!\d{3}(?!\d))")
_EDGES: Final = " \t-–—:：=,，.。@/"


def lines(text: str, currency: str) -> list[Line]:
    """Every line there is; none at all when a part of the text is not one, so that nothing is half understood."""
    whole = [part for part in _APART.split(text) if part.strip()]
    found: list[Line] = []
    for part in whole:
        read = _several(part, currency)
        if not read:
            return []
        found += read
    return found


def reason(text: str) -> bool:
    """Whether these words say why rather than what and how much: a few of them, and no number among them."""
    bare = folded(text)
    return not any(c.isdigit() for c in bare) and _length(bare) >= 4


def _length(text: str) -> int:
    """Of words: one in Latin letters counts as two of Chinese."""
    return sum(1 if word > "z" else 2 for word in _TAIL.findall(text))


def _several(text: str, currency: str) -> list[Line]:
    """Commas part lines only where each side is one by itself."""
    parts = [part for part in _COMMAS.split(text) if part.strip()]
    read = [_line(part, currency) for part in parts]
    if len(parts) > 1 and all(read):
        return [line for line in read if line]
    one = _line(text, currency)
    return [one] if one else []


def _line(text: str, currency: str) -> Line | None:
    """A name, a price for one, and how many if that is said."""
    bare, count = _counted(folded(text))
    prices = list(_PRICE.finditer(bare))
    if not prices or not 1 <= count <= 99:
        return None
    price = prices[-1]
    if not _MARKED.search(price[0]) and _length(bare[price.end() :]) >= _ON_AND_ON:
        return None  # a number within a sentence, as in “the 2 wires are burnt”
    name = " ".join((bare[: price.start()] + " " + bare[price.end() :]).split()).strip(_EDGES)
    try:
        each = to_minor(value=Decimal(price[1].replace(",", "")), currency=currency)
    except (ValueError, InvalidOperation):
        return None
    if each <= 0 or not any(c.isalpha() for c in name):
        return None
    return Line({"en": name}, count, each * count)


def _counted(text: str) -> tuple[str, int]:
    for pattern in _COUNT:
        if found := pattern.search(text):
            return f"{text[: found.start()]} {text[found.end() :]}", int(found[1])
    return text, 1
