"""What the topic of applications is told: the files first, then the one card that goes along with the decision."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal

from bot.admin.applications import ends, screens
from bot.admin.applications.decide import rows
from bot.admin.applications.handlers import documents_of as documents
from bot.admin.parts import files_of
from bot.i18n import Words
from bot.screen import Card, Screen
from core.errors import Unknown
from core.people.expiry import Ending
from core.people.model import ProviderState
from core.services import Core
from core.taking.model import Matter


async def application(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    one = await core.judging.look(provider_id=due.subject)
    taking = await core.takings.of(matter=Matter.APPLICATION, subject=due.subject)
    text = screens.whole(words, one, taking, core.catalog, now=now)
    missing: Literal["send", "skip"] = (
        "skip" if one.provider.state is ProviderState.DRAFT else "send"
    )
    card = Card("application", one.provider.id, when_missing=missing)
    return Screen(text, rows(words, one, taking), card=card, protect=True)


async def files(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    one = await core.judging.look(provider_id=due.subject)
    if one.provider.state is not ProviderState.APPLIED:
        return None
    return await documents(core, words, one)


async def inquiry_answer(core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """With sound, and with what came along; the card has it all."""
    asked = await core.inquiries.look(inquiry_id=due.subject)
    found = await files_of(core, due.facts.get("files", []))
    return screens.heard(words, asked, found)


async def paper_over(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """A certificate counts no more: whose, and which booked visits need it."""
    found = await _endings(core, [due.subject], now)
    return ends.card(words, found[0]) if found else None


async def papers_ending(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Those that run out soon, of which the providers were told in the same moment."""
    found = await _endings(core, due.facts.get("papers", []), now)
    return ends.soon(words, found) if found else None


async def _endings(core: Core, ids: Sequence[int], now: datetime) -> list[Ending]:
    """Without those that were replaced meanwhile."""
    found = []
    for paper_id in ids:
        with suppress(Unknown):
            found.append(await core.expiry.look(paper_id=paper_id, now=now))
    return found


LETTERS = {
    "paper_over": paper_over,
    "papers_ending": papers_ending,
    "application": application, "application_files": files, "inquiry_answer": inquiry_answer,
}  # fmt: skip
