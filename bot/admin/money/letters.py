"""The morning's word to finance: all match, or what differs, with all that is open; and who gives no statements."""

from datetime import date, datetime
from typing import Any

from bot.admin.money import screens
from bot.i18n import Words
from bot.screen import Screen
from core.services import Core


async def money(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    days, waiting = await core.reconciling.days(), await core.reconciling.waiting()
    shown = screens.money(words, days, waiting, 0, decides=True, by_file=False)
    return screens.morning(words, shown, now)


async def silent(_core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    return screens.silent(words, due.facts["method"], date.fromisoformat(due.facts["day"]))


async def back(_core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    return screens.heard_again(words, due.facts["method"])


LETTERS = {"money": money, "money_silent": silent, "money_back": back}
