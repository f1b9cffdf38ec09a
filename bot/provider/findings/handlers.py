"""Shows findings, and goes where one leads."""

from bot.conversation import Talk
from bot.provider.findings import screens
from bot.provider.findings.acts import ACTS
from bot.screen import Screen


async def findings(talk: Talk) -> Screen:
    talk.rest()
    found = await talk.core.findings.shown(person_id=talk.person.id, now=talk.now)
    return screens.findings(found, talk.words)


async def act(talk: Talk, finding_id: int) -> Screen:
    """It counts as acted upon, and the screen on which that is done comes at once."""
    finding = await talk.core.findings.take(person_id=talk.person.id, finding_id=finding_id)
    return await ACTS[finding.code].go(talk, finding)


async def dismiss(talk: Talk, finding_id: int) -> Screen:
    await talk.core.findings.dismiss(person_id=talk.person.id, finding_id=finding_id)
    talk.toast(talk.words.plain("Put away. It won't come again for a while."))
    return await findings(talk)
