"""What an act is done with is chosen first: with or without a fee, which provider, which amount."""

from bot.admin.orders import act_screens
from bot.admin.orders.whole import whole
from bot.amounts import read_amount
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import Invalid


async def fee(talk: Talk, order_id: int) -> Screen:
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    return act_screens.fee(talk.words, one)


async def provider(talk: Talk, order_id: int, page: int) -> Screen:
    able = await talk.core.matching.suitable(order_id=order_id, now=talk.now)
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    return act_screens.provider(talk.words, one, able, page, now=talk.now)


async def amount(talk: Talk, order_id: int) -> Screen:
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    talk.expect("settle_amount", order=order_id)
    return act_screens.amount(talk.words, one)


async def amount_said(talk: Talk) -> Screen:
    """128 or 128.50, never more than there was to pay."""
    one = await whole(talk.core, order_id=int(talk.memory["order"]), now=talk.now)
    value, most = read_amount(talk.incoming.text, one.order.currency), one.order.to_pay_on_site
    if value is None:
        return act_screens.amount(talk.words, one)
    if value > most:
        raise Invalid("amount", "bounds", {"most": most})
    return act_screens.settle_at(talk.words, one, value)
