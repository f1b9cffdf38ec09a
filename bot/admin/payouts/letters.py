"""What the topic of finance is told: one card per withdrawal."""

from datetime import datetime
from typing import Any

from bot.admin.payouts import screens
from bot.i18n import Words
from bot.screen import Screen
from core.services import Core


async def payout(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    one = await core.deciding.look(payout_id=due.subject)
    return screens.card(words, one, await core.staff.members())


LETTERS = {"payout": payout}
