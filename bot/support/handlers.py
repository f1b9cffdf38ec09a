"""Taps and words that ask for help."""

from dataclasses import replace
from typing import Any

from bot.album import same_album
from bot.conversation import Talk
from bot.errors import sentence
from bot.screen import Screen
from bot.support import screens
from core.errors import Invalid, NotAllowedNow, Unknown
from core.faq.model import Chapter
from core.ids import order_digits
from core.orders.model import Order
from core.support.model import Ticket, TicketKind

FILES = ("photo", "video", "document", "voice")
LATEST = 2


async def help_(talk: Talk) -> Screen:
    talk.expect("help")
    present = await _present(talk, TicketKind.QUESTION)
    hand = await _hand(talk, present)
    return screens.start(
        await chapters(talk), present, hand, talk.core.rules, talk.now, talk.words,
        talk.incoming.bot,
    )  # fmt: skip


async def _hand(talk: Talk, ticket: Ticket | None) -> str:
    """Who of the staff has it."""
    return await talk.core.support.with_whom(ticket=ticket) if ticket else ""


async def chapters(talk: Talk) -> list[Chapter]:
    """The ready answers of this bot."""
    return await talk.core.faq.chapters(side=talk.incoming.bot)


async def _present(talk: Talk, kind: TicketKind) -> Ticket | None:
    return await talk.core.support.present(
        person_id=talk.person.id, bot=talk.incoming.bot, kind=kind
    )


def _listen(talk: Talk) -> None:
    """What is typed below an answer is a question, too."""
    if talk.step != "help":
        talk.expect("help")


async def topics(talk: Talk, page: int) -> Screen:
    _listen(talk)
    return screens.all_topics(await chapters(talk), page, talk.words)


async def faq(talk: Talk, topic_id: int, page: int) -> Screen:
    _listen(talk)
    found = [one for one in await chapters(talk) if one.topic.id == topic_id]
    return screens.topic(found[0], page, talk.words) if found else await help_(talk)


async def question(talk: Talk, question_id: int, topic_id: int, page: int) -> Screen:
    _listen(talk)
    every = [one for chapter in await chapters(talk) for one in chapter.questions]
    found = [one for one in every if one.id == question_id]
    return screens.answer(found[0], page, talk.words) if found else await help_(talk)


async def helped(talk: Talk) -> Screen:
    talk.toast(talk.words.plain("Glad it helped! 😊"))
    return await help_(talk)


async def voice(talk: Talk) -> Screen:
    talk.rest()
    return screens.about_what(talk.words)


async def ask(talk: Talk) -> Screen:
    return await _ask(talk, None, await _present(talk, TicketKind.QUESTION))


async def ask_about(talk: Talk, order_id: int) -> Screen:
    """A question about another order than the open ticket's is a ticket of its own."""
    order = await _order(talk, order_id)
    ticket = await _present(talk, TicketKind.QUESTION)
    return await _ask(talk, order, ticket if ticket and ticket.order_id == order_id else None)


async def new(talk: Talk, kind: str, order_id: int) -> Screen:
    """A complaint, an idea or a question from the beginning, with its order if there is one."""
    known = TicketKind(kind) if kind in set(TicketKind) else TicketKind.QUESTION
    order = await _order(talk, order_id) if order_id else None
    return await _ask(talk, order, None, known)


async def _order(talk: Talk, order_id: int) -> Order:
    """One's own, on whichever side of it. Raises Unknown."""
    return await talk.core.support.own_order(
        order_id=order_id, person_id=talk.person.id, side=talk.incoming.bot
    )


async def _ask(
    talk: Talk, order: Order | None, ticket: Ticket | None,
    kind: TicketKind = TicketKind.QUESTION,
) -> Screen:  # fmt: skip
    kind = ticket.kind if ticket else kind
    talk.expect(
        "ticket", ticket=ticket.id if ticket else 0, order=order.id if order else 0,
        kind=kind.value,
    )  # fmt: skip
    said = await talk.core.support.said(ticket_id=ticket.id) if ticket else []
    side = talk.incoming.bot
    latest = await talk.core.support.latest_orders(
        person_id=talk.person.id, side=side, limit=LATEST
    )
    hand = await _hand(talk, ticket)
    return screens.ask(kind, order, ticket, hand, said, latest, talk.words, side, now=talk.now)


