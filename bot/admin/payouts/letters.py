"""What the topic of finance is told: one card per withdrawal."""

from datetime import datetime
from typing import Any

from bot.admin.payouts import deciding
from bot.i18n import Words
from bot.screen import Screen
from core.payouts.deciding import WAITING
from core.services import Core
from core.taking.model import Matter


async def payout(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    one = await core.deciding.look(payout_id=due.subject)
    taking = await core.takings.of(matter=Matter.PAYOUT, subject=due.subject)
    return deciding.card(words, one, await core.staff.members(), taking)


async def waits(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """The card once more, below what was said since; pointless once it is over."""
    one = await core.deciding.look(payout_id=due.subject)
    if one.payout.state not in WAITING:
        return None
    taking = await core.takings.of(matter=Matter.PAYOUT, subject=due.subject)
    return deciding.waits(words, one, await core.staff.members(), taking)


LETTERS = {"payout": payout, "payout_waits": waits}
