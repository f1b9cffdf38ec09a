"""The orders behind the figures: a button for each pile that holds some, and the pile itself. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot import words as names
from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.provider.stats.parts import span_name
from bot.screen import Button, Page, Screen, grid, press
from core.figures.counting import Figures, Group, behind
from core.orders.model import Order
from core.orders.offers import NOBODYS

PILES = {
    Group.DONE: mark("✅ Done"), Group.LATE: mark("⏱ Not on time"),
    Group.AGAIN: mark("🔁 Came back"), Group.LOST: mark("✖️ Cancelled"),
    Group.ASKED: mark("🔔 Offers"), Group.MISSED: mark("🙅 Not taken"),
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
    rows = [[_row(order, words)] for order in page.items]
    ends = [back(words, press("behind", span.unit, first)), *home_row(words)]
    return Screen(text, [*rows, *page.turns("pile", span.unit, first, group), ends])


def _row(order: Order, words: Words) -> Button:
    sign = "🔎" if order.state in NOBODYS else names.STATES[order.state][0]
    local: datetime = words.local(order.starts_at)
    label = (
        f"{sign} {words.brief_date(local.date())} {local:%H:%M} · {short(title(order, words), 24)}"
    )
    return Button(label, press("job", order.id))
