"""Kind, text in each language, the deal an offer opens, preview, send, watch, stop."""

from typing import Any

from bot.admin.announce import screens
from bot.admin.parts import logged, me
from bot.conversation import Talk
from bot.i18n import languages
from bot.screen import Screen
from core.announcements.service import LONGEST
from core.people.choices import Kind


async def begin(talk: Talk) -> Screen:
    talk.rest()
    return screens.kinds(talk.words)


async def kind(talk: Talk, code: str) -> Screen:
    if code not in (Kind.NEWS, Kind.OFFERS):
        return await begin(talk)
    return await _next(talk, code, {})


async def _next(talk: Talk, code: str, texts: dict[str, str], coupon: int | None = None) -> Screen:
    """What is asked next, or how it will look. "" is a language that is left out, 0 no deal of its own."""
    mine_first = sorted(languages(), key=lambda one: one != talk.words.language)
    left = [one for one in mine_first if one not in texts]
    talk.expect("announce", kind=code, texts=texts, coupon=coupon)
    if left:
        return screens.ask(talk.words, left[0])
    told = {language: text for language, text in texts.items() if text}
    if not told:
        return await begin(talk)
    running = await talk.core.deals.running(now=talk.now) if code == Kind.OFFERS else []
    if running and coupon is None:
        return screens.which_deal(talk.words, running)
    shown = next((one for one in running if one.id == coupon), None)
    count = await talk.core.announcements.audience(kind=Kind(code))
    return screens.preview(talk.words, Kind(code), told, shown, count)


def _given(talk: Talk) -> tuple[str, dict[str, str]]:
    memory: dict[str, Any] = talk.memory if talk.step == "announce" else {}
    return str(memory.get("kind", "")), dict(memory.get("texts") or {})


async def said(talk: Talk) -> Screen:
    code, texts = _given(talk)
    mine_first = sorted(languages(), key=lambda one: one != talk.words.language)
    left = [one for one in mine_first if one not in texts]
    text = talk.incoming.text.strip()
    if not left or not text or len(text) > LONGEST:
        return (
            screens.ask(talk.words, left[0], most=LONGEST)
            if left
            else await _next(talk, code, texts)
        )
    return await _next(talk, code, texts | {left[0]: text})


async def skip(talk: Talk, language: str) -> Screen:
    code, texts = _given(talk)
    return await (_next(talk, code, texts | {language: ""}) if code else begin(talk))


async def deal(talk: Talk, coupon_id: int) -> Screen:
    """The deal that its button opens; 0 is the list of all."""
    code, texts = _given(talk)
    return await (_next(talk, code, texts, coupon_id) if code else begin(talk))


async def send(talk: Talk) -> Screen:
    """Once: what was sent is no longer in the memory."""
    code, texts = _given(talk)
    if not code:
        return await begin(talk)
    member, coupon = await me(talk), talk.memory.get("coupon") or None
    one = await talk.core.announcements.announce(
        kind=Kind(code), texts=texts, coupon_id=coupon, by=member.id, now=talk.now
    )
    talk.rest()
    await logged(talk, "announce", subject=code)
    return await progress(talk, one.id)


async def progress(talk: Talk, announcement_id: int) -> Screen:
    one = await talk.core.announcements.get(announcement_id=announcement_id)
    count = await talk.core.announcements.audience(kind=one.kind)
    return screens.progress(talk.words, one, max(count, one.sent))


async def stop(talk: Talk, announcement_id: int) -> Screen:
    await talk.core.announcements.stop(announcement_id=announcement_id)
    await logged(talk, "announce", subject="stop")
    return await progress(talk, announcement_id)
