"""Answering: each message is kept at once and read by the staff; more may follow."""

from bot.album import same_album
from bot.conversation import Attachment, Talk
from bot.errors import sentence
from bot.provider.home.handlers import home_page
from bot.provider.inquiry import screens
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import Invalid, NotAllowedNow

FILES = ("photo", "video", "document", "voice")


async def answer(talk: Talk, inquiry_id: int) -> Screen:
    """The question once more, and what was said so far; one that is over leads home."""
    asked = await talk.core.inquiries.own(inquiry_id=inquiry_id, person_id=talk.person.id)
    if not asked.open:
        return saying(await home_page(talk), screens.over(talk.words))
    talk.expect("inquiry", inquiry=inquiry_id, album=talk.memory.get("album", ""))
    return screens.answering(talk.words, asked.inquiry)


async def replied(talk: Talk, inquiry_id: int) -> Screen | None:
    talk.expect("inquiry", inquiry=inquiry_id, album=talk.memory.get("album", ""))
    return await said(talk)


async def said(talk: Talk) -> Screen | None:
    """The pictures of an album get one answer."""
    inquiry_id = int(talk.memory.get("inquiry", 0))
    sent = [one for one in talk.incoming.attachments if one.kind in FILES]
    if not sent and not talk.incoming.text.strip():
        return saying(await answer(talk, inquiry_id), screens.unreadable(talk.words))
    together = same_album(talk)
    return await together(await _added(talk, inquiry_id, sent))


async def _added(talk: Talk, inquiry_id: int, sent: list[Attachment]) -> Screen:
    try:
        files = [(await talk.store(one)).file_id for one in sent]
        await talk.core.inquiries.answer(
            inquiry_id=inquiry_id, person_id=talk.person.id, text=talk.incoming.text, files=files,
            key=talk.incoming.key, now=talk.now,
        )  # fmt: skip
    except Invalid as error:
        return saying(await answer(talk, inquiry_id), sentence(error, talk.words))
    except NotAllowedNow:
        return await answer(talk, inquiry_id)
    talk.memory["album"] = talk.incoming.album
    return saying(await answer(talk, inquiry_id), screens.thanks(talk.words))
