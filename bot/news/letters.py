"""An announcement on its way to one person, and its correction where it arrived."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.i18n import Words
from bot.letters import NotYet, Renderer
from bot.news.screens import announcement as shown
from bot.screen import Card, Screen
from core.announcements.model import Spread
from core.services import Core

PAUSED = timedelta(hours=1)


async def announcement(core: Core, letter: Any, words: Words, now: datetime) -> Screen | None:
    """Not if it was stopped before it left; paused it waits for whoever lets it go on."""
    one = await core.announcements.get(announcement_id=letter.subject)
    if one.state is Spread.STOPPED:
        return None
    if one.state is Spread.PAUSED:
        raise NotYet(now + PAUSED)
    return shown(words, one, side=letter.bot)


async def again(core: Core, letter: Any, words: Words, now: datetime) -> Screen | None:
    """As it reads now, or gone."""
    one = await core.announcements.get(announcement_id=letter.subject)
    card = Card("announcement", one.id, when_missing="skip", goes=one.withdrawn)
    if one.withdrawn:
        return Screen(words("This message was withdrawn."), card=card)
    return replace(shown(words, one, side=letter.bot), card=card)


LETTERS: dict[str, Renderer] = {"announcement": announcement, "announcement_again": again}
