"""What the topic of finance is told: one card per withdrawal."""

from datetime import datetime
from typing import Any

from bot.admin.payouts import screens
from bot.i18n import Words
from bot.screen import Screen
from core.payouts.deciding import WAITING
from core.services import Core


async def payout(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    one = await core.deciding.look(payout_id=due.subject)
    return screens.card(words, one, await core.staff.members())


async def waits(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """The card once more, below what was said since; pointless once it is over."""
    one = await core.deciding.look(payout_id=due.subject)
    if one.payout.state not in WAITING:
        return None
    return screens.waits(words, one, await core.staff.members())


LETTERS = {"payout": payout, "payout_waits": waits}
