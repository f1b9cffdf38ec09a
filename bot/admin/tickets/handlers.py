"""Taking, answering and closing tickets."""

from bot.admin.parts import logged, me, sign
from bot.admin.tickets import screens
from bot.conversation import Talk
from bot.screen import Screen
from core.errors import AlreadyDone
from core.support.model import Ticket, TicketState


async def tickets(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    waiting = await talk.core.support.alive()
    people = {t.person_id: await talk.core.people.get(person_id=t.person_id) for t in waiting}
    chat = talk.incoming.chat_id
    return screens.tickets(talk.words, waiting, people, number, chat=chat, now=talk.now)


async def answered(talk: Talk, ticket: Ticket) -> Screen | None:
    """Words and pictures written in a ticket's topic go to the person; the first who answers has the ticket."""
    incoming = talk.incoming
    member = await talk.core.staff.check(
        telegram_id=incoming.user_id, name=talk.person.name, chat_id=incoming.chat_id,
        action="tickets.answer", now=talk.now,
    )  # fmt: skip
    if ticket.state is TicketState.CLOSED:
        return screens.closed(talk.words, ticket)
    files = [(await talk.store(one)).file_id for one in incoming.attachments]
    await talk.core.support.answer(
        ticket_id=ticket.id, author=sign(member, talk), text=incoming.text, files=files,
        key=incoming.key, now=talk.now,
    )  # fmt: skip
    return None


async def take(talk: Talk, ticket_id: int) -> None:
    member = await me(talk)
    try:
        await talk.core.support.take(ticket_id=ticket_id, name=sign(member, talk))
    except AlreadyDone:
        ticket = await talk.core.support.ticket(ticket_id=ticket_id)
        talk.toast(talk.words.plain("Taken by {name}.", name=ticket.taken_by))
        return
    talk.toast(talk.words.plain("It's yours."))


async def close(talk: Talk, ticket_id: int) -> Screen:
    """Asks what came of it first."""
    ticket = await talk.core.support.ticket(ticket_id=ticket_id)
    if ticket.state is TicketState.CLOSED:
        return screens.ended(talk.words, ticket)
    talk.expect("ticket_outcome", ticket=ticket_id)
    return screens.ask_outcome(talk.words, ticket)


async def outcome(talk: Talk, ticket_id: int, code: str) -> Screen:
    return await _end(talk, ticket_id, code)


async def outcome_said(talk: Talk) -> Screen | None:
    """The outcome in words; in another topic than the ticket's it is just talk."""
    ticket_id, text = int(talk.memory.get("ticket", 0)), talk.incoming.text.strip()
    if not text:
        return screens.ask_outcome(talk.words, await talk.core.support.ticket(ticket_id=ticket_id))
    return await _end(talk, ticket_id, text)


async def _end(talk: Talk, ticket_id: int, text: str) -> Screen:
    talk.rest()
    ticket = await talk.core.support.close(
        ticket_id=ticket_id, by_staff=True, now=talk.now, outcome=text
    )
    await logged(talk, "tickets.answer", subject=ticket.number, reason=screens.CLOSED)
    talk.toast(talk.words.plain("Closed."))
    return screens.ended(talk.words, ticket)


async def not_yet(talk: Talk, ticket_id: int) -> Screen:
    talk.rest()
    ticket = await talk.core.support.ticket(ticket_id=ticket_id)
    return screens.kept(talk.words, ticket)


async def reopen(talk: Talk, ticket_id: int) -> None:
    ticket = await talk.core.support.reopen(ticket_id=ticket_id)
    await logged(talk, "tickets.answer", subject=ticket.number, reason=screens.REOPENED)
    talk.toast(talk.words.plain("Open again."))
