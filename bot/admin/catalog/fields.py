"""The values of a service that staff can change: name, how it is shown, how it is asked, how it is read. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.i18n import Words, mark
from bot.words import WORK_PHOTOS
from core.catalog.model import Service
from core.errors import Invalid
from core.money import to_minor

Values = dict[str, Any]
PAYMENTS = {
    "full": mark("all in advance"),
    "deposit": mark("a deposit in advance"),
    "free": mark("the customer chooses"),
}
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Field:
    """`read` turns typed words into values for core.catalog.editing; `choices` are (label, values) instead."""

    code: str
    label: str
    ask: str
    show: Callable[[Words, Service], str]
    read: Callable[[str, Words], Values]
    choices: tuple[tuple[str, Values], ...] = ()


def _languages(name: str) -> Callable[[str, Words], Values]:
    """A line with Chinese signs is the Chinese text, the other one the English."""

    def read(text: str, _words: Words) -> Values:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) != 2 or not _CHINESE.search(lines[0] + lines[1]):
            raise Invalid(name, "two_lines")
        chinese, english = sorted(lines, key=lambda line: not _CHINESE.search(line))
        return {name: {"zh_CN": chinese, "en": english}}

    return read


def _numbers(text: str, name: str, many: int) -> list[Decimal]:
    found = [Decimal(one) for one in _NUMBER.findall(text.replace(",", ""))]
    if len(found) != many or max(found) > 10**7:
        raise Invalid(name, "number")
    return found


def _band(text: str, words: Words) -> Values:
    low, high = _numbers(text, "price", 2)
    try:
        return {
            "price_low": to_minor(value=low, currency=words.currency),
            "price_high": to_minor(value=high, currency=words.currency),
        }
    except ValueError:
        raise Invalid("price", "number") from None


def _percent(name: str) -> Callable[[str, Words], Values]:
    def read(text: str, _words: Words) -> Values:
        [value] = _numbers(text, name, 1)
        return {name: int(value * 100)}

    return read


def _minutes(text: str, _words: Words) -> Values:
    [value] = _numbers(text, "minutes", 1)
    return {"minutes": int(value)}


def _keywords(text: str, _words: Words) -> Values:
    return {"keywords": [] if text.strip() == "-" else re.split(r"[,，、;；\n]+", text)}


def _never(_text: str, _words: Words) -> Values:
    raise Invalid("choice", "tap")


def percent(words: Words, basis_points: int) -> str:
    return words.plain("{n}%", n=words.number(basis_points / 100))


def _two(texts: dict[str, str]) -> str:
    return " / ".join(texts.get(code, "") or "–" for code in ("zh_CN", "en"))


YES_NO = (mark("yes"), mark("no"))

FIELDS: tuple[Field, ...] = (
    Field(
        "names", mark("Name"),
        mark("Send the Chinese name and the English one, each on a line of its own."),
        lambda w, s: _two(s.names), _languages("names"),
    ),
    Field(
        "descriptions", mark("Description"),
        mark("Send the Chinese description and the English one, each on a line of its own."),
        lambda w, s: _two(s.descriptions), _languages("descriptions"),
    ),
    Field(
        "price", mark("Price band"),
        mark("Send the lowest and the highest price providers may ask, for example 80-200."),
        lambda w, s: f"{w.money(s.price_low)}–{w.money(s.price_high)}", _band,
    ),
    Field(
        "minutes", mark("Duration"),
        mark("Send the minutes of a usual visit, in steps of 15, for example 90."),
        lambda w, s: w.minutes(s.minutes), _minutes,
    ),
    Field(
        "commission_bp", mark("Commission"), mark("Send the commission in per cent, at most 50."),
        lambda w, s: percent(w, s.commission_bp), _percent("commission_bp"),
    ),
    Field(
        "payment", mark("Payment"), mark("How do customers pay?"),
        lambda w, s: w.plain(PAYMENTS.get(s.payment, s.payment)), _never,
        tuple((label, {"payment": code}) for code, label in PAYMENTS.items()),
    ),
    Field(
        "deposit_bp", mark("Deposit"), mark("Send the deposit in per cent of the price."),
        lambda w, s: percent(w, s.deposit_bp), _percent("deposit_bp"),
    ),
    Field(
        "on_site", mark("Pay on site"), mark("May customers pay on site?"),
        lambda w, s: w.plain(YES_NO[not s.on_site]), _never,
        ((YES_NO[0], {"on_site": True}), (YES_NO[1], {"on_site": False})),
    ),
    Field(
        "work_photos", mark("Photos of the work"),
        mark("Which photos must the provider send? Without them the work can't begin or end."),
        lambda w, s: w.plain(WORK_PHOTOS[s.work_photos]), _never,
        tuple((label, {"work_photos": which}) for which, label in WORK_PHOTOS.items()),
    ),
    Field(
        "keywords", mark("Search words"),
        mark("Send the words people type to find it, with commas between; “-” for none."),
        lambda w, s: ", ".join(s.keywords) or "–", _keywords,
    ),
    Field(
        "hidden", mark("Shown to customers"), mark("Should customers see it?"),
        lambda w, s: w.plain(YES_NO[s.hidden]), _never,
        ((mark("Show it"), {"hidden": False}), (mark("Hide it"), {"hidden": True})),
    ),
)  # fmt: skip
