"""One date of a series with somebody else: who is free at that very time, and one tap that books it."""

from markupsafe import Markup

from bot.conversation import Talk
from bot.customer.parts import back, lines, named, short, stars
from bot.customer.series.dates import date, following, refused, taken
from bot.i18n import Words
from bot.screen import Button, Screen, press
from core.errors import DomainError
from core.search.timed import Window
from core.series.model import DateState
from core.series.open_dates import Choice, Other

ASKED, SHOWN = 10, 5


async def who_else(talk: Talk, date_id: int) -> Screen:
    """Everybody free then, whose own price for the whole visit is known."""
    choice = await talk.core.open_dates.choice(
        date_id=date_id, person_id=talk.person.id, now=talk.now
    )
    if choice.date.state is not DateState.OPEN:
        return await date(talk, date_id)
    series, start = choice.series, choice.date.starts_at
    offers = await talk.core.finder.free(
        service_id=series.service_id, lat=series.wish["lat"], lon=series.wish["lon"],
        window=Window(start, start), page=0, now=talk.now, size=ASKED,
    )  # fmt: skip
    ids = [offer.provider.id for offer in offers.items if offer.provider.id != series.provider_id]
    found = await talk.core.open_dates.others(
        date_id=date_id, person_id=talk.person.id, provider_ids=ids, now=talk.now
    )
    return following(talk, _screen(choice, found[:SHOWN], talk), series.id)


def _screen(choice: Choice, found: list[Other], talk: Talk) -> Screen:
    words, one = talk.words, choice.date
    service = talk.core.catalog.service(service_id=choice.series.service_id)
    text = lines(
        words("<b>{name}</b>", name=short(named(service, words), 60)),
        Markup("🕒 <b>{}</b>").format(words.moment(one.starts_at, now=talk.now)),
        words("They can come at that time. A tap books this one visit:") if found
        else words("Nobody else is free at that time."),
    )  # fmt: skip
    rows = [[Button(_label(other, words), press("sergive", one.id, other.provider.id, other.total))]
            for other in found]  # fmt: skip
    if not found:
        rows = [[Button(words.plain("👷 All providers"), press("l", service.id, "r0000", 0))]]
    return Screen(text, [*rows, [back(words, press("serdate", one.id))]])


def _label(other: Other, words: Words) -> str:
    provider = other.provider
    return " · ".join(
        [short(provider.name, 14), str(stars(provider, words)), words.money(other.total)]
    )


async def give(talk: Talk, date_id: int, provider_id: int, total: int) -> Screen:
    """One tap gives this visit to somebody else; the series stays with whom it is."""
    choice = await talk.core.open_dates.choice(
        date_id=date_id, person_id=talk.person.id, now=talk.now
    )
    try:
        order = await talk.core.open_dates.take(
            date_id=date_id, person_id=talk.person.id, start=choice.date.starts_at, total=total,
            provider_id=provider_id, now=talk.now,
        )  # fmt: skip
    except DomainError as error:
        return await refused(talk, date_id, error)
    return await taken(talk, date_id, order)
