"""What the staff chat is told about its own members."""

from datetime import datetime
from typing import Any

from bot.admin.staff import screens
from bot.i18n import Words
from bot.screen import Screen
from core.services import Core


async def left(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """Pointless for somebody who has lost their rights meanwhile."""
    member = await core.staff.member(telegram_id=due.subject)
    return screens.still_in(words, member) if member else None


LETTERS = {"staff_left": left}
