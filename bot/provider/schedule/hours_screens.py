"""How setting hours and days off looks. Pure."""

from datetime import date, datetime, timedelta

from babel import Locale, dates
from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines
from bot.provider.schedule.amend_screens import parts_line
from bot.provider.schedule.extra_screens import extras_line
from bot.provider.schedule.shape import FREE, PRESETS, RESTS, Shape, mask
from bot.screen import Button, Screen, grid, press
from bot.week import clock, stretches
from bot.week import weekday as weekday_name
from core.people.schedule import Plan

HOURS = range(6, 23)
OTHERS = {"work": mask(0, 1, 2, 3, 4), "end": mask(5, 6), "all": mask(*range(7))}


def week(words: Words, plan: Plan, *, applying: bool) -> Screen:
    text = lines(
        words("🕘 <b>Working hours</b>"), GAP,
        *(Markup("{} {}").format(weekday_name(d, words), stretches(plan.hours(weekday=d), words))
          for d in range(7)),
        GAP, words("Tap a day to change it."),
    )  # fmt: skip
    days = [Button(weekday_name(d, words), press("wday", d)) for d in range(7)]
    goal = press("apart", "hours") if applying else press("sched")
    return Screen(text, [*grid(days, columns=4), [back(words, goal), *home_row(words)]])


def _head(words: Words, plan: Plan, day: int) -> Markup:
    return words(
        "🕘 <b>{day}</b>: {hours}", day=weekday_name(day, words),
        hours=stretches(plan.hours(weekday=day), words),
    )  # fmt: skip


def _sets(label: str, days: int, shape: Shape) -> Button:
    return Button(label, press("sethours", days, str(shape), 0))


def weekday(words: Words, plan: Plan, day: int) -> Screen:
    """Usual days with one tap; beginning, end and break one by one; the day off; the same for other days."""
    usual = [_sets(stretches(shape.spans(), words), mask(day), shape) for shape in PRESETS]
    parts = [
        Button(words.plain("From …"), press("edge", day, 0)),
        Button(words.plain("Until …"), press("edge", day, 1)),
        Button(words.plain("☕ Break"), press("pause", day)),
    ]
    last = [
        _sets(words.plain("🌴 Free day"), mask(day), FREE),
        Button(words.plain("📑 Copy"), press("copy", day)),
    ]
    text = lines(_head(words, plan, day), words("Choose, or set beginning and end yourself."))
    return Screen(
        text, [*grid(usual), parts, last, [back(words, press("hours")), *home_row(words)]]
    )


def edge(words: Words, plan: Plan, day: int, end: bool) -> Screen:
    shape = Shape.of(plan.hours(weekday=day))
    question = words("Until when?") if end else words("From when?")
    hours = HOURS[1:] if end else HOURS[:-1]
    buttons = [_hour(shape, day, hour * 60, end) for hour in hours]
    half = shape.closes if end else shape.opens
    fine = [
        _hour(shape, day, half + step, end)
        for step in (-30, -15, 15, 30)
        if half and 6 * 60 <= half + step <= 22 * 60 and (half + step) % 60
    ]
    ends = [back(words, press("wday", day)), *home_row(words)]
    rows = [*grid(buttons, columns=4), *([fine] if fine else []), ends]
    return Screen(lines(_head(words, plan, day), question), rows)


def _hour(shape: Shape, day: int, minutes: int, end: bool) -> Button:
    new = shape.closing(minutes) if end else shape.opening(minutes)
    return _sets(clock(minutes), mask(day), new)


def pause(words: Words, plan: Plan, day: int) -> Screen:
    shape = Shape.of(plan.hours(weekday=day))
    buttons = [
        _sets(f"{clock(start)}–{clock(end)}", mask(day), shape.resting(start, end))
        for start, end in RESTS
    ]
    buttons.append(_sets(words.plain("No break"), mask(day), shape.resting(0, 0)))
    text = lines(_head(words, plan, day), words("When is your break?"))
    return Screen(text, [*grid(buttons), [back(words, press("wday", day)), *home_row(words)]])


def copy(words: Words, plan: Plan, day: int) -> Screen:
    shape = Shape.of(plan.hours(weekday=day))
    labels = {
        "work": words.plain("Mon–Fri"), "end": words.plain("Weekend"),
        "all": words.plain("Every day"),
    }  # fmt: skip
    others = [_sets(labels[key], days, shape) for key, days in OTHERS.items()]
    days = [_sets(weekday_name(d, words), mask(d), shape) for d in range(7) if d != day]
    text = lines(_head(words, plan, day), words("Which days get the same hours?"))
    ends = [back(words, press("wday", day)), *home_row(words)]
    return Screen(text, [others, *grid(days, columns=3), ends])


def days_off(words: Words, plan: Plan, today: date, month: int, *, now: datetime) -> Screen:
    """One month; a tap takes a day off or gives it back."""
    first = _month(today, month)
    locale = Locale.parse(words.language)
    name = dates.format_skeleton("yMMMM", first, locale=locale)
    nearest = ", ".join(words.weekday_date(day) for day in plan.days_off[:6])
    text = lines(
        words("🌴 <b>Days off</b> · {month}", month=name),
        words("Tap a day to take it off; tap it again to work after all."),
        words("Or type it: Oct 1 to 7 off, tomorrow afternoon off"),
        words("Next: {days}", days=nearest) if nearest else None,
        parts_line(words, plan, now=now), extras_line(words, plan, now=now),
    )  # fmt: skip
    names = locale.days["stand-alone"]["narrow"]
    head = [Button(names[d], press("off", month)) for d in range(7)]
    turns = [Button("▶", press("off", month + 1))] if month < 11 else []
    if month:
        turns.insert(0, Button("◀", press("off", month - 1)))
    hours = [
        [Button(words.plain("⏸ Hours off"), press("offparts")),
         Button(words.plain("➕ Extra hours"), press("extras"))]
    ]  # fmt: skip
    ends = [back(words, press("sched")), *home_row(words)]
    return Screen(text, [head, *_weeks(plan, today, first, month), turns, *hours, ends])


def _month(today: date, ahead: int) -> date:
    count = today.year * 12 + today.month - 1 + ahead
    return date(count // 12, count % 12 + 1, 1)


def _weeks(plan: Plan, today: date, first: date, month: int) -> list[list[Button]]:
    monday, rows = first - timedelta(days=first.weekday()), []
    while monday <= first or monday.month == first.month:
        week_ = [monday + timedelta(days=n) for n in range(7)]
        if week_[-1] >= today:
            rows.append([_day(plan, today, first, day, month) for day in week_])
        monday += timedelta(days=7)
    return rows


def _day(plan: Plan, today: date, first: date, day: date, month: int) -> Button:
    if day < today or day.month != first.month:
        return Button("·", press("off", month))
    label = f"🌴{day.day}" if day in plan.days_off else str(day.day)
    return Button(label, press("dayoff", day.toordinal(), 0))
