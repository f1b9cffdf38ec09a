"""How another time for a job is chosen and asked for. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.days import Month, day_rows, in_month
from bot.i18n import Words
from bot.provider.moving.buttons import answers
from bot.provider.parts import GAP, back, lines, title
from bot.screen import Button, Screen, press
from bot.starts import day_starts
from bot.when import minutes_of, move_leads
from core.ids import spell_order_number
from core.orders.model import Order, Proposal


def _head(order: Order, words: Words) -> Markup:
    return lines(
        Markup("<b>{}</b> · <code>{}</code>").format(
            title(order, words), spell_order_number(order.number)
        ),
        words("🕒 Now: {time}", time=words.lasting_span(order.starts_at, order.minutes)),
    )


def days(
    order: Order, free: Sequence[date], month: Month | None, words: Words, *, now: datetime
) -> Screen:
    asks = in_month(words("🗓 <b>Which day would suit you?</b>"), month, words)
    if not free:
        asks = words("You have no other free time in the next weeks.")
    rows = day_rows(free, month, move_leads(order.id), now, words)
    away = [back(words, press("mv" if month else "job", order.id))]
    return Screen(lines(_head(order, words), GAP, asks), [*rows, away])


def starts(
    order: Order, day: date, free: Sequence[datetime], part: int | None, words: Words, *,
    now: datetime,
) -> Screen:  # fmt: skip
    asks = Markup("🗓 <b>{}</b>").format(words.day(day, now=now))
    shown = day_starts(day, free, part, move_leads(order.id), words)
    away = [back(words, shown.back or press("mv", order.id))]
    return Screen(lines(_head(order, words), GAP, asks), [*shown.rows, away])


def sure(order: Order, start: datetime, words: Words, *, now: datetime) -> Screen:
    text = lines(
        _head(order, words), GAP,
        words("🗓 <b>Ask for {time}?</b>", time=words.within(start, now=now)),
        words("The customer may agree, keep the time, or cancel for free. "
              "Until they agree, the present time counts."),
    )  # fmt: skip
    yes = Button(words.plain("📨 Ask"), press("mvgo", order.id, minutes_of(start)), style="primary")
    return Screen(text, [[yes], [back(words, press("mv", order.id))]])


def asked(order: Order, proposal: Proposal, words: Words) -> Screen:
    """The customer wishes for another time."""
    text = lines(
        words("🗓 <b>The customer asks for another time</b>"), GAP, _head(order, words),
        words("➡️ <b>{time}</b>", time=words.lasting_span(proposal.start, order.minutes)), GAP,
        words("The time is kept free for you. Answer by <b>{time}</b>; without an answer the present "
              "time stays.", time=words.lasting(proposal.until)),
    )  # fmt: skip
    see = [Button(words.plain("📋 See job"), press("job", order.id))]
    return Screen(text, [*answers(order, proposal, words), see])
