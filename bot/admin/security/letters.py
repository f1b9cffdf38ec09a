"""The quiet line of the day, while there is something to see to."""

from datetime import datetime
from typing import Any

from bot.admin.security import screens
from bot.i18n import Words
from bot.screen import Screen
from core.services import Core


async def line(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Pointless once it is put right."""
    wrong = (await core.checking.check(now=now)).wrong
    return screens.line(words, wrong) if wrong else None


LETTERS = {"security": line}
