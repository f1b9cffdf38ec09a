"""Writing an appeal and sending it."""

from bot.album import same_album
from bot.conversation import Attachment, Talk
from bot.errors import sentence
from bot.provider.appeal import screens
from bot.provider.home.handlers import home_page
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import Invalid, NotAllowedNow

FILES = ("photo", "video", "document", "voice")


async def appeal(talk: Talk) -> Screen:
    """What is written so far; where nothing is frozen, or nothing may be added, home says how it stands."""
    provider = await talk.core.applications.provider_of(person_id=talk.person.id)
    try:
        paused = await talk.core.appeals.paused(person_id=talk.person.id) if provider else None
    except NotAllowedNow:
        paused = None
    if paused is None:
        return saying(await home_page(talk), screens.not_paused(talk.words))
    if not paused.may_write(now=talk.now):
        return await home_page(talk)
    talk.expect("appeal", album=talk.memory.get("album", ""))
    return screens.writing(talk.words, paused)


async def said(talk: Talk) -> Screen | None:
    """One message more; the pictures of an album get one answer."""
    sent = [one for one in talk.incoming.attachments if one.kind in FILES]
    if not sent and not talk.incoming.text.strip():
        return saying(await appeal(talk), screens.unreadable(talk.words))
    together = same_album(talk)
    return await together(await _added(talk, sent))


async def _added(talk: Talk, sent: list[Attachment]) -> Screen:
    try:
        files = [(await talk.store(one)).file_id for one in sent]
        await talk.core.appeals.write(
            person_id=talk.person.id, text=talk.incoming.text, files=files, key=talk.incoming.key,
            now=talk.now,
        )  # fmt: skip
    except Invalid as error:
        return saying(await appeal(talk), sentence(error, talk.words))
    except NotAllowedNow:
        return await appeal(talk)
    talk.memory["album"] = talk.incoming.album
    return await appeal(talk)


async def start_over(talk: Talk) -> Screen:
    try:
        await talk.core.appeals.start_over(person_id=talk.person.id, now=talk.now)
    except NotAllowedNow:
        return await appeal(talk)
    return await appeal(talk)


async def send(talk: Talk) -> Screen:
    try:
        await talk.core.appeals.send(person_id=talk.person.id, now=talk.now)
    except Invalid:
        return saying(await appeal(talk), screens.no_words(talk.words))
    except NotAllowedNow:
        return await appeal(talk)
    talk.toast(talk.words.plain("Sent. It is looked at again."))
    return await home_page(talk)
