"""Staff ask for a backup or a trial restore, and see how far it is."""

from bot.admin.backups import screens
from bot.admin.parts import acting, me
from bot.conversation import Talk
from bot.screen import Screen
from core.backups.model import Work
from core.errors import Unknown


async def overview(talk: Talk) -> Screen:
    found = await talk.core.backups.overview()
    return screens.overview(talk.words, found, now=talk.now)


def _work(code: str) -> Work:
    if code not in set(Work):
        raise Unknown("backup")
    return Work(code)


async def ask(talk: Talk, code: str) -> Screen:
    work = _work(code)
    last = (await talk.core.backups.overview()).last(work)
    return screens.ask(talk.words, work, last)


async def begin(talk: Talk, code: str) -> Screen:
    work, member = _work(code), await me(talk)
    async with acting(talk, "backups", reason=screens.ASKED[work]):
        run = await talk.core.backups.ask(work=work, by=member.telegram_id, now=talk.now)
    return await show(talk, run.id)


async def show(talk: Talk, run_id: int) -> Screen:
    run = await talk.core.backups.look(run_id=run_id)
    return screens.card(talk.words, run, await talk.core.staff.members(), now=talk.now)
