"""Staff choose another time for a visit: a day, a start; why and sure? are asked as for every act."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.admin.orders import screens
from bot.admin.orders.whole import Whole, whole
from bot.admin.parts import back, lines
from bot.conversation import Talk
from bot.days import Month, day_rows, in_month, month_shown
from bot.i18n import Words
from bot.screen import Screen, press
from bot.starts import day_starts
from bot.when import Leads, Others, day_of, minutes_of
from core.ids import spell_order_number
from core.orders.model import Order


def _leads(order: Order) -> Leads:
    number = order.id
    return Leads(
        month=lambda year, month: press("ommon", number, year, month),
        no_day=lambda year, month: press("ommon", number, year, month),
        day=lambda ordinal: press("omday", number, ordinal),
        part=lambda ordinal, part: press("ompart", number, ordinal, part),
        start=lambda start: press("xtr", number, minutes_of(start)),
    )


async def _others(talk: Talk, one: Whole) -> Others:
    calendar = await talk.core.moving.calendar(view=one.view, now=talk.now)
    return Others(talk.core.availability, calendar, one.order, talk.now)


async def days(talk: Talk, order_id: int) -> Screen:
    return await _days(talk, order_id, ())


async def month(talk: Talk, order_id: int, year: int, number: int) -> Screen:
    return await _days(talk, order_id, (year, number))


async def _days(talk: Talk, order_id: int, wanted: tuple[int, ...]) -> Screen:
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    free = (await _others(talk, one)).days()
    shown = month_shown(free, wanted)
    return days_screen(talk.words, one, free, shown, now=talk.now)


def days_screen(
    words: Words, one: Whole, free: Sequence[date], month: Month | None, *, now: datetime
) -> Screen:
    hint = words("Tap a day.") if free else words("The provider has no other time.")
    text = lines(
        in_month(words("🗓 <b>Move {number}: which day?</b>",
                     number=spell_order_number(one.order.number)), month, words),
        screens.line(words, one.view, now=now), hint,
    )  # fmt: skip
    rows = day_rows(free, month, _leads(one.order), now, words)
    return Screen(text, [*rows, back(words, press("om" if month else "ov", one.order.id))])


async def day(talk: Talk, order_id: int, ordinal: int) -> Screen:
    return await _starts(talk, order_id, day_of(ordinal), None)


async def part(talk: Talk, order_id: int, ordinal: int, number: int) -> Screen:
    return await _starts(talk, order_id, day_of(ordinal), number)


async def _starts(talk: Talk, order_id: int, chosen: date, part: int | None) -> Screen:
    one = await whole(talk.core, order_id=order_id, now=talk.now)
    free = (await _others(talk, one)).starts(chosen)
    if not free:
        return await days(talk, order_id)
    return starts_screen(talk.words, one, chosen, free, part, now=talk.now)


def starts_screen(
    words: Words, one: Whole, day: date, free: Sequence[datetime], part: int | None, *,
    now: datetime,
) -> Screen:  # fmt: skip
    text = lines(
        words("🗓 <b>Move {number} to {day}: when?</b>", day=words.day(day, now=now),
              number=spell_order_number(one.order.number)),
        screens.line(words, one.view, now=now),
    )  # fmt: skip
    shown = day_starts(day, free, part, _leads(one.order), words)
    return Screen(text, [*shown.rows, back(words, shown.back or press("om", one.order.id))])
