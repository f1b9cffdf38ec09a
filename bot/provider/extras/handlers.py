"""Writing a proposal: each tap and each typed line changes the draft, and the one screen shows all of it."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from bot.album import same_album
from bot.conversation import Talk
from bot.errors import sentence
from bot.provider.extras import screens, typed
from bot.provider.extras.waiting import waiting
from bot.provider.jobs.handlers import look_up
from bot.provider.jobs.present import present
from bot.provider.jobs.work import up_to_date
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import AlreadyDone, Invalid
from core.extras.desk import Desk
from core.extras.model import ExtraState
from core.ids import read_order_number
from core.pricing import Line

Edit = Callable[..., Awaitable[Screen | None]]


def editing(handler: Edit) -> Edit:
    """What the rules refuse is said on the proposal itself; what can't be any more, on the job."""

    @wraps(handler)
    async def run(talk: Talk, order_id: int, *ids: Any) -> Screen | None:
        try:
            return await handler(talk, order_id, *ids)
        except Invalid as error:
            if error.reason == "too_many" and error.name == "extra":
                raise
            talk.toast(sentence(error, talk.words), alert=True)
            return await shown(talk, order_id)

    return up_to_date(run)


async def desk(talk: Talk, order_id: int) -> Desk:
    return await talk.core.drafts.open(order_id=order_id, person_id=talk.person.id, now=talk.now)


async def shown(talk: Talk, order_id: int, album: str = "") -> Screen:
    """The proposal as it is: still being written, or waiting for the customer."""
    return _of(talk, await desk(talk, order_id), album)


def _of(talk: Talk, one: Desk, album: str = "") -> Screen:
    if one.extra.state is ExtraState.OPEN:
        talk.rest()
        return waiting(one.extra, one.order, talk.words)
    talk.expect("extra", order_id=one.order.id, album=album)
    return screens.draft(one, talk.words)


def _me(talk: Talk, order_id: int) -> dict[str, Any]:
    return {"order_id": order_id, "person_id": talk.person.id, "now": talk.now}


@editing
async def open_(talk: Talk, order_id: int) -> Screen:
    return await shown(talk, order_id)


@editing
async def choose(talk: Talk, order_id: int, page: int) -> Screen:
    one = await desk(talk, order_id)
    if one.extra.state is ExtraState.OPEN or not one.suggestions:
        return _of(talk, one)
    talk.expect("extra", order_id=order_id)
    return screens.suggestions(one, page, talk.words)


@editing
async def add(talk: Talk, order_id: int, code: str) -> Screen:
    """One of the ready lines, with the time it takes where there is so much."""
    found = [s for s in (await desk(talk, order_id)).suggestions if s.code == code]
    if not found:
        return await shown(talk, order_id)
    line, minutes = Line(found[0].names, 1, found[0].price), found[0].minutes
    one = await talk.core.drafts.add(lines=[line], minutes=minutes, **_me(talk, order_id))
    if minutes and "minutes" not in one.extra.lines[-1]:
        talk.toast(
            talk.words.plain("Added, but your next visit leaves no time for it."), alert=True
        )
    return _of(talk, one)


@editing
async def cut(talk: Talk, order_id: int) -> Screen:
    one = await desk(talk, order_id)
    if one.extra.state is ExtraState.OPEN or not one.extra.lines:
        return _of(talk, one)
    return screens.cut(one, talk.words)


@editing
async def remove(talk: Talk, order_id: int, place: int, version: int) -> Screen:
    one = await talk.core.drafts.remove(place=place, version=version, **_me(talk, order_id))
    return _of(talk, one)


@editing
async def ask_why(talk: Talk, order_id: int) -> Screen:
    one = await desk(talk, order_id)
    if one.extra.state is ExtraState.OPEN:
        return _of(talk, one)
    talk.expect("extra.why", order_id=order_id)
    return screens.ask_why(one, talk.words)


@editing
async def because(talk: Talk, order_id: int, number: int) -> Screen | None:
    """A ready reason: kept as it is called here, read by everybody in their own language."""
    _, reason = screens.REASONS[number % len(screens.REASONS)]
    return await _explain(talk, order_id, reason)


