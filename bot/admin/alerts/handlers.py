"""The list of what waits, by kind."""

from bot.admin.alerts import screens
from bot.admin.alerts.names import GROUPS
from bot.conversation import Talk
from bot.screen import Screen


async def alerts(talk: Talk) -> Screen:
    return await listed(talk, 0, 0)


async def listed(talk: Talk, group: int, page: int) -> Screen:
    """As it is in this moment, not as it was when the clock looked last."""
    talk.rest()
    await talk.core.watching.look(now=talk.now)
    group %= len(GROUPS)
    every = await talk.core.alerts.open(kinds=GROUPS[group][1])
    raised = await talk.core.alerts.whole(alerts=every)
    return screens.listed(talk.words, raised, group, page, now=talk.now)


async def kinds(talk: Talk) -> Screen:
    return screens.kinds(talk.words, await talk.core.alerts.counts())
