"""What the topic of applications is told: the files first, then the one card that goes along with the decision."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.admin.applications import screens
from bot.admin.applications.handlers import documents_of as documents
from bot.i18n import Words
from bot.screen import Screen
from core.people.model import ProviderState
from core.services import Core


async def application(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    one = await core.judging.look(provider_id=due.subject)
    card = screens.card(words, one, core.catalog, now=now)
    if one.provider.state is not ProviderState.DRAFT or card.card is None:
        return card
    return replace(card, card=replace(card.card, when_missing="skip"))


async def files(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    one = await core.judging.look(provider_id=due.subject)
    if one.provider.state is not ProviderState.APPLIED:
        return None
    return await documents(core, words, one)


LETTERS = {"application": application, "application_files": files}
