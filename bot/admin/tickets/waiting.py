"""How long somebody waits and how much time is left: for the queue, the card and the calls. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.admin.parts import dotted, lines
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.people.model import Person, Staff
from core.support.model import Ticket, TicketState
from core.support.waiting import ANSWER
from core.taking.model import Taking

LATE = {
    ANSWER: mark("⏰ <b>{number} has no answer yet</b>"),
    "end": mark("⏰ <b>{number} should be settled by now</b>"),
}
MINUTE = timedelta(minutes=1)


def left(words: Words, ticket: Ticket, *, now: datetime) -> Markup | None:
    """⏳ 25 min left, 🔴 12 min over; for whom we wait the time stands still."""
    if ticket.state is TicketState.ANSWERED:
        return words("⏸ their turn")
    due = [by for by in (ticket.answer_by, ticket.end_by) if by is not None]
    if ticket.state is not TicketState.OPEN or not due:
        return None
    minutes = int((min(due) - now) / MINUTE)
    if minutes >= 0:
        return words("⏳ {time} left", time=words.minutes(max(1, minutes)))
    return words("🔴 {time} over", time=words.minutes(-minutes))


def since(words: Words, ticket: Ticket, *, now: datetime) -> Markup | None:
    if ticket.waits_since is None:
        return None
    waited = max(1, int((now - ticket.waits_since) / MINUTE))
    return words("waiting for {time}", time=words.minutes(waited))


def late(
    words: Words, ticket: Ticket, taking: Taking | None, clock: str, *, now: datetime
) -> Screen:
    text = lines(
        words(LATE[clock], number=ticket.number),
        since(words, ticket, now=now),
        words("{name}, it is in your hands.", name=mention(taking.staff_id, taking.name))
        if taking
        else words("Nobody has taken it yet."),
    )
    return Screen(text)


def called(
    words: Words, ticket: Ticket, person: Person, members: Sequence[Staff], clock: str, *,
    now: datetime,
) -> Screen:  # fmt: skip
    text = lines(
        Markup("🚨 ") + words(LATE[clock], number=ticket.number),
        dotted(person.name, since(words, ticket, now=now)),
        words("Nobody answered after a reminder. Please look: {names}",
              names=words(", ").join(mention(one.telegram_id, one.name) for one in members)),
    )  # fmt: skip
    return Screen(text, [[Button(words.plain("🎫 Look at it"), press("tvn", ticket.id))]])


def mention(telegram_id: int, name: str) -> Markup:
    """A name that rings the phone of whoever it is."""
    return Markup('<a href="tg://user?id={}">{}</a>').format(telegram_id, name or telegram_id)
