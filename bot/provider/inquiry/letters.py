"""The question stands in the chat until it is answered, or the application decided."""

from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.provider.inquiry import screens
from bot.screen import Screen
from bot.standing import Table, standing
from core.services import Core


async def inquiry(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    asked = await core.inquiries.own(inquiry_id=letter.subject, person_id=letter.person_id or 0)
    if asked.inquiry.answered_at or not asked.open:
        return None
    return screens.question(words, asked.inquiry)


async def _remains(core: Core, letter: Posted, words: Words, now: datetime) -> Markup:
    asked = await core.inquiries.own(inquiry_id=letter.subject, person_id=letter.person_id or 0)
    if asked.inquiry.answered_at:
        return screens.answered(words, asked.inquiry)
    return screens.over(words)


STANDS: Table = {"inquiry": (inquiry, _remains)}
LETTERS: dict[str, Renderer] = standing(STANDS)
