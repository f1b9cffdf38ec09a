"""What comes into the topic of a ticket by itself: its head, and each message of the person."""

from datetime import datetime
from typing import Any

from bot.admin.orders.whole import whole
from bot.admin.parts import files_of
from bot.admin.tickets import screens
from bot.i18n import Words
from bot.screen import Screen
from core.services import Core


async def head(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    ticket = await core.support.ticket(ticket_id=due.subject)
    person = await core.people.get(person_id=ticket.person_id)
    order = await whole(core, order_id=ticket.order_id, now=now) if ticket.order_id else None
    return screens.card(words, ticket, person, order, now=now)


async def said(core: Core, due: Any, _words: Words, _now: datetime) -> Screen | None:
    one = await core.support.one_said(said_id=int(due.facts["said"]))
    ticket = await core.support.ticket(ticket_id=one.ticket_id)
    person = await core.people.get(person_id=ticket.person_id)
    return screens.said(one, person, await files_of(core, one.files))


async def gone(core: Core, due: Any, _words: Words, _now: datetime) -> Screen | None:
    """Nothing is said; the topic goes on the way here, see bot/admin/topics.py."""
    return None


LETTERS = {"ticket_head": head, "ticket": said, "ticket_gone": gone}
