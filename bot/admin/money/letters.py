"""The morning's word to finance: all match, or what differs, with all that is still open."""

from datetime import datetime
from typing import Any

from bot.admin.money import screens
from bot.i18n import Words
from bot.screen import Screen
from core.services import Core


async def money(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    days, waiting = await core.reconciling.days(), await core.reconciling.waiting()
    shown = screens.money(words, days, waiting, 0, decides=True, by_file=False)
    return screens.morning(words, shown, now)


LETTERS = {"money": money}
