"""An announcement on its way to one customer."""

from datetime import datetime

from bot.customer.news.screens import announcement as shown
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Screen
from core.announcements.model import Spread
from core.services import Core


async def announcement(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Not if it was stopped before it left, nor to whom has no text in their language."""
    one = await core.announcements.get(announcement_id=letter.subject)
    if one.state is Spread.STOPPED or words.language not in one.texts:
        return None
    return shown(words, one)


LETTERS: dict[str, Renderer] = {"announcement": announcement}
