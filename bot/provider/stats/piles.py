"""The orders behind the figures: a button for each pile that holds some, its parts where it has several, and the pile
itself where it is more than records. Pure.
"""

from collections.abc import Sequence
from datetime import datetime

from bot import words as names
from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.provider.records.coded import piled
from bot.provider.stats.notes import NOTES, PARTS, PILES
from bot.screen import Button, Page, Screen, grid, press
from bot.spans import span_name
from core.figures.counting import OF_RECORDS, Figures, Group, behind
from core.figures.counting import parts as parts_of
from core.orders.model import Order
from core.orders.offers import NOBODYS

MOST = 6


def piles(figures: Figures, words: Words) -> Screen:
    span = figures.span
    sizes = {group: len(behind(figures=figures, group=group)) for group in PILES}
    found = [
        Button(f"{words.plain(PILES[group])} {size}", _opens(figures, group))
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


def _opens(figures: Figures, group: Group) -> str:
    """Visits that are his records are shown as those; of several parts one is chosen first."""
    if group in OF_RECORDS:
        return piled(figures.span, group)
    if len(parts_of(figures=figures, group=group)) > 1:
        return press("pileparts", figures.span.unit, figures.span.first.toordinal(), group)
    return _pile(figures, group)


def _pile(figures: Figures, group: Group, part: str = "") -> str:
    which = f"{group}-{part}" if part else group.value
    return press("pile", figures.span.unit, figures.span.first.toordinal(), which, 0)


def parts(figures: Figures, group: Group, words: Words) -> Screen:
    """Why visits were lost, what became of offers: each number opens its orders, or all of them are opened."""
    found = parts_of(figures=figures, group=group)
    buttons = [
        Button(f"{words.plain(said)} · {len(set(found[name]))}", _pile(figures, group, name))
        for name, said in PARTS[group].items()
        if name in found
    ]
    every = Button(words.plain("All of them"), _pile(figures, group))
    text = words(
        "{pile} · <b>{span}</b>",
        pile=words.plain(PILES[group]),
        span=span_name(figures.span, words),
    )
    return Screen(
        text, [*grid([*([every] if len(buttons) < MOST else []), *buttons]), _away(figures, words)]
    )


def _away(figures: Figures, words: Words) -> list[Button]:
    span = figures.span
    return [back(words, press("behind", span.unit, span.first.toordinal())), *home_row(words)]


def pile(
    figures: Figures, group: Group, part: str, orders: Sequence[Order], number: int, words: Words
) -> Screen:
    """Orders that are gone to somebody else can still be looked at; what was kept of them is little."""
    span = figures.span
    first = span.first.toordinal()
    page = Page.of(orders, number, MOST if len(orders) <= MOST else 3)
    called = words.plain(PILES[group])
    if part:
        called = f"{called}: {words.plain(PARTS[group][part])}"
    text = lines(
        words("{pile} · <b>{span}</b>", pile=called, span=span_name(span, words)), GAP,
        words.plural("{n} order", "{n} orders", len(orders)),
    )  # fmt: skip
    notes = {} if part else NOTES[group](figures, words)
    rows = [[_row(order, notes.get(order.id, ""), words)] for order in page.items]
    which = f"{group}-{part}" if part else group.value
    turns = page.turns("pile", span.unit, first, which)
    return Screen(text, [*rows, *turns, _away(figures, words)])


def _row(order: Order, note: str, words: Words) -> Button:
    """What the order has to do with the figure stands at its end."""
    sign = "🔎" if order.state in NOBODYS else names.STATES[order.state][0]
    local: datetime = words.local(order.starts_at)
    when = f"{words.brief_date(local.date())} {local:%H:%M}"
    told = f"{sign} {when} · {short(title(order, words), 16)}"
    return Button(f"{told} · {note}" if note else told, press("job", order.id))
