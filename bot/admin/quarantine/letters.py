"""The one card that tells the staff how to end a standstill, and that it has ended."""

from datetime import datetime
from typing import Any

from bot.admin.quarantine import screens
from bot.i18n import Words
from bot.screen import Screen
from core.errors import Unknown
from core.services import Core


async def quarantine(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    try:
        return screens.card(words, await core.quarantine.look())
    except Unknown:
        return screens.over(words, due.subject)


LETTERS = {"quarantine": quarantine}
