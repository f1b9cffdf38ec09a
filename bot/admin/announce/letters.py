"""The bar of an announcement goes along by itself wherever the staff have it before them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.admin.announce.screens import card
from bot.i18n import Words
from bot.screen import Card, Screen
from core.announcements.model import Spread
from core.services import Core


async def bar(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    one = await core.announcements.get(announcement_id=due.subject)
    if one.state is Spread.DRAFT:
        return None
    here = Card("announcement", one.id, when_missing="skip")
    return replace(card(words, one, now=now), card=here)


LETTERS = {"announcement_bar": bar}
