"""That somebody was taken out or may work again, and that an appeal was turned down."""

from datetime import datetime

from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.provider.appeal import screens
from bot.provider.letters import said_before, while_known
from bot.provider.parts import home_row, lines, short
from bot.screen import Button, Screen, press
from bot.standing import Table, standing
from core.appeals.model import AppealState
from core.errors import NotAllowedNow
from core.people.model import ProviderState
from core.services import Core


async def frozen(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    provider = await core.freezing.provider(provider_id=letter.subject)
    if provider.state is not ProviderState.FROZEN:
        return None
    text = lines(
        words("🧊 <b>Your account is on hold</b>"),
        words("Our staff say: {reason}", reason=short(words.known(provider.reason), 300)),
        words(
            "Your open orders go to somebody else. Is it a mistake? Then appeal, and it is looked at again."
        ),
    )
    appeal = Button(words.plain("⚖️ Appeal"), press("appeal"), style="primary")
    return Screen(text, [[appeal], home_row(words)])


async def unfrozen(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """An appeal that was granted says so, with the words of the staff."""
    provider = await core.freezing.provider(provider_id=letter.subject)
    if provider.state is not ProviderState.APPROVED:
        return None
    answer = str(letter.facts.get("answer") or "")
    text = lines(
        words("☀️ <b>You can work again</b>"),
        words("Your appeal was right.") if letter.facts.get("appeal") else None,
        words("Our staff say: {reason}", reason=short(words.known(answer), 300))
        if answer
        else None,
        words("Customers find you now."),
    )
    return Screen(text, [home_row(words)])


async def appeal_kept(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    case = await core.appeals.case(appeal_id=letter.subject)
    if case.appeal.state is not AppealState.KEPT:
        return None
    try:
        paused = await core.appeals.paused(person_id=letter.person_id or 0)
    except NotAllowedNow:
        return None
    return screens.kept(words, words.known(case.appeal.answer), paused.again_at)


STANDS: Table = {"frozen": (frozen, said_before(mark("🧊 Your account was on hold")))}
LETTERS: dict[str, Renderer] = {
    "unfrozen": while_known(unfrozen),
    "appeal_kept": while_known(appeal_kept),
} | standing(STANDS)
