"""What may come at any time, whatever is being asked: a moving location, a code, photos, what was paid."""

from dataclasses import replace
from functools import wraps

from bot.amounts import folded, read_amount
from bot.conversation import Dialog, Handler, Talk
from bot.notices import spoken
from bot.provider import reading
from bot.provider.home import screens as home_screens
from bot.provider.home.handlers import home_page
from bot.provider.jobs import delay
from bot.provider.jobs.handlers import look_up
from bot.provider.jobs.photos import receive, wanted_by
from bot.provider.jobs.present import present
from bot.provider.jobs.screens import owes_cash
from bot.provider.jobs.work import cash_typed, start
from bot.provider.known import shortcut
from bot.provider.parts import saying
from bot.provider.prices import spoken as prices
from bot.provider.schedule.spoken import example, understood
from bot.screen import Screen
from bot.support.wondering import last_answer, ready_answer
from core.errors import DomainError, Unknown
from core.ids import order_digits
from core.orders.model import State


async def typed(talk: Talk) -> Screen | None:
    """Outside any question: a place, or whatever is meant; else a hint with home."""
    album = talk.incoming.album
    if album and album == talk.memory.get("album"):
        return None  # its first picture was the answer to a question
    if talk.incoming.location:
        return await shared_place(talk)
    if (shown := await meant(talk)) is not None:
        return shown
    return saying(await home_page(talk), home_screens.hint(talk.words, talk.incoming.text.strip()))


async def meant(talk: Talk) -> Screen | None:
    """Photos, a code, an amount, a delay, a plan, a number, words to look up; None for what is none of that."""
    if (asking := await wanted_by(talk)) is not None:
        return await receive(talk, asking)
    if (priced := await prices.answered(talk)) is not None:
        return priced
    text = talk.incoming.text.strip()
    for way in (known, ready_answer, _looked_up, last_answer):
        if (screen := await way(talk, text)) is not None:
            return screen
    return await example(talk)


async def known(talk: Talk, text: str) -> Screen | None:
    """What can hardly be about anything else, also in the middle of help: a code at the door, cash, a plan."""
    if reading.code(text) == folded(text) != "" and (here := await _arrived(talk)) is not None:
        return await start(talk, here, text)
    if (paid := await _paid(talk, text)) is not None:
        return await cash_typed(talk, paid)
    for way in (shortcut, spoken.understood, _asked, _late, prices.understood, _plan, _numbered):
        if (screen := await way(talk, text)) is not None:
            return screen
    return None


async def _asked(talk: Talk, text: str) -> Screen | None:
    """“What if I'm late?” is no delay."""
    return await ready_answer(talk, text) if text.endswith(("?", "？")) else None


async def _late(talk: Talk, _text: str) -> Screen | None:
    return await delay.typed(talk)


async def _plan(talk: Talk, _text: str) -> Screen | None:
    return await understood(talk)


async def _numbered(talk: Talk, text: str) -> Screen | None:
    return await _looked_up(talk, text) if order_digits(text) else None


async def _looked_up(talk: Talk, text: str) -> Screen | None:
    try:
        return await look_up(talk, text)
    except Unknown:
        return None


async def _arrived(talk: Talk) -> int | None:
    """The one job at whose door the provider stands."""
    jobs = await talk.core.offers.jobs(person_id=talk.person.id, states=[State.ARRIVED])
    return jobs[0].id if len(jobs) == 1 else None


async def _paid(talk: Talk, text: str) -> int | None:
    """The one finished job whose cash the typed amount can be."""
    if order_digits(text) or read_amount(text, talk.words.currency) is None:
        return None
    jobs = await talk.core.offers.jobs(person_id=talk.person.id, states=[State.FINISHED])
    owing = [job.id for job in jobs if owes_cash(job)]
    return owing[0] if len(owing) == 1 else None


async def shared_place(talk: Talk) -> Screen | None:
    """On the way it goes to the customer; movements are taken without a word."""
    assert talk.incoming.location is not None
    lat, lon = talk.incoming.location
    order = await talk.core.tracking.position(
        person_id=talk.person.id, lat=lat, lon=lon, now=talk.now
    )
    if talk.incoming.edited:
        return None
    if order is None:
        said = talk.words("Your location goes to a customer only while you are on the way.")
        return saying(await home_page(talk), said)
    return replace(await present(talk, order.id), quiet=True)


def moving(dialog: Dialog) -> Dialog:
    """A live location is never the answer to a question, so no step gets to see one."""
    return replace(dialog, says={step: _past(handler) for step, handler in dialog.says.items()})


def _past(handler: Handler) -> Handler:
    @wraps(handler)
    async def run(talk: Talk) -> Screen | None:
        incoming = talk.incoming
        if incoming.location and (incoming.live_until or incoming.edited):
            step, memory = talk.step, dict(talk.memory)
            try:
                screen = await shared_place(talk)
            except DomainError:
                screen = None
            if incoming.edited:
                talk.step, talk.memory = step, memory
            return screen
        return await handler(talk)

    return run
