"""The ways of an appeal: lifted, or kept; both with words the provider reads, by another than who froze."""

from collections.abc import Sequence
from dataclasses import replace

from bot.admin.appeals import screens
from bot.admin.deciding.flow import Deciding
from bot.admin.deciding.ways import Chosen, Usual, Way
from bot.admin.parts import me
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen, press
from core.appeals.looking import Case
from core.appeals.model import AppealState
from core.taking.model import Matter, Taking


async def _look(talk: Talk, appeal_id: int) -> Case:
    return await talk.core.appeals.case(appeal_id=appeal_id)


async def _check(talk: Talk, case: Case) -> None:
    """Refused kindly before anything is asked: whoever froze, and whoever comes too late."""
    await talk.core.appeals.check(appeal_id=case.appeal.id, member=await me(talk))


async def _card(talk: Talk, case: Case, taking: Taking | None) -> Screen:
    numbers = await talk.core.appeals.numbers_passed_on(freeze=case.freeze)
    screen = card(talk.words, case, numbers, taking)
    away = [Button(talk.words.plain("‹ Back"), press("zq", 0))]
    return screen if talk.on_card else replace(screen, rows=[*screen.rows, away])


def card(words: Words, case: Case, passed_on: Sequence[str], taking: Taking | None) -> Screen:
    """One card per appeal, edited as it goes along."""
    text = screens.whole(words, case, passed_on, taking)
    return Screen(text, _rows(words, case, taking), card=Card("appeal", case.appeal.id))


def _rows(words: Words, case: Case, taking: Taking | None) -> list[list[Button]]:
    appeal, rows = case.appeal, []
    if appeal.state is AppealState.OPEN:
        lift = APPEALS.begins("l", appeal.id, case), APPEALS.begins("k", appeal.id, case)
        rows = [
            [Button(words.plain("☀️ Lift"), lift[0], style="success"),
             Button(words.plain("🧊 Keep"), lift[1], style="danger")],
            APPEALS.hand(words, appeal.id, taking),
        ]  # fmt: skip
    more = [Button(words.plain("👤 Dossier"), press("zd", case.provider.id))]
    if appeal.files:
        more.insert(0, Button(words.plain("📎 Files"), press("zf", appeal.id)))
    return [*rows, more]


async def _lift(talk: Talk, case: Case, chosen: Chosen) -> None:
    await _decide(talk, case, chosen.reason, lift=True)


async def _keep(talk: Talk, case: Case, chosen: Chosen) -> None:
    await _decide(talk, case, chosen.reason, lift=False)


async def _decide(talk: Talk, case: Case, answer: str, *, lift: bool) -> None:
    """Of two who decide at once the first does; the other hears who it was."""
    await talk.core.appeals.decide(
        appeal_id=case.appeal.id, member=await me(talk), lift=lift, answer=answer, now=talk.now
    )


APPEALS: Deciding[Case] = Deciding(
    matter=Matter.APPEAL, prefix="za", action="appeals.decide", opens="zv",
    look=_look, card=_card, check=_check, ended=screens.ended,
    subject=lambda case: case.provider.name, reader=lambda case: case.person,
    whom=lambda case: case.person.id, grave=True,
    ways=(
        Way("l", _lift, "☀️", screens.ask_lift, mark("Yes, lift it"), why=Usual(screens.LIFTED)),
        Way("k", _keep, "🧊", screens.ask_keep, mark("Yes, keep it"), why=Usual(screens.KEPT)),
    ),
)  # fmt: skip
