"""Short words about a visit: yes or no to another time, taken back, "it stands"."""

from bot.conversation import Talk
from bot.customer.moving.handlers import movable
from bot.customer.orders.shown import show_order
from bot.screen import Screen
from bot.when import instant
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.service import OrderView


def _me(talk: Talk) -> By:
    return By(Actor.CUSTOMER, talk.person.id)


@movable
async def agree(talk: Talk, view: OrderView, minutes: int) -> Screen:
    await talk.core.moving.agree(
        order_id=view.order.id, by=_me(talk), start=instant(minutes), now=talk.now
    )
    talk.toast(talk.words.plain("Moved."))
    return await show_order(talk, view.order.id)


@movable
async def keep(talk: Talk, view: OrderView, minutes: int) -> Screen:
    await talk.core.moving.refuse(
        order_id=view.order.id, by=_me(talk), start=instant(minutes), now=talk.now
    )
    talk.toast(talk.words.plain("Your time stays. We tell them."))
    return await show_order(talk, view.order.id)


@movable
async def withdraw(talk: Talk, view: OrderView) -> Screen:
    await talk.core.moving.withdraw(order_id=view.order.id, by=_me(talk), now=talk.now)
    talk.toast(talk.words.plain("Taken back. Your time stays as it was."))
    return await show_order(talk, view.order.id)


@movable
async def confirm(talk: Talk, view: OrderView) -> Screen:
    """One tap under a reminder: the provider sees it on the job."""
    await talk.core.reminding.confirm(
        order_id=view.order.id, customer_id=talk.person.id, now=talk.now
    )
    talk.toast(talk.words.plain("Thank you! We let them know."))
    return await show_order(talk, view.order.id)
