"""What the topic of support is told: one card per reported review."""

from datetime import datetime
from typing import Any

from bot.admin.reviews import screens
from bot.i18n import Words
from bot.screen import Screen
from core.errors import Unknown
from core.services import Core


async def report(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Nothing of an order whose review nobody reported."""
    try:
        case = await core.reporting.case(order_id=due.subject)
    except Unknown:
        return None
    return screens.card(words, case, await core.staff.members())


LETTERS = {"review_report": report}
