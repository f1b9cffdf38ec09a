"""What providers are told about another time for a job, and reminded of, by themselves."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.provider.jobs import screens as jobs
from bot.provider.letters import past, push, while_known
from bot.provider.moving import screens
from bot.provider.offers import screens as offers
from bot.provider.parts import GAP, lines
from bot.screen import Card, Screen
from bot.standing import Table, standing
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.services import Core

C, P, S = Actor.CUSTOMER, Actor.PROVIDER, Actor.STAFF
MOVED = {
    C: mark("🗓 <b>The customer moved it to {time}.</b>"),
    P: mark("✅ <b>The customer agreed: {time}.</b>"),
    S: mark("🗓 <b>Our staff moved it to {time}.</b>"),
}


async def _order(core: Core, letter: Posted) -> Order:
    """Raises Unknown once it is with somebody else."""
    view = await core.orders.for_provider(order_id=letter.subject, person_id=letter.person_id or 0)
    return view.order


def _moment(letter: Posted, name: str) -> datetime:
    return datetime.fromisoformat(str(letter.facts[name]))


async def moved(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The job, or the offer he still thinks about, anew with its new time; his own yes needs no news."""
    order, agreed = await _order(core, letter), letter.facts.get("agreed")
    start = _moment(letter, "to")
    if order.starts_at != start or agreed == C:
        return None
    who = P if agreed == P else Actor(letter.facts["actor"])
    head = words(MOVED[who], time=words.lasting(start))
    was = words("It was {time}.", time=words.lasting(_moment(letter, "from")))
    if order.state is State.OFFERED:
        asked = await core.offers.offer(order_id=order.id, person_id=letter.person_id or 0)
        screen, card = offers.card(asked, words, now=now), Card("offer", order.id, anew=True)
    elif order.state is State.ACCEPTED:
        job = await core.offers.job(order_id=order.id, person_id=letter.person_id or 0)
        screen, card = jobs.card(job, words, now=now), Card("job", order.id, anew=True)
    else:
        return None
    return replace(screen, text=lines(head, was, GAP, screen.text), card=card)


async def move_asked(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    order = await _order(core, letter)
    asked = order.proposal
    if asked is None or asked.by != C or asked.until <= now:
        return None
    return replace(screens.asked(order, asked, words), card=Card("move", order.id, anew=True))


ENDS = {
    "refuse_move": mark("🕒 <b>The customer keeps the time: {time}.</b>"),
    "lapse_move": mark("🕒 <b>No answer from the customer. The time stays: {time}.</b>"),
}


async def move_off(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """What came of one's own question; the customer's simply stands no more."""
    order, how = await _order(core, letter), str(letter.facts["how"])
    mine = letter.facts["asked"] == P and how in ENDS and not letter.facts.get("away")
    if not mine or order.state is not State.ACCEPTED or order.proposal is not None:
        return None
    time = words.lasting(order.starts_at)
    cannot = words("If you can't come then, give the job back in time: we find somebody else.")
    return push(order, words, words(ENDS[how], time=time), cannot)


async def remind_job(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The card of the next job anew, with the way to it."""
    order = await _order(core, letter)
    fresh = core.reminding.timely(order=order, verb="remind_job", now=now)
    if not fresh or _moment(letter, "start") != order.starts_at:
        return None
    job = await core.offers.job(order_id=order.id, person_id=letter.person_id or 0)
    head = words("🔔 <b>Your next job: {time}</b>", time=words.lasting(order.starts_at))
    screen = jobs.card(job, words, now=now)
    card = Card("job", order.id, anew=True)
    return replace(screen, text=lines(head, Markup(""), screen.text), card=card)


ASKED = past(mark("🗓 Another time was asked for: {was}"))
STANDS: Table = {"move_asked": (move_asked, ASKED), "move_off": (move_off, ASKED)}
LETTERS: dict[str, Renderer] = {
    "moved": while_known(moved),
    "remind_job": while_known(remind_job),
} | standing(STANDS)
