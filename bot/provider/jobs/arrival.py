"""At the door: what can hardly be is asked about, and a tap that came late for want of a signal is put right."""

from datetime import datetime, timedelta

from bot.conversation import Talk
from bot.provider import reading
from bot.provider.jobs import arrival_screens as screens
from bot.provider.jobs.present import present
from bot.provider.jobs.work import up_to_date
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import Invalid
from core.orders.arrival import room, too_early
from core.orders.model import Order, Stage, State
from core.orders.tracking import FAR_KM

BEFORE = frozenset({State.ACCEPTED, State.ON_THE_WAY})


async def _order(talk: Talk, order_id: int) -> Order:
    view = await talk.core.orders.for_provider(order_id=order_id, person_id=talk.person.id)
    return view.order


@up_to_date
async def arrive(talk: Talk, order_id: int) -> Screen:
    """Asks once more where the live location is somewhere else, or the visit is long ahead."""
    order = await _order(talk, order_id)
    seen = await talk.core.tracking.whereabouts(order=order, now=talk.now)
    far = seen if seen is not None and seen.km >= FAR_KM else None
    early = order.state in BEFORE and too_early(order=order, rules=talk.core.rules, now=talk.now)
    if far or early:
        talk.rest()
        return screens.really(order, far, early, talk.words)
    return await here(talk, order_id)


@up_to_date
async def here(talk: Talk, order_id: int) -> Screen:
    view = await talk.core.jobs.arrive(order_id=order_id, person_id=talk.person.id, now=talk.now)
    screen = await present(talk, order_id)
    if view.lacks(Stage.BEFORE):
        talk.expect("job.photos", order_id=order_id)
    return screen


@up_to_date
async def ask_earlier(talk: Talk, order_id: int) -> Screen:
    order = await _order(talk, order_id)
    possible = room(order=order)
    if possible is None:
        return await present(talk, order_id)
    talk.expect("job.arrived", order_id=order_id)
    return screens.earlier(order, possible, talk.words)


@up_to_date
async def earlier_by(talk: Talk, order_id: int, minutes: int) -> Screen:
    """So many minutes before what is noted."""
    possible = room(order=await _order(talk, order_id))
    if possible is None:
        return await present(talk, order_id)
    return await _correct(talk, order_id, possible.last - timedelta(minutes=minutes))


async def said(talk: Talk) -> Screen:
    """The time by the clock, typed."""
    return await _typed(talk, int(talk.memory.get("order_id", 0)))


@up_to_date
async def _typed(talk: Talk, order_id: int) -> Screen:
    possible, clock = room(order=await _order(talk, order_id)), reading.clock(talk.incoming.text)
    if possible is None:
        return await present(talk, order_id)
    if clock is None:
        return saying(await ask_earlier(talk, order_id), screens.not_a_time(talk.words))
    day = talk.words.local(possible.last)
    at = day.replace(hour=clock[0], minute=clock[1], second=0, microsecond=0)
    return await _correct(talk, order_id, at if at <= day else at - timedelta(days=1))


async def _correct(talk: Talk, order_id: int, at: datetime) -> Screen:
    try:
        await talk.core.arrival.correct(
            order_id=order_id, person_id=talk.person.id, at=at, now=talk.now
        )
    except Invalid:
        return saying(await ask_earlier(talk, order_id), screens.out_of_bounds(talk.words))
    talk.toast(talk.words.plain("Noted: you were there at {time}.", time=talk.words.time(at)))
    return await present(talk, order_id)
