"""The week's findings as a letter; pointless once nothing of them is left."""

from datetime import datetime

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.provider.findings import screens
from bot.provider.letters import while_known
from bot.screen import Screen
from core.services import Core


async def findings(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    found = await core.findings.shown(person_id=letter.person_id or 0, now=now)
    return screens.findings(found, words) if found else None


LETTERS: dict[str, Renderer] = {"findings": while_known(findings)}
