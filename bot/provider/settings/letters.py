"""What a provider hears of a new photo once staff have looked at it."""

from dataclasses import replace
from datetime import datetime

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.provider.letters import while_known
from bot.provider.settings import screens
from bot.screen import Card, Screen
from core.people.model import ProviderState
from core.portraits.model import PortraitState
from core.services import Core


async def portrait_answer(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Pointless where another one was sent since."""
    one = await core.portraits.look(portrait_id=letter.subject)
    if one.portrait.state is PortraitState.SENT:
        return None
    provider = one.provider
    if one.portrait.state is PortraitState.APPROVED:
        return screens.photo_approved(words)
    works, there = provider.state is ProviderState.APPROVED, provider.photo_id is not None
    return screens.photo_rejected(words, one.portrait.reason, there=there, again=works)


async def portrait_page(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Whoever has the page before them doesn't read any more that staff look at it."""
    one = await core.portraits.look(portrait_id=letter.subject)
    if one.portrait.state is PortraitState.SENT:
        return None
    page = screens.ask_photo(words, there=one.provider.photo_id is not None)
    here = Card(screens.PHOTO_PAGE, letter.subject, when_missing="skip")
    return replace(page, card=here)


LETTERS: dict[str, Renderer] = {
    "portrait_answer": while_known(portrait_answer), "portrait_page": while_known(portrait_page),
}  # fmt: skip
