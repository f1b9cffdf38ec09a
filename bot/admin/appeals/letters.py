"""What the staff are told of an appeal: its files first, then the one card that goes along with the decision."""

from datetime import datetime
from typing import Any

from bot.admin.appeals import deciding, screens
from bot.admin.parts import files_of
from bot.i18n import Words
from bot.screen import Screen
from core.appeals.model import AppealState
from core.services import Core
from core.taking.model import Matter


async def appeal(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    case = await core.appeals.case(appeal_id=due.subject)
    numbers = await core.appeals.numbers_passed_on(freeze=case.freeze)
    taking = await core.takings.of(matter=Matter.APPEAL, subject=due.subject)
    return deciding.card(words, case, numbers, taking)


async def files(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    case = await core.appeals.case(appeal_id=due.subject)
    if case.appeal.state is not AppealState.OPEN or not case.appeal.files:
        return None
    return screens.files(words, case, await files_of(core, case.appeal.files))


LETTERS = {"appeal": appeal, "appeal_files": files}