@editing
async def _explain(talk: Talk, order_id: int, text: str) -> Screen:
    return _of(talk, await talk.core.drafts.explain(reason=text, **_me(talk, order_id)))


async def why_said(talk: Talk) -> Screen | None:
    order_id = int(talk.memory.get("order_id", 0))
    if talk.incoming.attachments:
        return await _photos(talk, order_id)
    return await _explain(talk, order_id, talk.incoming.text)


@editing
async def ask_photos(talk: Talk, order_id: int) -> Screen:
    one = await desk(talk, order_id)
    if one.extra.state is ExtraState.OPEN:
        return _of(talk, one)
    talk.expect("extra", order_id=order_id)
    return screens.ask_photos(one, talk.words)


@editing
async def no_photos(talk: Talk, order_id: int) -> Screen | None:
    await talk.core.drafts.hide(**_me(talk, order_id))
    return await ask_photos(talk, order_id)


@editing
async def ask_longer(talk: Talk, order_id: int) -> Screen:
    one = await desk(talk, order_id)
    if one.extra.state is ExtraState.OPEN:
        return _of(talk, one)
    room = await talk.core.drafts.room(order=one.order, now=talk.now)
    return screens.ask_longer(one, room, talk.words)


@editing
async def longer(talk: Talk, order_id: int, minutes: int) -> Screen:
    return _of(talk, await talk.core.drafts.last(minutes=minutes, **_me(talk, order_id)))


@editing
async def send(talk: Talk, order_id: int, version: int) -> Screen:
    try:
        await talk.core.extras.send(version=version, **_me(talk, order_id))
    except AlreadyDone:
        return await shown(talk, order_id)
    talk.toast(talk.words.plain("Sent. You'll hear as soon as the customer answers."))
    return await shown(talk, order_id)


async def said(talk: Talk) -> Screen | None:
    """Lines and photos, whenever they come; the number of an order opens that one."""
    if read_order_number(talk.incoming.text):
        return await look_up(talk, talk.incoming.text)
    order_id = int(talk.memory.get("order_id", 0))
    if talk.incoming.attachments:
        return await _photos(talk, order_id)
    return await _lines(talk, order_id)


@editing
async def _lines(talk: Talk, order_id: int) -> Screen:
    """What is needed; a sentence without an amount is why, where that is still open."""
    one = await desk(talk, order_id)
    read = typed.lines(talk.incoming.text, one.order.currency)
    if not read and one.extra.lines and not one.extra.reason and typed.reason(talk.incoming.text):
        why = talk.incoming.text
        one = await talk.core.drafts.explain(reason=why, **_me(talk, order_id))
        return saying(_of(talk, one), screens.taken_as_reason(talk.words))
    if not read:
        return saying(_of(talk, one), screens.unread(talk.incoming, one, talk.words))
    return _of(talk, await talk.core.drafts.add(lines=read, **_me(talk, order_id)))


@editing
async def _photos(talk: Talk, order_id: int) -> Screen | None:
    """Photos of one album get one answer; words under a photo are the reason, where there is none yet."""
    together, refused = same_album(talk), ""
    one = await desk(talk, order_id)
    pictures = [a for a in talk.incoming.attachments if a.kind == "photo" or "image/" in a.mime]
    if one.extra.state is ExtraState.OPEN:
        return await present(talk, order_id)
    if not pictures:
        refused = talk.words.plain("Only photos work here.")
    try:
        for picture in pictures:
            file = await talk.store(picture)
            await talk.core.drafts.show(file_id=file.file_id, **_me(talk, order_id))
        if talk.incoming.text.strip() and not one.extra.reason:
            await talk.core.drafts.explain(reason=talk.incoming.text, **_me(talk, order_id))
    except Invalid as error:
        refused = sentence(error, talk.words)
    screen = await shown(talk, order_id, talk.incoming.album)
    return await together(saying(screen, refused) if refused else screen)
