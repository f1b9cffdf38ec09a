"""A provider says himself that he will be late: two taps on the job's card, or a few words at any time."""

from bot.conversation import Talk
from bot.provider.jobs import delay_screens, handlers
from bot.provider.jobs.present import present
from bot.provider.jobs.work import up_to_date
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import NotAllowedNow
from core.orders.late import AWAITED, may_announce
from core.orders.model import Order, State
from core.when.delays import read_delay, read_minutes


async def _order(talk: Talk, order_id: int) -> Order:
    """Raises NotAllowedNow far from the start and once he is there, Unknown for anybody else's."""
    view = await talk.core.orders.for_provider(order_id=order_id, person_id=talk.person.id)
    if not may_announce(order=view.order, now=talk.now):
        raise NotAllowedNow(verb="delay", state=view.order.state)
    return view.order


@up_to_date
async def ask(talk: Talk, order_id: int) -> Screen:
    order = await _order(talk, order_id)
    room = talk.core.lateness.room(order=order, now=talk.now)
    talk.expect("job.delay", order_id=order_id)
    return delay_screens.ask(order, room, talk.words)


@up_to_date
async def announce(talk: Talk, order_id: int, minutes: int) -> Screen:
    await talk.core.lateness.announce(
        order_id=order_id, person_id=talk.person.id, minutes=minutes, now=talk.now
    )
    talk.toast(talk.words.plain("The customer is told."))
    return await present(talk, order_id)


async def said(talk: Talk) -> Screen:
    """The minutes, typed."""
    order_id = int(talk.memory.get("order_id", 0))
    minutes = read_minutes(talk.incoming.text) or read_delay(talk.incoming.text)
    if minutes is None:
        hint = talk.words("Please tap a time or type the minutes, for example 15.")
        return saying(await ask(talk, order_id), hint)
    return await announce(talk, order_id, minutes)


async def typed(talk: Talk) -> Screen | None:
    """Outside any question: for the visit that comes next, at once where it is said by how much."""
    minutes = read_delay(talk.incoming.text)
    if minutes is None:
        return None
    awaited = await talk.core.offers.jobs(person_id=talk.person.id, states=AWAITED)
    near = [order for order in awaited if may_announce(order=order, now=talk.now)]
    if not near:
        hint = delay_screens.none_near(talk.words)
        return saying(await handlers.jobs(talk, "next", 0), hint)
    order = next((one for one in near if one.state is State.ON_THE_WAY), near[0])
    return await (announce(talk, order.id, minutes) if minutes else ask(talk, order.id))
