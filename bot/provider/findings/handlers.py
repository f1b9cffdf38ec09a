"""Shows findings, and goes where one leads."""

from dataclasses import replace

from bot.conversation import Talk
from bot.provider.findings import screens
from bot.provider.findings.acts import ACTS
from bot.provider.parts import back
from bot.screen import Screen, press


async def findings(talk: Talk) -> Screen:
    talk.rest()
    found = await talk.core.findings.shown(person_id=talk.person.id, now=talk.now)
    return screens.findings(found, talk.words)


async def act(talk: Talk, finding_id: int) -> Screen:
    """It counts as acted upon, and the screen on which that is done comes at once; Back leads to the tips again."""
    finding = await talk.core.findings.take(person_id=talk.person.id, finding_id=finding_id)
    screen = await ACTS[finding.code].go(talk, finding)
    here = back(talk.words, press("tips"))
    rows = [[here if one.label == here.label else one for one in row] for row in screen.rows]
    return replace(screen, rows=rows)


async def dismiss(talk: Talk, finding_id: int) -> Screen:
    await talk.core.findings.dismiss(person_id=talk.person.id, finding_id=finding_id)
    talk.toast(talk.words.plain("Put away. It won't come again for a while."))
    return await findings(talk)
