"""Why staff are checking what was paid at the door, as its provider reads it."""

from markupsafe import Markup

from bot.i18n import Words, mark
from core.orders.doubts import Doubt, doubt
from core.orders.model import Order

WHY = {
    Doubt.UNSTATED: mark("You haven't said yet what you received."),
    Doubt.UNANSWERED: mark("The customer said nothing about the cash."),
    Doubt.SHORT: mark("You both named {stated}, but {due} was due."),
    Doubt.DIFFERS: mark("The customer named another amount than you."),
}


def doubted(order: Order, words: Words) -> Markup:
    return words(
        WHY[doubt(order=order)], stated=words.money(order.cash_stated or 0, order.currency),
        due=words.money(order.to_pay_on_site, order.currency),
    )  # fmt: skip
