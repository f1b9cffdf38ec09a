"""The queue of tickets, answers from a topic, and a ticket that is opened again."""

from bot.admin.parts import acting, sign
from bot.admin.tickets import screens
from bot.conversation import Talk
from bot.screen import Screen
from core.support.model import Ticket, TicketState
from core.taking.model import Matter


async def tickets(talk: Talk) -> Screen:
    return await page(talk, 0)


async def page(talk: Talk, number: int) -> Screen:
    waiting = await talk.core.support.alive()
    people = {t.person_id: await talk.core.people.get(person_id=t.person_id) for t in waiting}
    hands = await talk.core.takings.among(matter=Matter.TICKET, subjects=[t.id for t in waiting])
    chat = talk.incoming.chat_id
    return screens.tickets(talk.words, waiting, people, hands, number, chat=chat, now=talk.now)


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
        ticket_id=ticket.id, author=sign(member, talk), staff_id=member.telegram_id,
        text=incoming.text, files=files, key=incoming.key, now=talk.now,
    )  # fmt: skip
    return None


async def reopen(talk: Talk, ticket_id: int) -> None:
    ticket = await talk.core.support.ticket(ticket_id=ticket_id)
    async with acting(talk, "tickets.answer", subject=ticket.number, reason=screens.REOPENED):
        await talk.core.support.reopen(ticket_id=ticket_id, now=talk.now)
    talk.toast(talk.words.plain("Open again."))
