"""Somebody else's matter on which the staff want to hear this side, too: the question, and answering it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.album import same_album
from bot.conversation import Talk
from bot.errors import sentence
from bot.i18n import Words
from bot.letters import Posted
from bot.screen import Button, Card, Screen, press
from bot.sides import order_press
from bot.support.parts import home_row, lines
from core.errors import Invalid, NotAllowedNow, Unknown
from core.ids import spell_order_number
from core.orders.model import Order
from core.services import Core
from core.support.model import Heard

FILES = ("photo", "video", "document", "voice")
STEP = "heard"


async def letter(core: Core, due: Posted, words: Words, now: datetime) -> Screen | None:
    """The question; none once nobody wants to know any more."""
    try:
        asked = await core.hearing.one(heard_id=int(due.facts.get("heard", 0)))
        order = await _order(core, asked)
    except Unknown:
        return None
    return question(words, asked, order) if await core.hearing.open(heard=asked) else None


async def turned(core: Core, due: Posted, words: Words, now: datetime) -> Screen | None:
    """The question where it stands, as it is now: over with its ticket, or open again."""
    try:
        asked = await core.hearing.one(heard_id=due.subject)
        order = await _order(core, asked)
    except Unknown:
        return None
    screen = question(words, asked, order)
    if not await core.hearing.open(heard=asked):
        screen = over(words, asked, order, answered=await core.hearing.answered(heard=asked))
    there = Card("heard", asked.id, when_missing="skip")
    return replace(screen, card=there, quiet=True)


async def _order(core: Core, asked: Heard) -> Order | None:
    ticket = await core.support.ticket(ticket_id=asked.ticket_id)
    return await core.support.order_of(ticket=ticket)


def _head(words: Words, asked: Heard, order: Order | None) -> Markup:
    name = (asked.author.split() or [words.plain("Support")])[0]
    number = Markup("<code>{}</code>").format(spell_order_number(order.number)) if order else ""
    return words("❓ <b>{name}, support</b>, asks about order {number}", name=name, number=number)


def question(words: Words, asked: Heard, order: Order | None) -> Screen:
    text = lines(
        _head(words, asked, order), Markup("<blockquote>{}</blockquote>").format(asked.text),
        words("Your answer is read by our staff only."),
    )  # fmt: skip
    answer = Button(words.plain("↩️ Answer"), press("hanswer", asked.id), style="primary")
    return Screen(text, [[answer, *_see(words, asked, order)]], card=Card("heard", asked.id))


def over(words: Words, asked: Heard, order: Order | None, *, answered: bool) -> Screen:
    """How the question ended; nothing is to be said to it any more."""
    text = lines(
        _head(words, asked, order), Markup("<blockquote>{}</blockquote>").format(asked.text),
        words("✅ Thank you for your answer. The matter is closed.") if answered
        else words("This question needs no answer any more."),
    )  # fmt: skip
    see = _see(words, asked, order)
    return Screen(text, [see] if see else [])


def _see(words: Words, asked: Heard, order: Order | None) -> list[Button]:
    if order is None:
        return []
    return [Button(words.plain("📋 See order"), order_press(asked.bot, order.id))]


def answering(words: Words, asked: Heard, order: Order | None, *, news: Markup | None) -> Screen:
    text = lines(
        news, _head(words, asked, order), Markup("<blockquote>{}</blockquote>").format(asked.text),
        words("Type it; photos and voice messages are welcome."),
    )  # fmt: skip
    return Screen(text, [home_row(words, asked.bot)])


async def answer(talk: Talk, heard_id: int) -> Screen:
    return await _answering(talk, heard_id, below=talk.on_card)


async def _answering(
    talk: Talk, heard_id: int, *, news: Markup | None = None, below: bool = False
) -> Screen:
    asked = await talk.core.hearing.own(
        heard_id=heard_id, person_id=talk.person.id, bot=talk.incoming.bot
    )
    if not await talk.core.hearing.open(heard=asked):
        talk.rest()
        over = talk.words("This question needs no answer any more.")
        return Screen(over, [home_row(talk.words, asked.bot)], below=below)
    talk.expect(STEP, heard=heard_id, album=talk.memory.get("album", ""))
    shown = answering(talk.words, asked, await _order(talk.core, asked), news=news)
    return Screen(shown.text, shown.rows, below=below)


async def replied(talk: Talk, heard_id: int) -> Screen | None:
    """Telegram's own reply to the question."""
    talk.expect(STEP, heard=heard_id, album=talk.memory.get("album", ""))
    return await said(talk)


async def said(talk: Talk) -> Screen | None:
    """Kept at once; the pictures of an album get one answer, and more may follow."""
    heard_id, incoming = int(talk.memory.get("heard", 0)), talk.incoming
    sent = [one for one in incoming.attachments if one.kind in FILES]
    together = same_album(talk)
    told: dict[str, Any] = {"author": talk.person.name, "bot": incoming.bot, "key": incoming.key,
            "now": talk.now}  # fmt: skip
    try:
        files = [(await talk.store(one)).file_id for one in sent]
        await talk.core.hearing.answer(
            heard_id=heard_id, person_id=talk.person.id, text=incoming.text, files=files, **told
        )
    except Invalid as error:
        news = talk.words("⚠️ {said}", said=sentence(error, talk.words))
        return await _answering(talk, heard_id, news=news)
    except NotAllowedNow:
        return await _answering(talk, heard_id)
    talk.memory["album"] = incoming.album
    thanks = talk.words("✅ Thank you! Our staff have it.")
    return await together(await _answering(talk, heard_id, news=thanks))
