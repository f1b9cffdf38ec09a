"""What is typed where a button is expected: a time is taken, another wish is looked for, and the booking waits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from bot.conversation import Talk
from bot.customer.booking import flow
from bot.customer.booking.flow import saying, step_of, tag
from bot.customer.booking.steps import days_of, go, reasons, starts_on, tap, visit
from bot.customer.booking.times import choose_start, taken
from bot.follow import follow
from bot.screen import Screen, press
from bot.starts import part_of
from bot.why_not import why_no_day
from core.availability.reasons import Reason
from core.availability.slots import on_quarter
from core.orders.booking import Booking
from core.when.hearing import Bare
from core.when.model import Kind, Said
from core.when.reading import read

Next = Callable[[Booking], str]


@tap
async def typed_day(talk: Talk, booking: Booking) -> Screen | None:
    """A day, or a day and a time; other words look for something else."""
    return await _asked_when(talk, booking, None)


@tap
async def typed_time(talk: Talk, booking: Booking) -> Screen | None:
    """A time of the day that is shown, or another day."""
    day = talk.memory.get("day")
    return await _asked_when(talk, booking, date.fromordinal(day) if day else None)


async def _asked_when(talk: Talk, booking: Booking, day: date | None) -> Screen | None:
    said = _heard(talk, day, Bare.HOUR if day else Bare.DAY)
    if said is not None:
        return await _take(talk, booking, said, lambda b: flow.after(b, "date"))
    step = step_of(talk) or "date"
    if (found := await _elsewhere(talk, booking, step)) is not None:
        return found
    memory = {name: talk.memory[name] for name in ("day", "part") if name in talk.memory}
    text = talk.words("Please tap a day, or type one, for example “tomorrow” or 12-05.")
    if day:
        text = talk.words("Please tap a time, or type one, for example 15:00.")
    return saying(await go(talk, booking, "slot" if day else "date", **memory), text)


@tap
async def hint(talk: Talk, booking: Booking) -> Screen | None:
    """Where only buttons make sense a time still changes the time, and a service is looked for."""
    step = step_of(talk) or flow.first(booking)
    said = _heard(talk, None, None)
    if said is not None and not await _another_wish(talk, booking, said):
        return await _take(
            talk, booking, said, lambda b: step if flow.complete(b) else flow.first(b)
        )
    if (found := await _elsewhere(talk, booking, step)) is not None:
        return found
    text = talk.words("Please use the buttons here; you can change everything before you confirm.")
    return saying(await go(talk, booking, step), text)


async def _another_wish(talk: Talk, booking: Booking, said: Said) -> bool:
    """A time together with some other service is a new wish, not a new time for this one."""
    finder = talk.core.finder
    if not await finder.asks_for_service(text=said.rest, now=talk.now):
        return said.kind is Kind.SOON and bool(said.rest)
    found = await finder.services(text=said.rest, now=talk.now, limit=3)
    return booking.service.id not in [service.id for service in found]


def _heard(talk: Talk, day: date | None, bare: Bare | None) -> Said | None:
    zone = talk.core.availability.zone
    return read(talk.incoming.text, now=talk.now, zone=zone, on=day, bare=bare)


async def _elsewhere(talk: Talk, booking: Booking, step: str) -> Screen | None:
    """What else the words may mean, with a button that leads back here."""
    back = step if step not in ("slot", "taken") else "date"
    return await follow(talk, press("aside", tag(booking), back))


async def _take(talk: Talk, booking: Booking, said: Said, then: Next) -> Screen:
    """A start is taken if it can be had; days and parts of days are shown."""
    match said.kind:
        case Kind.SOON:
            return await _soonest(talk, booking, then)
        case Kind.MOMENT:
            return await _start(talk, booking, said, then)
    assert said.end is not None
    days = await days_of(talk, booking)
    first, last = (
        talk.words.local(m).date() for m in (said.start, said.end - timedelta(seconds=1))
    )
    for day in (day for day in days if first <= day <= last):
        starts = await starts_on(talk, booking, day)
        fit = [start for start in starts if said.start <= start <= said.end]
        if fit:
            part = part_of(fit[0], talk.words) if said.kind is Kind.WINDOW else None
            return _passed(
                talk, said, await go(talk, booking, "slot", day=day.toordinal(), part=part)
            )
    shut = (await reasons(talk, booking)).on(first) if first == last else None
    if said.kind is Kind.WINDOW:
        return await taken(talk, booking, said.start, shut=shut)
    text = why_no_day(shut, talk.words)
    if shut and shut.reason is Reason.FULL:
        text = talk.words("That day is full. Pick another one, or “Full days” to wait.")
    return saying(await go(talk, booking, "date"), text)


async def _start(talk: Talk, booking: Booking, said: Said, then: Next) -> Screen:
    """Eight can be in the morning or at night: the one that can be had."""
    wanted = [on_quarter(moment) for moment in (said.start, said.other) if moment]
    offered = await _offered(talk, booking, wanted)
    start = next(iter(offered), wanted[0])
    screen = await choose_start(talk, booking, start, then=then)
    if not offered:
        return _passed(talk, said, screen)
    noted = talk.words("🕒 {time}, noted.", time=talk.words.dated(start, now=talk.now))
    return saying(screen, noted)


async def _offered(talk: Talk, booking: Booking, wanted: Sequence[datetime]) -> list[datetime]:
    calendar, minutes = await visit(talk, booking)
    offers = talk.core.availability.offers
    return [
        start
        for start in wanted
        if offers(calendar=calendar, minutes=minutes, start=start, now=talk.now)
    ]


async def _soonest(talk: Talk, booking: Booking, then: Next) -> Screen:
    calendar, minutes = await visit(talk, booking)
    soon = talk.core.availability.earliest(
        calendar=calendar, minutes=minutes, now=talk.now, days=60
    )
    if soon is None:
        return await go(talk, booking, "date")
    return await choose_start(talk, booking, soon, then=then)


def _passed(talk: Talk, said: Said, screen: Screen) -> Screen:
    """A time that is over is read as the next one like it, and said so."""
    if not said.passed:
        return screen
    return saying(screen, talk.words("That time is over already, so this is the next one like it."))
