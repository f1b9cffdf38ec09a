"""What is decided about a coupon: one row each, with the question, ready answers and how it reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.admin.promotions.said import ANYBODY, Values
from bot.admin.promotions.spans import read_span
from bot.giving import MOMENT, gives, scope
from bot.i18n import Words, mark
from core.catalog.model import Category, Service
from core.promotions.model import Coupon

Things = Sequence[Category | Service]
Preset = tuple[str, Values]


@dataclass(frozen=True)
class Field:
    """`label` is its button, `head` stands before it; `asks` says what may be typed."""

    code: str
    label: str
    head: str
    asks: str
    show: Callable[[Words, Coupon, Things], str]
    presets: Callable[[Words, Coupon, datetime], list[Preset]] = lambda words, coupon, now: []


def _money(words: Words, minor: int) -> Values:
    return {"amount": minor, "percent_bp": 0, "cap": 0}


def _gives(words: Words, coupon: Coupon, now: datetime) -> list[Preset]:
    amounts: list[Values] = [_money(words, minor) for minor in (1000, 2000, 5000)]
    shares: list[Values] = [{"percent_bp": bp, "amount": 0} for bp in (1000, 1500, 2000)]
    return [(gives(words, coupon.model_copy(update=one)), one) for one in (*amounts, *shares)]


SPANS = (
    (mark("To the end of the month"), "月底"), (mark("To the end of the year"), "年底"),
    (mark("2 weeks"), "2周"), (mark("1 month"), "1个月"), (mark("3 months"), "3个月"),
)  # fmt: skip


def _when(words: Words, coupon: Coupon, now: datetime) -> list[Preset]:
    return [
        (words.plain(label), dict(read_span(said, now=now, zone=str(words.zone))))
        for label, said in SPANS
    ]


def _often(words: Words, coupon: Coupon, now: datetime) -> list[Preset]:
    every = [] if coupon.id and coupon.singly else [50, 100, 500, 1000]
    return [
        *((words.plain("{n} in all", n=words.number(n)), {"uses": n}) for n in every),
        *((_each(words, n), {"per_person": n}) for n in (1, 2, 3, ANYBODY)),
    ]


def _each(words: Words, n: int) -> str:
    if n >= ANYBODY:
        return words.plain("as often as one likes")
    return words.plain_plural("once per person", "{n} times per person", n)


AUDIENCES: tuple[tuple[str, Values], ...] = (
    (mark("Everybody"), {"public": True, "newcomers": False, "singly": False}),
    (mark("New customers"), {"public": True, "newcomers": True, "singly": False}),
    (mark("Only with the code"), {"public": False, "newcomers": False, "singly": False}),
    (mark("New customers with the code"), {"public": False, "newcomers": True, "singly": False}),
    (mark("With one-time codes"), {"public": False, "newcomers": False, "singly": True}),
    (mark("New customers with one-time codes"), {"public": False, "newcomers": True, "singly": True}),
)  # fmt: skip


def _whom(words: Words, coupon: Coupon, now: datetime) -> list[Preset]:
    """How the codes of one that exists are used stays: they are printed."""
    return [
        (words.plain(label), values)
        for label, values in AUDIENCES
        if not coupon.id or values["singly"] == coupon.singly
    ]


def audience(words: Words, coupon: Coupon) -> str:
    found = next(
        label for label, values in AUDIENCES
        if values["singly"] == coupon.singly and values["newcomers"] == coupon.newcomers
        and (coupon.singly or values["public"] == coupon.public)
    )  # fmt: skip
    return words.plain(found)


def span(words: Words, coupon: Coupon) -> str:
    first, last = words.local(coupon.starts_at).date(), words.local(coupon.ends_at - MOMENT).date()
    return f"{words.date(first)} – {words.date(last)}"


def often(words: Words, coupon: Coupon) -> str:
    total = words.plain("{n} in all", n=words.number(coupon.uses))
    return f"{total} · {_each(words, coupon.per_person)}"


def _names(words: Words, coupon: Coupon) -> str:
    return " / ".join(dict.fromkeys(coupon.names.values()))


FIELDS = (
    Field("g", mark("🎁 What it gives"), mark("Gives"),
          mark("<b>What does it give?</b>\nType it as you would say it: “¥20”, “20% up to ¥30”, "
               "“¥20 off from ¥100”."),
          lambda w, c, things: gives(w, c) if c.amount or c.percent_bp else "—", _gives),
    Field("t", mark("📅 When"), mark("When"),
          mark("<b>When does it count?</b>\nType an end, or both: “until Dec 31”, “2 weeks”, "
               "“Dec 1 to Dec 12”."),
          lambda w, c, things: span(w, c), _when),
    Field("u", mark("🔢 How often"), mark("How often"),
          mark("<b>How often can it be used?</b>\nType it: “100”, “200 in all, twice per person”."),
          lambda w, c, things: often(w, c), _often),
    Field("f", mark("🧹 For what"), mark("For what"),
          mark("<b>For which services?</b>\nTap whole categories, or type the name of a service."),
          scope),
    Field("a", mark("👥 For whom"), mark("For whom"),
          mark("<b>For whom?</b>\nOne-time codes are each good for one visit: for leaflets and partners."),
          lambda w, c, things: audience(w, c), _whom),
    Field("n", mark("🏷 Name, code"), mark("Called"),
          mark("<b>Name and code</b>\nThe name is what customers read."),
          lambda w, c, things: _names(w, c)),
)  # fmt: skip
BY_CODE = {field.code: field for field in FIELDS}
USUAL_RUN = timedelta(days=30)


def automatic(
    words: Words, coupon: Coupon, languages: Sequence[str], longest: int
) -> dict[str, Any]:
    """Without a name of its own it is called what it gives."""
    return {one: gives(words.in_language(one), coupon)[:longest] for one in languages}
