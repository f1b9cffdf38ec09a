"""How payments are listed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from bot import words as names
from bot.customer.orders.screens import title
from bot.customer.parts import back, home_row, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, press
from core.ids import spell_order_number
from core.orders.model import Order
from core.receipts.model import Moved
from core.receipts.service import Month

ROWS = 3
MOST_OF_ORDER = 6


@dataclass(frozen=True, slots=True)
class Way:
    """Where one came from to the payments, and so where Back leads; the verbs of a page and of a paper on it."""

    page: str
    paper: str
    label: str
    back: str


FROM_ME = Way("rcpts", "rcpt", mark("‹ Me"), press("me"))
FROM_ORDERS = Way("prcpts", "prcpt", mark("‹ My orders"), press("orders", 0))


def months(
    found: Sequence[Month], orders: Mapping[int, Order], number: int, way: Way, words: Words
) -> Screen:
    """One month, or a part of a long one, to a page; pages lead back through all of them."""
    away = [back(words, way.back, words.plain(way.label)), *home_row(words)]
    if not found:
        text = lines(
            words("🧾 <b>Payments and receipts</b>"),
            words("Nothing here yet. Once you have paid, the receipt is here."),
        )
        return Screen(text, [away])
    parts = [
        (month, month.moves[start : start + ROWS])
        for month in found
        for start in range(0, len(month.moves), ROWS)
    ]
    page = Page.of(parts, number, 1)
    month, moves = page.items[0]
    rows = [
        [Button(_row(moved, orders.get(moved.order_id), words),
                press(way.paper, moved.transaction_id, page.number))]
        for moved in moves
    ]  # fmt: skip
    text = lines(
        words("🧾 <b>Payments: {month}</b>", month=_month(month.first, words)),
        words("Paid {amount}", amount=words.money(month.sum(back=False), moves[0].currency)),
        words("Refunded {amount}", amount=words.money(month.sum(back=True), moves[0].currency))
        if month.sum(back=True) else None,
        words("Tap one to get its receipt."),
    )  # fmt: skip
    return Screen(text, [*rows, *page.turns(way.page), away])


def _month(first: date, words: Words) -> str:
    """November 2026, 2026年11月"""
    return format_skeleton("yMMMM", first, locale=words.language)


def _row(moved: Moved, order: Order | None, words: Words) -> str:
    day = words.month_day(words.local(moved.at).date())
    amount = words.money(moved.amount, moved.currency)
    told = f"↩️ −{amount}" if moved.back else amount
    name = short(title(order, words), 18) if order else ""
    return f"{day} · {name} · {told}"


def of_order(order: Order, moves: Sequence[Moved], words: Words) -> Screen:
    number = spell_order_number(order.number)
    rows = [
        [Button(_of_order(moved, words), press("orcpt", order.id, moved.transaction_id))]
        for moved in moves[:MOST_OF_ORDER]
    ]
    text = lines(
        words("🧾 <b>Receipts of {number}</b>", number=number),
        title(order, words),
        words("Tap one to get its receipt.") if moves
        else words("Nothing here yet. Once you have paid, the receipt is here."),
    )  # fmt: skip
    return Screen(text, [*rows, [back(words, press("omore", order.id))]])


def _of_order(moved: Moved, words: Words) -> str:
    amount = words.money(moved.amount, moved.currency)
    way = names.method(moved.method, words)
    sign = "↩️ −" if moved.back else ""
    day = words.month_day(words.local(moved.at).date())
    return f"{day} · {sign}{amount} · {way}"
