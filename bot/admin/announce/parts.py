"""The parts of an announcement: texts, photo, button."""

import re

from markupsafe import Markup

from bot.admin.announce import draft
from bot.admin.announce import draft_screens as screens
from bot.conversation import Talk
from bot.i18n import languages
from bot.screen import Screen
from core.announcements.composing import BELOW_A_PHOTO, longest
from core.announcements.model import Announcement
from core.errors import Unknown
from core.people.choices import Kind

_ADDRESS = re.compile(r"(.*?)\s*(https://\S+)\s*", re.DOTALL)


def seen(markup: str) -> int:
    """How many characters of it are read."""
    return len(Markup(markup).striptags())


async def texts(talk: Talk, announcement_id: int) -> Screen:
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    talk.rest()
    return screens.texts(talk.words, one)


async def ask_text(talk: Talk, announcement_id: int, language: str) -> Screen:
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    if language not in languages():
        raise Unknown("language")
    talk.expect("announce.text", draft=one.id, language=language)
    return screens.ask_text(talk.words, one, language)


async def text_said(talk: Talk) -> Screen:
    """With the formatting it was given; a photo that comes along is its photo."""
    draft_id, language = int(talk.memory["draft"]), str(talk.memory["language"])
    one = await talk.core.composing.draft(announcement_id=draft_id)
    photo = await _photo(talk)
    length, most = seen(talk.incoming.marked), longest(photo=bool(photo or one.photo_id))
    if length > most or not talk.incoming.text.strip():
        return screens.ask_text(talk.words, one, language, too_long=length if length > most else 0)
    await talk.core.composing.word(
        announcement_id=draft_id, language=language, text=talk.incoming.marked, length=length
    )
    if photo:
        return await _keep_photo(talk, draft_id, photo)
    return await draft.show(talk, draft_id)


async def leave_out(talk: Talk, announcement_id: int, language: str) -> Screen:
    await talk.core.composing.word(
        announcement_id=announcement_id, language=language, text="", length=0
    )
    return await draft.show(talk, announcement_id)


async def ask_photo(talk: Talk, announcement_id: int) -> Screen:
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    talk.expect("announce.photo", draft=one.id)
    return screens.ask_photo(talk.words, one)


async def no_photo(talk: Talk, announcement_id: int) -> Screen:
    await talk.core.composing.picture(announcement_id=announcement_id, file_id=None, length=0)
    return await draft.show(talk, announcement_id)


async def photo_said(talk: Talk) -> Screen:
    draft_id = int(talk.memory["draft"])
    photo = await _photo(talk)
    if photo is None:
        one = await talk.core.composing.draft(announcement_id=draft_id)
        return screens.ask_photo(talk.words, one, none=True)
    return await _keep_photo(talk, draft_id, photo)


async def _photo(talk: Talk) -> int | None:
    sent = next((one for one in talk.incoming.attachments if one.kind == "photo"), None)
    return (await talk.store(sent)).file_id if sent else None


async def _keep_photo(talk: Talk, draft_id: int, photo: int) -> Screen:
    one = await talk.core.composing.draft(announcement_id=draft_id)
    length = _longest_of(one)
    if length > BELOW_A_PHOTO:
        return screens.ask_photo(talk.words, one, room=BELOW_A_PHOTO)
    await talk.core.composing.picture(announcement_id=draft_id, file_id=photo, length=length)
    return await draft.show(talk, draft_id)


def _longest_of(one: Announcement) -> int:
    return max(map(seen, one.texts.values()), default=0)


async def ask_button(talk: Talk, announcement_id: int) -> Screen:
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    talk.expect("announce.button", draft=one.id)
    return screens.ask_button(talk.words, one, await talk.core.deals.running(now=talk.now), [])


async def deal(talk: Talk, announcement_id: int, coupon_id: int) -> Screen:
    """The deal that its button opens; 0 is the list of all."""
    running = {one.id for one in await talk.core.deals.running(now=talk.now)}
    if coupon_id and coupon_id not in running:
        raise Unknown("coupon")
    await talk.core.composing.opens(
        announcement_id=announcement_id, coupon_id=coupon_id or None, kind=Kind.OFFERS
    )
    return await draft.show(talk, announcement_id)


async def service(talk: Talk, announcement_id: int, service_id: int) -> Screen:
    bookable = talk.core.catalog.bookable(service_id=service_id)
    await talk.core.composing.opens(announcement_id=announcement_id, service_id=bookable.id)
    return await draft.show(talk, announcement_id)


async def no_button(talk: Talk, announcement_id: int) -> Screen:
    await talk.core.composing.opens(announcement_id=announcement_id)
    return await draft.show(talk, announcement_id)


async def button_said(talk: Talk) -> Screen:
    """An address with a word in front of it, or the name of a service."""
    draft_id, text = int(talk.memory["draft"]), talk.incoming.text.strip()
    if address := _ADDRESS.fullmatch(text):
        await talk.core.composing.opens(
            announcement_id=draft_id, url=address[2], label=" ".join(address[1].split())
        )
        return await draft.show(talk, draft_id)
    one = await talk.core.composing.draft(announcement_id=draft_id)
    found = await talk.core.finder.services(text=text, now=talk.now)
    return screens.ask_button(
        talk.words, one, await talk.core.deals.running(now=talk.now), found, again=not found
    )
