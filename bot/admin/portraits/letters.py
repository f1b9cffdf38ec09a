"""What the topic of applications is told of a new photo: the photo first, then its one card."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.admin.portraits import deciding
from bot.admin.portraits.handlers import photos_of
from bot.i18n import Words
from bot.screen import Card, Screen
from core.portraits.model import PortraitState
from core.portraits.service import Sitter
from core.services import Core
from core.taking.model import Matter


async def files(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    one = await core.portraits.look(portrait_id=due.subject)
    if one.portrait.state is not PortraitState.SENT:
        return None
    return await photos_of(core, words, one)


async def portrait(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """Another one that was sent comes to the bottom anew; one that is over by then is not told."""
    one = await core.portraits.look(portrait_id=due.subject)
    if one.portrait.state is not PortraitState.SENT:
        return None
    anew = Card("portrait", one.portrait.id, anew=due.version > 1)
    return replace(await _card(core, words, one), card=anew)


async def portrait_card(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """The card that is there goes along."""
    one = await core.portraits.look(portrait_id=due.subject)
    there = Card("portrait", one.portrait.id, when_missing="skip")
    return replace(await _card(core, words, one), card=there)


async def _card(core: Core, words: Words, one: Sitter) -> Screen:
    taking = await core.takings.of(matter=Matter.PORTRAIT, subject=one.portrait.id)
    return deciding.card(words, one, taking)


LETTERS = {"portrait_files": files, "portrait": portrait, "portrait_card": portrait_card}
