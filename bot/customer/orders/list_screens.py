"""A customer's orders as a list: one group at a time, and one of several that something fits. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import words as names
from bot.customer.orders.screens import title
from bot.customer.parts import back, home_row, lines, onward, short
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from core.orders.history import OrderPage
from core.orders.model import Order

ROOM = 4  # orders on one screen together with what stands beside them
TABS = {
    "active": mark("Active"),
    "done": mark("Done"),
    "off": mark("Cancelled"),
}


def beside(words: Words, *, waits: int, series: int) -> list[Button]:
    """The ways to what is waited for and repeated, else to what was paid."""
    ahead = (
        (mark("🔔 Waiting list ({n})"), "waits", waits),
        (mark("🔁 Repeated ({n})"), "sers", series),
    )
    found = [Button(words.plain(label, n=n), press(verb)) for label, verb, n in ahead if n]
    return found or [Button(words.plain("🧾 Payments"), press("prcpts", 0))]


def listed(
    found: OrderPage, tab: str, counts: Mapping[str, int], beside: Sequence[Button], now: datetime,
    words: Words,
) -> Screen:  # fmt: skip
    """My orders in one of three groups, and the ways to the other two."""
    rows = [[Button(_row(order, now, words), press("order", order.id))] for order in found.orders]
    here = {name: _counted(label, counts.get(name, 0), words) for name, label in TABS.items()}
    others = [Button(label, press("otab", name, 0)) for name, label in here.items() if name != tab]
    nothing = (
        words("Nothing here yet. What you book shows up here.") if tab == "active"
        else words("Nothing here yet.")
    )  # fmt: skip
    text = lines(
        words("<b>My orders</b> · {group}", group=here[tab]),
        words("Tap one, or type its number.") if found.orders else nothing,
    )
    turn = onward(words, Page(found.number, found.pages), "otab", tab)
    return Screen(text, [*rows, *grid([*turn, *beside]), others, home_row(words)])


def which(orders: Sequence[Order], verb: str, now: datetime, words: Words) -> Screen:
    """Something was asked for that several orders allow."""
    rows = [[Button(_row(order, now, words), press(verb, order.id))] for order in orders]
    away = back(words, press("orders", 0), words.plain("‹ My orders"))
    return Screen(words("<b>Which order?</b>"), [*rows, [away, *home_row(words)]])


def _counted(label: str, count: int, words: Words) -> str:
    return f"{words.plain(label)} {words.number(count)}" if count else words.plain(label)


def _row(order: Order, now: datetime, words: Words) -> str:
    sign = names.STATES[order.state][0]
    return short(f"{sign} {words.moment(order.starts_at, now=now)} {title(order, words)}", 44)
