"""How extra hours of single dates look. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import back, home_row, lines
from bot.provider.schedule.coded import coded
from bot.screen import Button, Page, Screen, grid, press
from bot.week import clock, stretches
from core.availability.intervals import Spans
from core.availability.slots import DAY_CLOSES, DAY_OPENS, DayPart
from core.people.amending import Amendment, Stretch
from core.people.beyond import usual
from core.people.schedule import Plan

SHOWN, PER_PAGE = 5, 6
HALVES = ((9 * 60, 12 * 60), (13 * 60, 18 * 60), (18 * 60, 21 * 60))
SHORTEST = 60


def hours_of(one: DayPart | Stretch) -> str:
    return f"{clock(one.opens)}–{clock(one.closes)}"


def extras(words: Words, plan: Plan, *, now: datetime) -> Screen:
    shown = plan.more[:SHOWN]
    text = lines(
        words("➕ <b>Extra hours</b>"),
        words("Single dates on which you work beyond your weekly hours."),
        words("Tap one to take it away.") if shown else words("No extra hours yet."),
        words("You can type it, too: extra hours Saturday 9-12"),
    )  # fmt: skip
    rows = [
        [Button(f"✖ {words.day_dated(one.day, now=now)} {hours_of(one)}", press("exless", _less(one)))]
        for one in shown
    ]  # fmt: skip
    add = Button(words.plain("➕ Choose a date"), press("exday", 0), style="primary")
    return Screen(text, [*rows, [add], [back(words, press("off", 0)), *home_row(words)]])


def _less(one: DayPart) -> str:
    return coded(Amendment(less=(Stretch(one.day, one.day, one.opens, one.closes),)))


def which_day(words: Words, days: Sequence[date], number: int, *, now: datetime) -> Screen:
    page = Page.of(days, number, PER_PAGE)
    text = lines(
        words("➕ <b>Extra hours: which date?</b>"),
        words("You can type any date with its hours, too: Dec 5, 9-12"),
    )
    buttons = [
        Button(words.day_dated(day, now=now), press("exat", day.toordinal())) for day in page.items
    ]
    ends = [back(words, press("extras")), *home_row(words)]
    return Screen(text, [*grid(buttons), *page.turns("exday"), ends])


def which_hours(words: Words, plan: Plan, day: date, gone: int, *, now: datetime) -> Screen:
    """The hours of other days, the parts of a day, or the hours themselves; none that are `gone`."""
    whole, there = usual(plan=plan), Spans.of(plan.hours(weekday=day.weekday()))
    every = dict.fromkeys([(whole[0][0], whole[-1][1]), *HALVES])
    choices = [span for span in every if span[1] > gone and Spans.of([span]) - there]
    buttons = [
        Button(hours_of(Stretch(day, day, *span)), press("exlook", day.toordinal(), *span))
        for span in choices
    ]
    other = Button(words.plain("🕐 Other hours"), press("exfrom", day.toordinal()))
    text = lines(
        _head(words, day, now), _there(words, plan, day),
        words("From when to when? Tap, or type it: 9-12"),
    )  # fmt: skip
    ends = [back(words, press("exday", 0)), *home_row(words)]
    return Screen(text, [*grid(buttons), [other], ends])


def _head(words: Words, day: date, now: datetime) -> Markup:
    return words("➕ <b>Extra hours: {day}</b>", day=words.day_dated(day, now=now))


def _there(words: Words, plan: Plan, day: date) -> Markup | None:
    """What is worked on it by the week."""
    hours = plan.hours(weekday=day.weekday())
    return words("Your usual hours then: {hours}", hours=stretches(hours, words)) if hours else None


def begin(words: Words, day: date, gone: int, *, now: datetime) -> Screen:
    text = lines(_head(words, day, now), words("From when?"))
    ordinal = day.toordinal()
    buttons = [
        Button(clock(at), press("exto", ordinal, at))
        for at in range(DAY_OPENS, DAY_CLOSES, 60) if at + SHORTEST > gone
    ]  # fmt: skip
    ends = [back(words, press("exat", ordinal)), *home_row(words)]
    return Screen(text, [*grid(buttons, columns=4), ends])


def end(words: Words, day: date, opens: int, gone: int, *, now: datetime) -> Screen:
    first = min(max(opens, DAY_OPENS), DAY_CLOSES - SHORTEST)
    text = lines(_head(words, day, now), words("From {time} until when?", time=clock(first)))
    ordinal = day.toordinal()
    buttons = [
        Button(clock(at), press("exlook", ordinal, first, at))
        for at in range(first + SHORTEST, DAY_CLOSES + 1, 60) if at > gone
    ]  # fmt: skip
    ends = [back(words, press("exfrom", ordinal)), *home_row(words)]
    return Screen(text, [*grid(buttons, columns=4), ends])


def extras_line(words: Words, plan: Plan, *, now: datetime) -> Markup | None:
    """The next extra hours in one line."""
    ahead = plan.more[:3]
    if not ahead:
        return None
    told = ", ".join(f"{words.day(one.day, now=now)} {hours_of(one)}" for one in ahead)
    return words("➕ Extra hours: {hours}", hours=told)
