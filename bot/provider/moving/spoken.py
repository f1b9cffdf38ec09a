"""Another time typed instead of tapped, while it is being chosen for a job."""

from datetime import date, datetime

from bot.conversation import Talk
from bot.provider.jobs.work import up_to_date
from bot.provider.moving.handlers import days, look, mine, others, starts
from bot.provider.parts import saying
from bot.retimed import wish
from bot.screen import Screen
from bot.when import Others, day_of, minutes_of


async def day(talk: Talk) -> Screen:
    """A day, or a day and a time."""
    return await _asked(talk, int(talk.memory.get("order_id", 0)), None)


async def start(talk: Talk) -> Screen:
    """A time of the day that is shown, or another day."""
    shown = day_of(int(talk.memory.get("day", 0)))
    return await _asked(talk, int(talk.memory.get("order_id", 0)), shown)


@up_to_date
async def _asked(talk: Talk, order_id: int, shown: date | None) -> Screen:
    known = await others(talk, await mine(talk, order_id))
    meant = wish(talk.incoming.text, shown=shown, others=known, words=talk.words)
    if meant.start is not None:
        return await _start(talk, order_id, meant.start, known)
    if meant.day:
        screen = await starts(talk, order_id, meant.day, meant.part)
    else:
        screen = await days(talk, order_id)
    return saying(screen, meant.why_not) if meant.why_not else screen


async def _start(talk: Talk, order_id: int, start: datetime, known: Others) -> Screen:
    """A time that isn't free shows what is on that day."""
    day = talk.words.local(start).date()
    if start in known.starts(day):
        return await look(talk, order_id, minutes_of(start))
    busy = talk.words("You aren't free then. Please pick another time.")
    return saying(await starts(talk, order_id, day, None), busy)
