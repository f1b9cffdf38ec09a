"""Asking the other side of a ticket's order: typed, read once more, then sent; the answer comes into the topic."""

from bot.admin.parts import acting, me, sign
from bot.admin.tickets import hearing_screens as screens
from bot.conversation import Talk
from bot.screen import Screen

STEP = "ticket_hear"


async def ask(talk: Talk, ticket_id: int) -> Screen:
    asking = await talk.core.hearing.asking(ticket_id=ticket_id)
    talk.expect(STEP, ticket=ticket_id)
    return screens.ask(talk.words, asking)


async def said(talk: Talk) -> Screen:
    """As it will be read, before it goes out."""
    ticket_id, text = int(talk.memory["ticket"]), talk.incoming.text.strip()
    asking = await talk.core.hearing.asking(ticket_id=ticket_id)
    if not text:
        return screens.ask(talk.words, asking)
    text = talk.core.hearing.crosses(text=text)
    talk.expect(STEP, ticket=ticket_id, text=text)
    asker = await talk.core.people.get(person_id=asking.ticket.person_id)
    return screens.sure(
        talk.words, asking, text, names_asker=bool(asker.name) and asker.name in text
    )


async def send(talk: Talk, ticket_id: int) -> Screen:
    """Once: what was sent is no longer in the memory."""
    text = str(talk.memory.get("text") or "")
    if talk.memory.get("ticket") != ticket_id or not text:
        return await ask(talk, ticket_id)
    asking = await talk.core.hearing.asking(ticket_id=ticket_id)
    async with acting(
        talk, "tickets.answer", subject=asking.ticket.number, reason=f"🗣 {text[:200]}",
        person_id=asking.person.id,
    ):  # fmt: skip
        await talk.core.hearing.ask(
            ticket_id=ticket_id, author=sign(await me(talk), talk), text=text,
            key=talk.incoming.key, now=talk.now,
        )  # fmt: skip
    talk.rest()
    return screens.sent(talk.words, asking)
