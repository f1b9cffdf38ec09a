"""Lists of jobs, one of them, and what typed words find."""

from contextlib import suppress
from datetime import date

from bot.conversation import Talk
from bot.provider.jobs import screens, spoken
from bot.provider.jobs.present import present
from bot.screen import Screen
from core.errors import Unknown

EARLIEST, LATEST = date(2000, 1, 1).toordinal(), date(2200, 1, 1).toordinal()


async def jobs(talk: Talk, tab: str, page: int) -> Screen:
    talk.rest()
    tab = tab if tab in screens.TABS else "next"
    states, latest = screens.TABS[tab].states, screens.TABS[tab].latest
    found = await talk.core.offers.jobs(person_id=talk.person.id, states=states, latest=latest)
    return screens.listed(found, tab, page, talk.words, now=talk.now)


async def jobs_command(talk: Talk) -> Screen:
    """What was typed behind the command is looked up."""
    if talk.incoming.argument:
        with suppress(Unknown):
            return await look_up(talk, talk.incoming.argument)
    return await jobs(talk, "next", 0)


async def states(talk: Talk) -> Screen:
    talk.rest()
    return screens.states(talk.words)


async def on_days(talk: Talk, first: int, last: int, page: int) -> Screen:
    """All visits of these days (ordinals)."""
    talk.rest()
    days = _day(first), _day(last)
    found = await talk.core.offers.search(
        person_id=talk.person.id, text="", between=spoken.whole(*days, zone=_zone(talk)), limit=99
    )
    return screens.on_days(found, days, page, talk.words, now=talk.now)


def _day(ordinal: int) -> date:
    """The day a button names; one that was altered names some other day, which does no harm."""
    return date.fromordinal(min(max(ordinal, EARLIEST), LATEST))


def _zone(talk: Talk) -> str:
    return talk.core.availability.zone


async def job(talk: Talk, order_id: int) -> Screen:
    return await present(talk, order_id)


async def look_up(talk: Talk, text: str) -> Screen:
    """An order number opens the job, a day lists its visits, other words what they mean.

    Raises Unknown where that is nothing.
    """
    order = await talk.core.orders.by_number(text=text)
    if order is not None:
        return await present(talk, order.id)
    asked = spoken.days(text, now=talk.now, zone=_zone(talk))
    if asked and not asked.rest:
        return await on_days(talk, asked.first.toordinal(), asked.last.toordinal(), 0)
    found = await talk.core.offers.search(
        person_id=talk.person.id, text=asked.rest if asked else text[:80],
        between=spoken.whole(asked.first, asked.last, zone=_zone(talk)) if asked else None,
    )  # fmt: skip
    if not found:
        raise Unknown("job")
    if len(found) == 1:
        return await present(talk, found[0].id)
    talk.rest()
    return screens.found(found, text, talk.words, now=talk.now)
