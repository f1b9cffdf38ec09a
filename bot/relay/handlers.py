"""Taps, words and files of a talk. What is sent gets a sign and stays below one live message that is edited."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation import Attachment, Talk
from bot.errors import sentence
from bot.relay import screens
from bot.relay.sides import SENT, SIDES, Side
from bot.screen import Screen
from core.errors import Invalid, OtherHands, TalkOver, Unknown
from core.orders.lifecycle import Actor
from core.relay.model import Relayed, Sort
from core.relay.service import LONGEST, Content, Line

# What was typed so long after the last word may be meant for somebody else.
SILENCE = timedelta(hours=2)
SORTS = {"photo": Sort.PHOTO, "voice": Sort.VOICE, "video": Sort.VIDEO}
CROSSES = frozenset({"text", "photo", "voice", "video", "location"})


def _side(talk: Talk) -> Side:
    return SIDES[talk.incoming.bot]


async def _line(talk: Talk, order_id: int) -> Line:
    return await talk.core.relay.line(
        order_id=order_id, person_id=talk.person.id, actor=_side(talk).actor, now=talk.now
    )


def _listen(talk: Talk, line: Line, *, live: int | None = None, **memory: str) -> None:
    talk.expect(
        "relay", order=line.order.id, provider=line.order.provider_id, last=talk.now.isoformat(),
        **memory,
    )  # fmt: skip
    if live is not None:
        talk.memory = talk.memory | {"live": live}


async def _talking(talk: Talk, line: Line) -> Screen:
    said = await talk.core.relay.said(order=line.order, limit=screens.LAST)
    masking = talk.core.rules.on("relay_masking")
    return screens.talking(line, said, talk.words, masking=masking)


async def open_(talk: Talk, order_id: int) -> Screen:
    """Below the card or the message that was tapped: both stay as they are. Raises TalkOver."""
    line = await _line(talk, order_id)
    screen = await _talking(talk, line)
    _listen(talk, line)
    return replace(screen, below=True)


async def replied(talk: Talk, relayed_id: int) -> Screen | None:
    """Telegram's own reply to a message of the talk: goes to that talk, whatever else was being asked."""
    one = await talk.core.relay.one(relayed_id=relayed_id)
    order_id, provider = (one.order_id, one.provider_id) if one else (0, 0)
    return await _pass_on(talk, order_id, provider, goes_on=not talk.step)


async def said(talk: Talk) -> Screen | None:
    """Something to pass on; words after a long silence are asked about first."""
    order_id, provider = (int(talk.memory.get(name, 0)) for name in ("order", "provider"))
    if talk.incoming.kind == "text" and _long_ago(talk):
        line = await _line(talk, order_id)
        text = talk.incoming.text[:LONGEST]
        _listen(talk, line, asked=text)
        return screens.still(line, text, talk.words, _side(talk))
    return await _pass_on(talk, order_id, provider, goes_on=True)


def _long_ago(talk: Talk) -> bool:
    return talk.now - datetime.fromisoformat(str(talk.memory["last"])) > SILENCE


async def send_kept(talk: Talk, order_id: int) -> Screen:
    """What was asked about goes out after all."""
    text = str(talk.memory.get("asked") or "")
    line = await _line(talk, order_id)
    if text and talk.memory.get("order") == order_id:
        if talk.memory.get("provider") != line.order.provider_id:
            return await _other_hands(talk, order_id, goes_on=True)
        content = Content(key=talk.incoming.key, text=text)
        await talk.core.relay.say(line=line, content=content, now=talk.now)
    _listen(talk, line)
    return await _talking(talk, line)


async def _pass_on(talk: Talk, order_id: int, provider_id: int, *, goes_on: bool) -> Screen | None:
    """With `goes_on` the talk is what is typed for from now on; else the question that was open stays open.

    It is meant for this provider: whoever has the order now may be somebody else.
    """
    try:
        line = await _line(talk, order_id)
    except TalkOver:
        if talk.step == "relay":
            talk.rest()
        raise
    if talk.incoming.edited:  # a live location moves; it was passed on as it was
        return None
    if (no := _no_way(talk, line)) is not None:
        return no
    try:
        if line.order.provider_id != provider_id:
            raise OtherHands()
        relayed = await _say(talk, line)
    except OtherHands:
        return await _other_hands(talk, order_id, goes_on=goes_on)
    except Invalid as error:
        return screens.refused(line, sentence(error, talk.words), talk.words)
    return await _told(talk, line, relayed, goes_on=goes_on)


async def _other_hands(talk: Talk, order_id: int, *, goes_on: bool) -> Screen:
    """Nothing went out; what is typed from now on is for whoever comes now."""
    line = await _line(talk, order_id)
    if goes_on:
        _listen(talk, line)
    return screens.other_hands(line, talk.words)


def _no_way(talk: Talk, line: Line) -> Screen | None:
    if talk.incoming.kind == "contact":
        return screens.no_contact(line, talk.words)
    if talk.incoming.kind not in CROSSES:
        return screens.cannot_cross(line, talk.words)
    return None


async def _say(talk: Talk, line: Line) -> Relayed | None:
    incoming = talk.incoming
    sort, file_id = Sort.PLACE if incoming.location else Sort.TEXT, None
    if incoming.attachments:
        sort = SORTS[incoming.kind]
        file_id = await _kept(talk, incoming.attachments[0], sort)
    content = Content(
        key=incoming.key, message_id=incoming.message_id, sort=sort, text=incoming.text,
        file_id=file_id, point=incoming.location, album=incoming.album,
    )  # fmt: skip
    return await talk.core.relay.say(line=line, content=content, now=talk.now)


async def _kept(talk: Talk, attachment: Attachment, sort: Sort) -> int:
    """A copy of our own under a name of our own."""
    return (await talk.store(replace(attachment, name=sort.value))).file_id


async def _told(talk: Talk, line: Line, relayed: Relayed | None, *, goes_on: bool) -> Screen | None:
    """A sign under the message, and the live message brought up to date; what was hidden is said in words."""
    await talk.messenger.react(talk.incoming.chat_id, talk.incoming.message_id, SENT)
    live = talk.memory.get("live") if talk.step == "relay" else None
    if goes_on:
        _listen(talk, line)
    if relayed is not None and relayed.hidden:
        return screens.hidden(line, relayed, talk.words)
    if not goes_on:
        return None
    screen = await _talking(talk, line)
    if live is None:
        return screen
    shown = await talk.messenger.edit(talk.incoming.chat_id, live, screen)
    talk.memory = talk.memory | {"live": shown}
    return None


async def corrected(talk: Talk) -> bool:
    """An edit of a message that was passed on is seen where it went. Raises TalkOver, OtherHands."""
    side = _side(talk)
    known = await talk.core.relay.by_message(
        author_id=talk.person.id, from_customer=side.actor is Actor.CUSTOMER,
        message_id=talk.incoming.message_id,
    )  # fmt: skip
    if known is None:
        return False
    line = await _line(talk, known.order_id)
    await talk.core.relay.correct(line=line, relayed=known, text=talk.incoming.text)
    return True


async def signed(talk: Talk, relayed_id: int) -> None:
    """A sign crosses without a word; where it can't any more, it stays with whoever put it there."""
    with suppress(Unknown, TalkOver, OtherHands):
        await talk.core.relay.react(
            relayed_id=relayed_id, person_id=talk.person.id, actor=_side(talk).actor,
            sign=talk.incoming.text, now=talk.now,
        )  # fmt: skip
