"""Taps and words that ask for help."""

from typing import Any

from bot.album import same_album
from bot.conversation import Talk
from bot.customer.support import screens
from bot.screen import Screen
from core.errors import Unknown
from core.orders.model import Order
from core.support.model import Question, Ticket

KINDS = ("photo", "video", "document", "voice")


async def help_(talk: Talk) -> Screen:
    talk.expect("help")
    questions = await talk.core.support.questions()
    return screens.start(questions, await _present(talk), talk.core.rules, talk.words)


async def _present(talk: Talk) -> Ticket | None:
    return await talk.core.support.present(person_id=talk.person.id, bot=talk.incoming.bot)


def _listen(talk: Talk) -> None:
    """What is typed below an answer is a question, too."""
    if talk.step != "help":
        talk.expect("help")


async def faq(talk: Talk, index: int, page: int) -> Screen:
    _listen(talk)
    questions = await talk.core.support.questions()
    return screens.topic(questions, index, page, talk.words)


async def question(talk: Talk, question_id: int, index: int, page: int) -> Screen:
    _listen(talk)
    found = [q for q in await talk.core.support.questions() if q.id == question_id]
    if not found:
        return await help_(talk)
    chosen: Question = found[0]
    return screens.answer(chosen, index, page, talk.words)


async def ask(talk: Talk) -> Screen:
    return await _ask(talk, None)


async def ask_about(talk: Talk, order_id: int) -> Screen:
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    return await _ask(talk, view.order)


async def _ask(talk: Talk, order: Order | None) -> Screen:
    """A question about another order than the open ticket's is a ticket of its own."""
    ticket = await _present(talk)
    if ticket is not None and order is not None and ticket.order_id != order.id:
        ticket = None
    talk.expect("ticket", ticket=ticket.id if ticket else 0, order=order.id if order else 0)
    said = await talk.core.support.said(ticket_id=ticket.id) if ticket else []
    return screens.ask(order, ticket, said, talk.words)


async def said(talk: Talk) -> Screen | None:
    """One message to the staff; the photos of an album get one answer."""
    incoming = talk.incoming
    sent = [a for a in incoming.attachments if a.kind in KINDS]
    text = incoming.text.strip()
    if incoming.location:
        lat, lon = incoming.location
        text = text or f"📍 {await talk.core.places.name(lat=lat, lon=lon)} {lat:.5f}, {lon:.5f}"
    if not sent and not text:
        return screens.empty(talk.words)
    files = [(await talk.store(one)).file_id for one in sent]
    together = same_album(talk)
    return await together(await say(talk, text, files))


async def say(talk: Talk, text: str, files: list[int]) -> Screen:
    """What is typed next goes to the same ticket."""
    ticket = await _say(talk, text, files)
    order = talk.memory.get("order", 0)
    talk.expect("ticket", ticket=ticket.id, order=order, album=talk.incoming.album)
    return screens.sent(ticket, talk.core.rules, talk.words)


async def _say(talk: Talk, text: str, files: list[int]) -> Ticket:
    """Into the ticket the talk is about, even if it was closed meanwhile, or a new one where there is none."""
    told: dict[str, Any] = {"person_id": talk.person.id, "author": talk.person.name, "text": text,
            "files": files, "key": talk.incoming.key, "now": talk.now}  # fmt: skip
    known = int(talk.memory.get("ticket", 0))
    if known:
        try:
            return await talk.core.support.say(ticket_id=known, **told)
        except Unknown:
            pass
    order_id = int(talk.memory.get("order", 0)) or None
    return await talk.core.support.open(bot=talk.incoming.bot, order_id=order_id, **told)


async def solved(talk: Talk, ticket_id: int) -> Screen:
    await talk.core.support.for_person(ticket_id=ticket_id, person_id=talk.person.id)
    ticket = await talk.core.support.close(ticket_id=ticket_id, by_staff=False, now=talk.now)
    talk.rest()
    return screens.solved(ticket, talk.words)


async def answer_to(talk: Talk, ticket_id: int) -> Screen:
    """The button under a staff answer: typing on goes to that ticket."""
    ticket = await talk.core.support.for_person(ticket_id=ticket_id, person_id=talk.person.id)
    talk.expect("ticket", ticket=ticket.id, order=ticket.order_id or 0)
    said = await talk.core.support.said(ticket_id=ticket.id)
    order = None
    if ticket.order_id:
        view = await talk.core.orders.for_customer(
            order_id=ticket.order_id, customer_id=talk.person.id
        )
        order = view.order
    return screens.ask(order, ticket, said, talk.words)
