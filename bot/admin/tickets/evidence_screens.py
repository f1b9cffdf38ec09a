"""How the evidence of a ticket reads: what was agreed and paid, who was where when, what was written. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.orders import screens as orders
from bot.admin.orders import timeline
from bot.admin.orders.talk import said as line
from bot.admin.orders.whole import Whole
from bot.admin.orders.work import work
from bot.admin.parts import lines
from bot.i18n import Words
from bot.screen import Screen
from core.ids import spell_order_number
from core.orders.lifecycle import Actor
from core.orders.model import Step
from core.relay.model import Relayed
from core.support.model import Ticket

LONGEST = 3200
"""Signs of one message, with room for the markup."""


def facts(words: Words, ticket: Ticket, one: Whole, *, now: datetime) -> list[Screen]:
    """The order with its money, what happened at the door, and every step."""
    told = [
        words("🗂 <b>Evidence for {ticket}</b> · order <code>{number}</code>",
              ticket=ticket.number, number=spell_order_number(one.order.number)),
        orders.line(words, one.view, now=now),
        *work(words, one.order),
        *orders.money(words, one),
        *_at_the_door(words, one),
        Markup(""),
        words("<b>Timeline</b>"),
        *(timeline.step(words, one, step, now=now) for step in one.steps),
    ]  # fmt: skip
    return _screens(told)


def _at_the_door(words: Words, one: Whole) -> Iterator[Markup]:
    """Whether he came in time and to the right place, and whether work began with the customer's code."""
    last = {step.verb: step for step in one.steps}
    if came := last.get("arrive"):
        yield _arrived(words, one, came)
    tries = sum(step.verb == "wrong_code" for step in one.steps)
    if begun := last.get("start"):
        yield (
            words("🔓 Work began without the customer’s code: staff let it.")
            if begun.actor == Actor.STAFF
            else words("🔑 Work began with the customer’s code.")
        )
    if tries:
        yield words.plural("🔑 {n} wrong code was typed.", "🔑 {n} wrong codes were typed.", tries)


def _arrived(words: Words, one: Whole, came: Step) -> Markup:
    late = int((came.at - one.order.starts_at).total_seconds() // 60)
    when = words("{time} late", time=words.minutes(late)) if late > 0 else words("in time")
    where = (
        words("{km} from the address", km=words.distance(float(came.facts["km"])))
        if came.facts.get("km") else words("by his own word") if came.actor == Actor.PROVIDER
        else words("by the word of the staff")
    )  # fmt: skip
    return words("📍 Arrived {at}: {when}, {where}", at=words.time(came.at), when=when, where=where)


def conversation(
    words: Words, one: Whole, said: Sequence[Relayed], *, now: datetime
) -> list[Screen]:
    told = [line(words, one, each, now=now) for each in said]
    head = words("💬 <b>What the two sides wrote to each other</b>")
    return _screens([head, *(told or [words("Nothing was written.")])])


def sent_files(words: Words) -> Screen:
    return Screen(words("📎 What they sent each other"))


def photos(words: Words) -> Screen:
    return Screen(words("📷 <b>Photos of the work</b>"))


def _screens(told: Iterable[Markup]) -> list[Screen]:
    """As few messages as hold it."""
    pages: list[list[Markup]] = [[]]
    room = LONGEST
    for part in told:
        if len(part) > room and pages[-1]:
            pages.append([])
            room = LONGEST
        pages[-1].append(part)
        room -= len(part) + 1
    return [Screen(lines(*page)) for page in pages]
