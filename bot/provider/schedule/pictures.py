"""A provider's day or week as a picture: working time white, visits where they lie, the way to each beside it."""

from collections.abc import Sequence
from datetime import datetime

from bot.adapters.drawing import FAINT, INK, Sheet
from bot.i18n import Words
from bot.provider.schedule.day_grid import (
    COLOURS,
    DONE,
    TIGHT,
    UNDERWAY,
    Grid,
    ends,
    hours,
    lanes,
    name,
    place,
    summary,
    times,
)
from bot.screen import File
from core.people.days import Day, Visit

_TOP, _HOUR = 170, 92
_STEP = 34  # from line to line in a week, large enough to be read on a phone
_WIDE = 190  # of a day in a week
COLUMN = _WIDE - 14


def day_picture(day: Day, words: Words, *, now: datetime) -> File:
    first, last = hours([day], words)
    height = _TOP + (last - first) * _HOUR + 40
    sheet = Sheet(880, height)
    grid = Grid(sheet, words, first, last, _TOP, _HOUR)
    sheet.words(40, 28, words.day_dated(day.day, now=now), 44, within=800)
    sheet.words(40, 92, summary([day], words), 28, FAINT, within=800)
    grid.work(day, 150, 840)
    grid.rules(150, 840)
    grid.hours(136, 26)
    for visit, lane, count in lanes(day.visits):
        wide = 690 // count
        _visit(grid, day, visit, 150 + lane * wide + 6, 150 + (lane + 1) * wide - 6)
    return File(name=f"{day.day}.png", mime="image/png", content=sheet.png())


def _visit(grid: Grid, day: Day, visit: Visit, left: int, right: int) -> None:
    """One or two lines, as there is room; the way to it on the right."""
    order, sheet, words = visit.order, grid.sheet, grid.words
    top, bottom = ends(grid, day, visit)
    fill, edge = COLOURS.get(order.state, DONE)
    sheet.box(left, top + 2, right, bottom - 2, fill, edge=edge, round_=10)
    sheet.box(left, top + 2, left + 8, bottom - 2, edge, round_=4)
    way = f"→ {words.minutes(visit.way)}" if visit.way else ""
    room = right - left - 40
    told = sheet.words(
        right - 16,
        top + 6,
        way,
        22,
        TIGHT if visit.tight else FAINT,
        within=room // 3,
        to_right=True,
    )
    two_lines = bottom - top >= 76
    head = f"{times(visit, words)}  {name(visit, words)}"
    head = head if two_lines else f"{head} · {place(visit, words)}"
    sheet.words(left + 22, top + 3, head, 26, within=room - told - 12)
    if two_lines:
        sheet.words(left + 22, top + 39, place(visit, words), 24, INK, within=room)


def week_picture(days: Sequence[Day], words: Words, *, now: datetime) -> File:
    first, last = hours(days, words)
    left, wide = 100, _WIDE
    width = left + wide * len(days) + 20
    sheet = Sheet(width, 190 + (last - first) * 72 + 30)
    grid = Grid(sheet, words, first, last, 190, 72)
    span = f"{words.weekday_date(days[0].day)} – {words.weekday_date(days[-1].day)}"
    sheet.words(30, 18, span, 46, within=width - 60)
    sheet.words(30, 80, summary(days, words), 32, FAINT, within=width - 60)
    today = words.local(now).date()
    for number, day in enumerate(days):
        at = left + number * wide
        if day.day == today:
            sheet.box(at + 2, 130, at + wide - 2, 186, UNDERWAY[0], round_=8)
        sheet.words(at + 8, 140, words.narrow_day(day.day), 28, within=COLUMN)
        grid.work(day, at, at + wide - 4)
    grid.rules(left, left + wide * len(days))
    grid.hours(left - 10, 28)
    for number, day in enumerate(days):
        for visit, lane, count in lanes(day.visits):
            part = (wide - 8) // count
            at = left + number * wide + 2 + lane * part
            _small(grid, day, visit, at, at + part - 2)
    return File(name=f"{days[0].day}.png", mime="image/png", content=sheet.png())


def _small(grid: Grid, day: Day, visit: Visit, left: int, right: int) -> None:
    top, bottom = ends(grid, day, visit)
    fill, edge = COLOURS.get(visit.order.state, DONE)
    grid.sheet.box(left, top + 1, right, bottom - 1, fill, edge=edge, round_=6)
    room = right - left - 14
    time, what = grid.words.time(visit.order.starts_at), name(visit, grid.words)
    fitting = (bottom - top - 32) // _STEP + 1
    lines = (
        (time, what, grid.words.place(visit.order.place)) if fitting > 1 else (f"{time} {what}",)
    )
    for number, line in enumerate(lines):
        if number < max(fitting, 1):
            colour = INK if number < 2 else FAINT
            grid.sheet.words(left + 7, top + 1 + number * _STEP, line, 26, colour, within=room)
