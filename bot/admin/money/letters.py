"""What finance hears: the morning's word with all that is open, who gives no statements, what went back astray."""

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


async def stray_ended(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    return screens.gone_home(words, await core.strays.look(stray_id=due.subject))


LETTERS = {
    "money": money, "money_silent": silent, "money_back": back, "stray_ended": stray_ended,
}  # fmt: skip
