"""What the topic of applications is told of prices and of certificates that come later: one card each."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.admin.applications import screens as applications
from bot.admin.parts import files_of
from bot.admin.prices import deciding
from bot.i18n import Words
from bot.screen import Card, Screen
from core.people.model import CertificateState
from core.prices.deciding import Whole
from core.prices.model import RequestState
from core.services import Core
from core.taking.model import Matter


async def price(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Another price asked for comes to the bottom anew; one that is over by then is not told."""
    one = await core.price_desk.look(request_id=due.subject)
    if one.request.state is not RequestState.ASKED:
        return None
    card = await _card(core, words, one)
    return replace(card, card=Card("price", one.request.id, anew=due.version > 1))


async def price_card(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """The card that is there goes along."""
    one = await core.price_desk.look(request_id=due.subject)
    card = await _card(core, words, one)
    return replace(card, card=Card("price", one.request.id, when_missing="skip"))


async def _card(core: Core, words: Words, one: Whole) -> Screen:
    taking = await core.takings.of(matter=Matter.PRICE, subject=one.request.id)
    return deciding.card(words, one, taking)


async def paper(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """A certificate sent by somebody who works already, with its picture; judged right here."""
    one, provider = await core.papers.one(paper_id=due.subject)
    if one.state is not CertificateState.SENT:
        return None
    today = words.local(now).date()
    shown = applications.one_paper(words, one, provider, today=today)
    return replace(shown, files=await files_of(core, [one.file_id]), protect=True)


LETTERS = {"price": price, "price_card": price_card, "paper": paper}
