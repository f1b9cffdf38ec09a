"""Taps about another time for a job; every button carries its order."""

from datetime import date

from bot.conversation import Talk
from bot.days import month_shown
from bot.provider.jobs.present import present
from bot.provider.jobs.work import up_to_date
from bot.provider.moving import screens
from bot.screen import Screen
from bot.when import Others, day_of, instant
from core.errors import NotAllowedNow, SlotTaken
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.service import OrderView


async def mine(talk: Talk, order_id: int) -> OrderView:
    return await talk.core.orders.for_provider(order_id=order_id, person_id=talk.person.id)


async def _me(talk: Talk, order_id: int) -> By:
    return By(Actor.PROVIDER, (await mine(talk, order_id)).provider.id)


@up_to_date
async def agree(talk: Talk, order_id: int, minutes: int) -> Screen:
    await talk.core.moving.agree(
        order_id=order_id, by=await _me(talk, order_id), start=instant(minutes), now=talk.now
    )
    talk.toast(talk.words.plain("Moved. The customer knows."))
    return await present(talk, order_id)


@up_to_date
async def keep(talk: Talk, order_id: int, minutes: int) -> Screen:
    await talk.core.moving.refuse(
        order_id=order_id, by=await _me(talk, order_id), start=instant(minutes), now=talk.now
    )
    talk.toast(talk.words.plain("The time stays. The customer knows."))
    return await present(talk, order_id)


@up_to_date
async def withdraw(talk: Talk, order_id: int) -> Screen:
    await talk.core.moving.withdraw(order_id=order_id, by=await _me(talk, order_id), now=talk.now)
    talk.toast(talk.words.plain("Taken back. The time stays."))
    return await present(talk, order_id)


# --- one's own wish


async def others(talk: Talk, view: OrderView) -> Others:
    """Raises NotAllowedNow where nothing can be asked (any more)."""
    if not talk.core.moving.may(order=view.order, actor=Actor.PROVIDER, now=talk.now):
        raise NotAllowedNow(verb="propose", state=view.order.state)
    calendar = await talk.core.moving.calendar(view=view, now=talk.now)
    return Others(talk.core.availability, calendar, view.order, talk.now)


@up_to_date
async def begin(talk: Talk, order_id: int) -> Screen:
    return await days(talk, order_id)


@up_to_date
async def month(talk: Talk, order_id: int, year: int, number: int) -> Screen:
    return await days(talk, order_id, (year, number))


@up_to_date
async def no_day(talk: Talk, order_id: int, year: int, number: int) -> Screen:
    talk.toast(talk.words.plain("Please tap a day that has a number."))
    return await days(talk, order_id, (year, number))


async def days(talk: Talk, order_id: int, wanted: tuple[int, ...] = ()) -> Screen:
    view = await mine(talk, order_id)
    free = (await others(talk, view)).days()
    talk.expect("move.day", order_id=order_id)
    shown = month_shown(free, wanted)
    return screens.days(view.order, free, shown, talk.words, now=talk.now)


@up_to_date
async def day(talk: Talk, order_id: int, ordinal: int) -> Screen:
    return await starts(talk, order_id, day_of(ordinal), None)


@up_to_date
async def part(talk: Talk, order_id: int, ordinal: int, number: int) -> Screen:
    return await starts(talk, order_id, day_of(ordinal), number)


async def starts(talk: Talk, order_id: int, chosen: date, part: int | None) -> Screen:
    view = await mine(talk, order_id)
    free = (await others(talk, view)).starts(chosen)
    if not free:
        return await days(talk, order_id)
    talk.expect("move.start", order_id=order_id, day=chosen.toordinal())
    return screens.starts(view.order, chosen, free, part, talk.words, now=talk.now)


@up_to_date
async def look(talk: Talk, order_id: int, minutes: int) -> Screen:
    view = await mine(talk, order_id)
    await others(talk, view)
    talk.rest()
    return screens.sure(view.order, instant(minutes), talk.words, now=talk.now)


@up_to_date
async def ask(talk: Talk, order_id: int, minutes: int) -> Screen:
    try:
        await talk.core.moving.ask(
            order_id=order_id, person_id=talk.person.id, start=instant(minutes), now=talk.now
        )
    except SlotTaken:
        talk.toast(talk.words.plain("You aren't free then. Please pick another time."), alert=True)
        return await days(talk, order_id)
    talk.toast(talk.words.plain("Asked. You hear from us as soon as they answer."))
    return await present(talk, order_id)
