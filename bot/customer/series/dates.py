"""The dates of a series that can't be had as planned: all that wait in one question, each answered or skipped."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from markupsafe import Markup

from bot.conversation import Talk
from bot.customer.parts import lines
from bot.customer.series import date_screens as screens
from bot.customer.series.handlers import page, who
from bot.errors import sentence
from bot.i18n import Words
from bot.screen import Card, Screen
from core.errors import DomainError, NotAllowedNow
from core.orders.model import Order, State
from core.series.model import SeriesDate
from core.series.open_dates import Choice
from core.services import Core

_LARGEST = 10**8  # minutes since the epoch, far beyond any visit


async def question(
    core: Core, series_id: int, person_id: int, words: Words, now: datetime
) -> Screen | None:
    """What is asked about a series just now: its one date with the choices, or a way to each of several.

    What became of the dates that were answered already stands above.
    """
    dates = await core.open_dates.waiting(series_id=series_id, person_id=person_id, now=now)
    if not dates:
        return None
    screen = await _asking(core, dates, person_id, words, now)
    told = await core.open_dates.answered(series_id=series_id, person_id=person_id, now=now)
    above = [screens.ended(one, words) for one in told]
    return replace(screen, text=lines(*above, Markup(""), screen.text)) if above else screen


async def _asking(
    core: Core, dates: Sequence[SeriesDate], person_id: int, words: Words, now: datetime
) -> Screen:
    if len(dates) == 1:
        choice = await core.open_dates.choice(date_id=dates[0].id, person_id=person_id, now=now)
        return await _alone(core, choice, 0, words)
    series = await core.repeating.mine(series_id=dates[0].series_id, person_id=person_id)
    service = core.catalog.service(service_id=series.service_id)
    return screens.several(series, dates, service, await who(core, series), words)


def following(talk: Talk, screen: Screen, series_id: int) -> Screen:
    """Opened in the question itself, or on the page of the series, it goes on to follow what is decided elsewhere."""
    if talk.stands:
        return replace(screen, card=Card("series_asked", series_id, stands=True))
    return replace(screen, card=Card("series", series_id)) if talk.on_card else screen


async def _alone(core: Core, choice: Choice, others: int, words: Words) -> Screen:
    service = core.catalog.service(service_id=choice.series.service_id)
    return screens.date(choice, service, await who(core, choice.series), others, words)


async def asked(talk: Talk, series_id: int) -> Screen:
    """All that wait; the page of the series where none does any more."""
    shown = await question(talk.core, series_id, talk.person.id, talk.words, talk.now)
    return following(talk, shown, series_id) if shown else await page(talk, series_id)


async def date(talk: Talk, date_id: int) -> Screen:
    choice = await _choice(talk, date_id)
    waiting = await _waiting(talk, choice.series.id)
    others = sum(one.id != date_id for one in waiting)
    screen = await _alone(talk.core, choice, others, talk.words)
    return following(talk, screen, choice.series.id) if waiting else screen


async def _choice(talk: Talk, date_id: int) -> Choice:
    return await talk.core.open_dates.choice(
        date_id=date_id, person_id=talk.person.id, now=talk.now
    )


async def _waiting(talk: Talk, series_id: int) -> list[SeriesDate]:
    return await talk.core.open_dates.waiting(
        series_id=series_id, person_id=talk.person.id, now=talk.now
    )


async def take(talk: Talk, date_id: int, minutes: int, total: int) -> Screen:
    """One tap books this time; one that is gone meanwhile shows what is left."""
    begins = datetime.fromtimestamp(min(max(minutes, 0), _LARGEST) * 60, UTC)
    try:
        order = await talk.core.open_dates.take(
            date_id=date_id, person_id=talk.person.id, start=begins, total=total, now=talk.now
        )
    except DomainError as error:
        return await refused(talk, date_id, error)
    return await taken(talk, date_id, order)


async def taken(talk: Talk, date_id: int, order: Order) -> Screen:
    talk.toast(
        talk.words.plain("Reserved. We send a link to pay before the visit.")
        if order.state is State.UNPAID else talk.words.plain("Taken. We ask the provider.")
    )  # fmt: skip
    return await _next(talk, date_id)


async def _next(talk: Talk, date_id: int) -> Screen:
    """What became of this date, above those that still wait; on the page of the series that stays until they go on."""
    choice = await _choice(talk, date_id)
    series_id = choice.series.id
    left = await question(talk.core, series_id, talk.person.id, talk.words, talk.now)
    if left is None:
        return await _alone(talk.core, choice, 0, talk.words)
    return following(talk, left, series_id) if talk.stands else left


async def ask_skip(talk: Talk, date_id: int) -> Screen:
    choice = await _choice(talk, date_id)
    waiting = await _waiting(talk, choice.series.id)
    if not any(one.id == date_id for one in waiting):
        return await date(talk, date_id)
    service = talk.core.catalog.service(service_id=choice.series.service_id)
    provider = await who(talk.core, choice.series)
    screen = screens.ask_skip(choice.series, choice.date, service, provider, talk.words)
    return following(talk, screen, choice.series.id)


async def skip(talk: Talk, date_id: int) -> Screen:
    try:
        await talk.core.open_dates.skip(date_id=date_id, person_id=talk.person.id)
    except DomainError as error:
        return await refused(talk, date_id, error)
    talk.toast(talk.words.plain("Skipped. The others stay."))
    return await _next(talk, date_id)


async def ask_skip_all(talk: Talk, series_id: int) -> Screen:
    dates = await _waiting(talk, series_id)
    if len(dates) < 2:
        return await asked(talk, series_id)
    series = await talk.core.repeating.mine(series_id=series_id, person_id=talk.person.id)
    service = talk.core.catalog.service(service_id=series.service_id)
    provider = await who(talk.core, series)
    screen = screens.ask_skip_all(series, dates, service, provider, talk.words)
    return following(talk, screen, series_id)


async def skip_all(talk: Talk, series_id: int, shown: int) -> Screen:
    """So many as were shown; if they are others by now, they are shown first."""
    try:
        await talk.core.open_dates.skip_all(
            series_id=series_id, person_id=talk.person.id, shown=shown, now=talk.now
        )
    except DomainError as error:
        talk.toast(sentence(error, talk.words), alert=True)
        return await asked(talk, series_id)
    talk.toast(talk.words.plain("Skipped. The others stay."))
    return await page(talk, series_id)


async def refused(talk: Talk, date_id: int, error: DomainError) -> Screen:
    """Why not, above how it stands now."""
    said = (
        talk.words.plain("That was answered already.") if isinstance(error, NotAllowedNow)
        else sentence(error, talk.words)
    )  # fmt: skip
    talk.toast(said, alert=True)
    return await date(talk, date_id)
