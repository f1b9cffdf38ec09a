"""The table from a finding to its button and to the screen on which something is done about it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.conversation import Talk
from bot.i18n import mark
from bot.notices.handlers import notices
from bot.provider.prices import papers
from bot.provider.prices.adding import service
from bot.provider.prices.handlers import one
from bot.provider.reviews.handlers import reviews
from bot.provider.schedule.area import area
from bot.provider.schedule.handlers import limits
from bot.provider.schedule.hours import weekday
from bot.provider.settings.photo import ask_photo
from bot.screen import Screen
from core.findings.model import Code, Finding
from core.reviews.received import Which


@dataclass(frozen=True, slots=True)
class Act:
    label: str
    go: Callable[[Talk, Finding], Awaitable[Screen]]


async def _hours(talk: Talk, finding: Finding) -> Screen:
    return await weekday(talk, finding.subject)


async def _area(talk: Talk, finding: Finding) -> Screen:
    return await area(talk)


async def _notices(talk: Talk, finding: Finding) -> Screen:
    return await notices(talk)


async def _limits(talk: Talk, finding: Finding) -> Screen:
    return await limits(talk)


async def _add(talk: Talk, finding: Finding) -> Screen:
    return await service(talk, finding.subject)


async def _price(talk: Talk, finding: Finding) -> Screen:
    return await one(talk, finding.subject)


async def _photo(talk: Talk, finding: Finding) -> Screen:
    return await ask_photo(talk)


async def _reviews(talk: Talk, finding: Finding) -> Screen:
    return await reviews(talk, Which.UNANSWERED, 0)


async def _paper(talk: Talk, finding: Finding) -> Screen:
    return await papers.begin(talk, finding.subject)


ACTS = {
    Code.PAPER: Act(mark("📄 Send the new one"), _paper),
    Code.SILENT: Act(mark("🔔 Sound for offers"), _notices),
    Code.SLOW: Act(mark("🔔 Sound for offers"), _notices),
    Code.FELL: Act(mark("📍 My area"), _area),
    Code.LATE: Act(mark("⚖️ Time between jobs"), _limits),
    Code.DAY_OFF: Act(mark("🕘 Hours of that day"), _hours),
    Code.OUTSIDE: Act(mark("📍 My area"), _area),
    Code.UNANSWERED: Act(mark("💬 Reply"), _reviews),
    Code.WANTED: Act(mark("➕ Offer it"), _add),
    Code.PRICEY: Act(mark("💰 My price"), _price),
    Code.NO_PHOTO: Act(mark("📷 My photo"), _photo),
}
