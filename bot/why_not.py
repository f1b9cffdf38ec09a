"""Why a provider can't come, in words that fit both sides of a visit."""

from markupsafe import Markup

from bot.i18n import Words, mark
from core.availability.reasons import Reason, Shut

SENTENCES = {
    Reason.OFF_DUTY: mark("No new visits are taken right now."),
    Reason.TOO_FAR: mark("Days up to {last} can be booked so far."),
    Reason.NO_WORK: mark("{day} isn't a working day."),
    Reason.DAY_OFF: mark("{day} is a day off."),
    Reason.FULL: mark("{day} is full."),
    Reason.TOO_LONG: mark("The visit is too long for {day}."),
    Reason.TOO_LATE: mark("It is too late for {day}."),
    Reason.OUTSIDE: mark("On {day} the working hours are {hours}."),
}


def why_not(shut: Shut, words: Words) -> Markup:
    hours = words.plain(", ").join(
        f"{words.time(opens)}–{words.time(closes)}" for opens, closes in shut.hours
    )
    day, last = words.weekday_date(shut.day), words.weekday_date(shut.last)
    return words(SENTENCES[shut.reason], day=day, hours=hours, last=last)


def why_no_day(shut: Shut | None, words: Words) -> Markup:
    """A typed day without a start: why, where it is known, and what to do instead."""
    if shut is None:
        return words("Nothing is free on that day. Please pick another one.")
    return words("{why} Please pick another day.", why=why_not(shut, words))
