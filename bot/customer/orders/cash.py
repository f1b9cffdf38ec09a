"""What was paid at the door: a tap or typed words say whether it is what the provider entered."""

import re

from bot.amounts import folded, read_amount
from bot.conversation import Talk
from bot.customer.orders import list_screens, screens
from bot.customer.orders.buttons import cash_open
from bot.customer.orders.shown import order_screen, refused, show_order
from bot.customer.search.known import bare
from bot.screen import Screen
from core.errors import DomainError
from core.orders.model import Order, State
from core.orders.service import OrderView

YES = frozenset({
    "yes", "yep", "right", "correct", "that's right", "yes, that's right", "对", "对的", "是", "是的", "没错",
    "嗯", "對", "沒錯",
})  # fmt: skip
NO = frozenset({
    "no", "nope", "wrong", "not right", "that's wrong", "不对", "不是", "错了", "金额不对", "不對",
})  # fmt: skip
_PAID = re.compile(
    r"^(?:我?(?:只|一共|总共|当面|实际)?(?:付|给|实付)了?|(?:i )?(?:only )?paid)", re.IGNORECASE
)


async def _mine(talk: Talk, order_id: int) -> OrderView:
    return await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)


async def right(talk: Talk, order_id: int) -> Screen:
    view = await _mine(talk, order_id)
    return await confirm(talk, order_id, view.order.cash_stated or 0)


async def wrong(talk: Talk, order_id: int) -> Screen:
    view = await _mine(talk, order_id)
    if not cash_open(view.order):
        return order_screen(talk.core, view, talk.words, talk.now)
    return _ask(talk, view.order)


def _ask(talk: Talk, order: Order) -> Screen:
    talk.expect("cash", order=order.id)
    return screens.other_amount(order, talk.words)


async def typed(talk: Talk) -> Screen:
    """A typed amount; a different one is asked once more before staff are called in."""
    order_id = int(talk.memory.get("order", 0))
    order = (await _mine(talk, order_id)).order
    if not cash_open(order):
        return await show_order(talk, order_id)
    return await _said(talk, order, _amount(talk.incoming.text, order.currency))


async def _said(talk: Talk, order: Order, amount: int | None) -> Screen:
    if amount is None or amount > order.to_pay_on_site:
        return _ask(talk, order)
    if amount == order.cash_stated:
        return await confirm(talk, order.id, amount)
    return screens.cash_doubt(order, amount, talk.words)


async def answered(talk: Talk, text: str) -> Screen | None:
    """Yes, no or an amount, typed while the question is open; of several orders one is chosen first."""
    if bare(text) not in YES | NO and _amount(text, talk.words.currency) is None:
        return None
    me = talk.person.id
    page = await talk.core.history.page(customer_id=me, states={State.FINISHED}, number=0)
    asked = [order for order in page.orders if cash_open(order)]
    if not asked:
        return None
    if len(asked) > 1:
        talk.rest()
        return list_screens.which(asked, "order", talk.now, talk.words)
    order = asked[0]
    if bare(text) in YES:
        return await right(talk, order.id)
    return await _said(talk, order, _amount(text, order.currency))


def _amount(text: str, currency: str) -> int | None:
    """128, and 我付了128 or “I paid 128”, too."""
    return read_amount(_PAID.sub("", folded(text)), currency)


async def confirm(talk: Talk, order_id: int, amount: int) -> Screen:
    try:
        await talk.core.cash.confirm(
            order_id=order_id, customer_id=talk.person.id, amount=amount, now=talk.now
        )
    except DomainError as error:
        return await refused(talk, order_id, error)
    view = await _mine(talk, order_id)
    talk.rest()
    return order_screen(talk.core, view, talk.words, talk.now)
