"""What an act is done with is chosen first: with or without a fee, which provider, which amount."""

import re
from decimal import Decimal

from bot.admin.orders import act_screens
from bot.admin.orders.whole import whole
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import Invalid
from core.money import to_minor


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
    said = re.search(r"\d+(?:\.\d{1,2})?", talk.incoming.text.replace(",", ""))
    most = one.order.to_pay_on_site
    if said is None:
        return act_screens.amount(talk.words, one)
    value = to_minor(value=Decimal(said.group()), currency=one.order.currency)
    if value > most:
        raise Invalid("amount", "bounds", {"most": most})
    return act_screens.settle_at(talk.words, one, value)
