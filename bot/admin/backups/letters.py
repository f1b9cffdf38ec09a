"""What the staff chat is told of backups: how far one is that was asked for, and whatever went wrong."""

from datetime import datetime
from typing import Any

from bot.admin.backups import screens
from bot.i18n import Words
from bot.screen import Screen
from core.services import Core


async def run(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    one = await core.backups.look(run_id=due.subject)
    return screens.card(words, one, await core.staff.members(), now=now)


async def failed(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    one = await core.backups.look(run_id=due.subject)
    return screens.failed(words, one, now=now)


LETTERS = {"backup_run": run, "backup_failed": failed}
