"""The orders behind the figures: a button for each pile that holds some, and the pile itself. Pure."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot import words as names
from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.screen import Button, Page, Screen, grid, press
from bot.spans import span_name
from core.figures.counting import Figures, Group, behind
from core.figures.model import Cause, Fate
from core.orders.model import Order
from core.orders.offers import NOBODYS

PILES = {
    Group.DONE: mark("✅ Done"),
    Group.AGAIN: mark("🔁 Came back"), Group.LOST: mark("✖️ Cancelled"),
    Group.ASKED: mark("🔔 Offers"),
    Group.EARNED: mark("💰 Income"), Group.RATED: mark("⭐ Reviewed"),
}  # fmt: skip


def piles(figures: Figures, words: Words) -> Screen:
    span = figures.span
    sizes = {group: len(behind(figures=figures, group=group)) for group in PILES}
    found = [
        Button(f"{words.plain(PILES[group])} {size}", _pile(figures, group, 0))
        for group, size in sizes.items()
        if size
    ]
    text = lines(
        words("🔎 <b>{span}</b>", span=span_name(span, words)),
        words("Every figure is counted from these orders. Which ones?")
        if found else words("There are no orders in this time."),
    )  # fmt: skip
    back_to = press("stats", span.unit, span.first.toordinal())
    return Screen(text, [*grid(found), [back(words, back_to), *home_row(words)]])


def _pile(figures: Figures, group: Group, page: int) -> str:
    return press("pile", figures.span.unit, figures.span.first.toordinal(), group, page)


def pile(
    figures: Figures, group: Group, orders: Sequence[Order], number: int, words: Words
) -> Screen:
    """Orders that are gone to somebody else can still be looked at; what was kept of them is little."""
    span = figures.span
    first = span.first.toordinal()
    page = Page.of(orders, number, 6 if len(orders) <= 6 else 3)
    text = lines(
        words("{pile} · <b>{span}</b>", pile=words.plain(PILES[group]),
              span=span_name(span, words)), GAP,
        words.plural("{n} order", "{n} orders", len(orders)),
    )  # fmt: skip
    notes = NOTES[group](figures, words)
    rows = [[_row(order, notes.get(order.id, ""), words)] for order in page.items]
    ends = [back(words, press("behind", span.unit, first)), *home_row(words)]
    return Screen(text, [*rows, *page.turns("pile", span.unit, first, group), ends])


def _row(order: Order, note: str, words: Words) -> Button:
    """What the order has to do with the figure stands at its end."""
    sign = "🔎" if order.state in NOBODYS else names.STATES[order.state][0]
    local: datetime = words.local(order.starts_at)
    when = f"{words.brief_date(local.date())} {local:%H:%M}"
    told = f"{sign} {when} · {short(title(order, words), 16)}"
    return Button(f"{told} · {note}" if note else told, press("job", order.id))


def _late(figures: Figures, words: Words) -> dict[int, str]:
    said = words.plain("not on time")
    return {one.order_id: said for one in figures.past.visits if one.on_time is False}


def _cause(figures: Figures, words: Words) -> dict[int, str]:
    return {one.order_id: words.plain(WHOSE[one.cause]) for one in figures.past.lost}


def _fate(figures: Figures, words: Words) -> dict[int, str]:
    return {one.order_id: words.plain(ANSWERS[one.fate]) for one in figures.past.questions}


def _net(figures: Figures, words: Words) -> dict[int, str]:
    return {one.order_id: words.money(one.net, one.currency) for one in figures.earned.booked}


def _stars(figures: Figures, words: Words) -> dict[int, str]:
    return {
        one.order_id: f"⭐ {words.rating((one.quality + one.attitude + one.skill) / 3)}"
        for one in figures.past.reviews
    }


NOTES: dict[Group, Callable[[Figures, Words], dict[int, str]]] = {
    Group.DONE: _late, Group.AGAIN: lambda figures, words: {}, Group.LOST: _cause,
    Group.ASKED: _fate, Group.EARNED: _net, Group.RATED: _stars,
}  # fmt: skip
WHOSE = {
    Cause.CUSTOMER: mark("by the customer"), Cause.MINE: mark("by you"),
    Cause.ABSENT: mark("nobody opened"), Cause.STAFF: mark("by us"),
}  # fmt: skip
ANSWERS = {
    Fate.ACCEPTED: mark("accepted"), Fate.DECLINED: mark("declined"),
    Fate.SILENT: mark("no answer"), Fate.OPEN: mark("open"), Fate.GONE: mark("gone to others"),
    Fate.UNSEEN: mark("never reached you"),
}  # fmt: skip
