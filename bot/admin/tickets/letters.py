"""What comes into the topic of a ticket by itself: its head, and each message of the person."""

from datetime import datetime
from typing import Any

from bot.admin.orders.whole import whole
from bot.admin.parts import files_of
from bot.admin.tickets import hearing_screens, screens, waiting
from bot.i18n import Words
from bot.screen import Screen
from core.people.model import Role
from core.services import Core
from core.support.model import TicketState
from core.taking.model import Matter


async def head(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    ticket = await core.support.ticket(ticket_id=due.subject)
    person = await core.people.get(person_id=ticket.person_id)
    order = await whole(core, order_id=ticket.order_id, now=now) if ticket.order_id else None
    taking = await core.takings.of(matter=Matter.TICKET, subject=ticket.id)
    return screens.card(words, ticket, person, order, taking, now=now)


async def said(core: Core, due: Any, _words: Words, _now: datetime) -> Screen | None:
    one = await core.support.one_said(said_id=int(due.facts["said"]))
    ticket = await core.support.ticket(ticket_id=one.ticket_id)
    person = await core.people.get(person_id=ticket.person_id)
    return screens.said(one, person, await files_of(core, one.files))


async def heard(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """What the staff asked the other side, and what they said to it."""
    one = await core.hearing.one(heard_id=int(due.facts["heard"]))
    person = await core.people.get(person_id=one.person_id)
    return hearing_screens.said(words, one, person.name, await files_of(core, one.files))


async def gone(core: Core, due: Any, _words: Words, _now: datetime) -> Screen | None:
    """Nothing is said; the topic goes on the way here, see bot/admin/topics.py."""
    return None


async def late(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Somebody waits too long: whoever has it is called by name, in the ticket's own topic."""
    ticket = await core.support.ticket(ticket_id=due.subject)
    if ticket.state is not TicketState.OPEN:
        return None
    taking = await core.takings.of(matter=Matter.TICKET, subject=ticket.id)
    return waiting.late(words, ticket, taking, str(due.facts["clock"]), now=now)


async def called(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Still nobody: owners and operators are called by name among the alerts."""
    ticket = await core.support.ticket(ticket_id=due.subject)
    if ticket.state is not TicketState.OPEN:
        return None
    person = await core.people.get(person_id=ticket.person_id)
    members = [one for one in await core.staff.members() if one.role in CALLED]
    return waiting.called(words, ticket, person, members, str(due.facts["clock"]), now=now)


CALLED = (Role.OWNER, Role.OPERATOR)
LETTERS = {
    "ticket_head": head,
    "ticket": said,
    "ticket_heard": heard,
    "ticket_late": late,
    "ticket_called": called,
    "ticket_gone": gone,
}