async def said(talk: Talk) -> Screen | None:
    """One message to the staff; the photos of an album get one answer."""
    incoming = talk.incoming
    sent = [a for a in incoming.attachments if a.kind in FILES]
    text = incoming.text.strip()
    if incoming.location:
        lat, lon = incoming.location
        text = text or f"📍 {await talk.core.places.name(lat=lat, lon=lon)} {lat:.5f}, {lon:.5f}"
    if not sent and not text:
        return screens.empty(talk.words)
    order = None if sent else await _named(talk, text)
    if order and not talk.memory.get("ticket") and not talk.memory.get("order"):
        return await _ask(talk, order, None, TicketKind(talk.memory["kind"]))
    try:
        files = [(await talk.store(one)).file_id for one in sent]
    except Invalid as error:
        again = screens.empty(talk.words)
        return replace(again, text=talk.words("{text}", text=sentence(error, talk.words)))
    together = same_album(talk)
    return await together(await say(talk, text, files, named=order))


async def _named(talk: Talk, text: str) -> Order | None:
    """The own order whose bare number is typed: before a word was said, all is about it; later it can be opened."""
    if "kind" not in talk.memory or not order_digits(text):
        return None
    order = await talk.core.orders.by_number(text=text)
    try:
        return await _order(talk, order.id) if order else None
    except Unknown:
        return None


async def say(talk: Talk, text: str, files: list[int], *, named: Order | None = None) -> Screen:
    """What is typed next goes to the same ticket."""
    ticket = await _say(talk, text, files)
    order = talk.memory.get("order", 0)
    talk.expect(
        "ticket", ticket=ticket.id, order=order, kind=ticket.kind.value, album=talk.incoming.album
    )
    before = await talk.core.support.before(ticket=ticket)
    hand = await _hand(talk, ticket)
    return screens.sent(ticket, hand, before, talk.core.rules, talk.now, talk.words, named=named)


async def _say(talk: Talk, text: str, files: list[int]) -> Ticket:
    """Into the ticket the talk is about, even if it was closed meanwhile, or a new one where there is none."""
    told: dict[str, Any] = {"person_id": talk.person.id, "author": talk.person.name, "text": text,
            "files": files, "key": talk.incoming.key, "now": talk.now, "bot": talk.incoming.bot}  # fmt: skip
    known = int(talk.memory.get("ticket", 0))
    if known:
        try:
            return await talk.core.support.say(ticket_id=known, **told)
        except (Unknown, NotAllowedNow):
            pass
    order_id = int(talk.memory.get("order", 0)) or None
    kind = TicketKind(talk.memory.get("kind") or TicketKind.QUESTION)
    return await talk.core.support.open(order_id=order_id, kind=kind, **told)


async def _mine(talk: Talk, ticket_id: int) -> Ticket:
    return await talk.core.support.for_person(
        ticket_id=ticket_id, person_id=talk.person.id, bot=talk.incoming.bot
    )


async def solved(talk: Talk, ticket_id: int) -> Screen:
    await _mine(talk, ticket_id)
    ticket = await talk.core.support.close(
        ticket_id=ticket_id, by_staff=False, now=talk.now, outcome="solved"
    )
    talk.rest()
    return replace(screens.solved(ticket, talk.words), below=talk.on_card)


async def answer_to(talk: Talk, ticket_id: int) -> Screen:
    """Typing on goes to that ticket; a message of the staff that was tapped stays as it is."""
    ticket = await _mine(talk, ticket_id)
    order = await talk.core.support.order_of(ticket=ticket)
    return replace(await _ask(talk, order, ticket), below=talk.on_card)


async def replied(talk: Talk, said_id: int) -> Screen | None:
    """Telegram's own reply to an answer of the staff."""
    answered = await talk.core.support.one_said(said_id=said_id)
    await answer_to(talk, answered.ticket_id)
    return await said(talk)
