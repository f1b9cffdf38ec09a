"""Whom an announcement is for: side, district, language, and whether they ordered lately."""

from bot.admin.announce import whom_screens as screens
from bot.conversation import Talk
from bot.i18n import languages
from bot.screen import Screen
from core.announcements.model import Announcement, Side
from core.errors import Unknown


async def show(talk: Talk, announcement_id: int) -> Screen:
    talk.rest()
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    heads = await talk.core.composing.heads(announcement_id=announcement_id, now=talk.now)
    return screens.whom(talk.words, one, heads, languages(), _number(talk, one))


def _number(talk: Talk, one: Announcement) -> int:
    """The place of its district among all, from 1 on; 0 is all of them."""
    known = talk.core.places.districts()
    return known.index(one.district) + 1 if one.district in known else 0


async def choose(
    talk: Talk, announcement_id: int, side: str, district: int, language: str, ordered: int
) -> Screen:
    """The button carries the whole of it, so a second tap changes nothing."""
    known = ["", *talk.core.places.districts()]
    possible = 0 <= district < len(known) and language in ("all", *languages())
    if side not in set(Side) or not possible or ordered not in screens.ORDERED:
        raise Unknown("audience")
    await talk.core.composing.aim(
        announcement_id=announcement_id, side=Side(side), district=known[district],
        language="" if language == "all" else language, ordered=ordered,
    )  # fmt: skip
    return await show(talk, announcement_id)


async def districts(talk: Talk, announcement_id: int, page: int) -> Screen:
    one = await talk.core.composing.draft(announcement_id=announcement_id)
    talk.expect("announce.district", draft=one.id)
    return screens.districts(talk.words, one, talk.core.places.districts(), page)


async def district_said(talk: Talk) -> Screen:
    draft_id = int(talk.memory["draft"])
    one = await talk.core.composing.draft(announcement_id=draft_id)
    named = talk.core.places.district(text=talk.incoming.text)
    if named is None:
        return screens.districts(talk.words, one, talk.core.places.districts(), 0, again=True)
    await talk.core.composing.aim(
        announcement_id=draft_id, side=one.side, district=named, language=one.language,
        ordered=one.ordered,
    )  # fmt: skip
    return await show(talk, draft_id)
