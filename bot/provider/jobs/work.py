"""The steps of a job: on the way, here, started with the code, finished, paid. Each shows the card as it is then."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar

from bot import words as names
from bot.amounts import read_amount
from bot.conversation import Talk
from bot.errors import sentence
from bot.i18n import mark
from bot.provider import reading
from bot.provider.jobs import screens
from bot.provider.jobs.present import present
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import DomainError, NotAllowedNow, WrongCode
from core.orders.advance import reached_at
from core.orders.arrival import too_early
from core.orders.lifecycle import PROMISED
from core.orders.model import Stage, State
from core.orders.offers import Job

S = TypeVar("S")
WENT_ON = PROMISED | {State.CLOSED}


def up_to_date(handler: Callable[..., Awaitable[S]]) -> Callable[..., Awaitable[S | Screen]]:
    """What can't be done (any more) is said, and the order is shown as it stands."""

    @wraps(handler)
    async def run(talk: Talk, order_id: int, *ids: Any) -> S | Screen:
        try:
            return await handler(talk, order_id, *ids)
        except DomainError as error:
            screen = await present(talk, order_id)
            if isinstance(error, NotAllowedNow) and (known := await _known(talk, order_id, error)):
                talk.toast(known)
                return screen
            talk.toast(sentence(error, talk.words), alert=True)
            return screen

    return run


# What each tap leads to: whoever is there already, or further, tapped late or twice, and that is no mistake of his.
LEADS_TO = {
    "accept": State.ACCEPTED, "depart": State.ON_THE_WAY, "arrive": State.ARRIVED,
    "start": State.WORKING, "finish": State.FINISHED,
}  # fmt: skip
_LIFE = list(State)


async def _known(talk: Talk, order_id: int, error: NotAllowedNow) -> str:
    """What to say to a late tap of a step that is done already; nothing of one that can't be done."""
    goal = LEADS_TO.get(error.verb)
    if goal is None or not talk.incoming.press:
        return ""
    state = State(error.state)
    if state not in WENT_ON or _LIFE.index(goal) > _LIFE.index(state):
        return ""
    order = (await _job(talk, order_id)).order
    since = reached_at(order=order, state=order.state)
    return talk.words.plain(
        "All noted already: {state}, {time}. Nothing changed.",
        state=names.state(order.state, talk.words),
        time=talk.words.time(since) if since else "",
    )


async def _job(talk: Talk, order_id: int) -> Job:
    return await talk.core.offers.job(order_id=order_id, person_id=talk.person.id)


@up_to_date
async def depart(talk: Talk, order_id: int) -> Screen:
    """Long before the visit the tap may be a slip, and the customer would be told: asked once more."""
    job = await _job(talk, order_id)
    if job.order.state is State.ACCEPTED and too_early(
        order=job.order, rules=talk.core.rules, now=talk.now
    ):
        return screens.ask_depart(job, talk.words)
    return await set_out(talk, order_id)


@up_to_date
async def set_out(talk: Talk, order_id: int) -> Screen:
    await talk.core.jobs.depart(order_id=order_id, person_id=talk.person.id, now=talk.now)
    talk.toast(talk.words.plain("Safe travels! Share your live location if you can."))
    return await present(talk, order_id)


@up_to_date
async def ask_code(talk: Talk, order_id: int) -> Screen:
    job = await _job(talk, order_id)
    if job.order.state is not State.ARRIVED or job.lacks(Stage.BEFORE):
        return await present(talk, order_id)
    talk.expect("job.code", order_id=order_id)
    return screens.ask_code(job, talk.words)


async def code_said(talk: Talk) -> Screen:
    """The four digits."""
    return await start(talk, int(talk.memory.get("order_id", 0)), talk.incoming.text)


@up_to_date
async def start(talk: Talk, order_id: int, text: str) -> Screen:
    """With the customer's four digits work begins; a wrong code may be tried again."""
    code = reading.code(text)
    try:
        if code:
            await talk.core.jobs.start(
                order_id=order_id, person_id=talk.person.id, code=code, now=talk.now
            )
            return await present(talk, order_id)
        said = talk.words.plain("The code has four digits. Ask the customer for it.")
    except WrongCode as wrong:
        said = sentence(wrong, talk.words)
    job = await _job(talk, order_id)
    if job.order.state is not State.ARRIVED:
        return await present(talk, order_id)
    talk.expect("job.code", order_id=order_id)
    return saying(screens.ask_code(job, talk.words), said)


@up_to_date
async def finish(talk: Talk, order_id: int, sure: int) -> Screen:
    return await _finish(talk, order_id, sure, None)


@up_to_date
async def finish_paid(talk: Talk, order_id: int, sure: int, received: int) -> Screen:
    """Done, and the whole rest was paid at the door: one tap for both."""
    return await _finish(talk, order_id, sure, received)


async def _finish(talk: Talk, order_id: int, sure: int, received: int | None) -> Screen:
    job = await _job(talk, order_id)
    may = job.order.state is State.WORKING and not job.lacks(Stage.AFTER)
    if may and not sure and screens.surprising(job, now=talk.now):
        talk.rest()
        return screens.ask_finish(job, received, talk.words)
    await talk.core.jobs.finish(
        order_id=order_id, person_id=talk.person.id, now=talk.now, received=received
    )
    if received:
        talk.toast(talk.words.plain("Noted. The customer is asked to confirm."))
    return await present(talk, order_id)


@up_to_date
async def cash(talk: Talk, order_id: int, amount: int) -> Screen:
    await talk.core.jobs.state_cash(
        order_id=order_id, person_id=talk.person.id, amount=amount, now=talk.now
    )
    talk.toast(talk.words.plain("Noted. The customer is asked to confirm."))
    return await present(talk, order_id)


@up_to_date
async def other_cash(talk: Talk, order_id: int) -> Screen:
    job = await _job(talk, order_id)
    if not screens.owes_cash(job.order):
        return await present(talk, order_id)
    talk.expect("job.cash", order_id=order_id)
    return screens.ask_cash(job, talk.words)


async def cash_said(talk: Talk) -> Screen:
    return await cash_typed(talk, int(talk.memory.get("order_id", 0)))


@up_to_date
async def cash_typed(talk: Talk, order_id: int) -> Screen:
    job = await _job(talk, order_id)
    amount = read_amount(talk.incoming.text, job.order.currency)
    if not screens.owes_cash(job.order):
        return await present(talk, order_id)
    if amount is None or amount > job.order.to_pay_on_site:
        talk.expect("job.cash", order_id=order_id)
        return saying(screens.ask_cash(job, talk.words), screens.wrong_cash(job, talk.words))
    return await cash(talk, order_id, amount)


@up_to_date
async def drop(talk: Talk, order_id: int, sure: int) -> Screen:
    """Giving a promised visit back asks once more."""
    job = await _job(talk, order_id)
    if not sure and job.order.state in screens.MAY_DROP:
        talk.rest()
        return screens.ask_drop(job, talk.words, now=talk.now)
    await talk.core.jobs.drop(order_id=order_id, person_id=talk.person.id, now=talk.now)
    talk.toast(talk.words.plain(DROPPED))
    return await present(talk, order_id)


DROPPED = mark("Given back. We'll ask somebody else.")
