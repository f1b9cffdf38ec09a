"""How a delay is announced: the button on the card, by how much, and what the customer was told. Pure."""

from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.moving import buttons as moving
from bot.provider.parts import GAP, back, home_row, lines, title
from bot.screen import Button, Screen, press
from core.ids import spell_order_number
from core.orders.late import announced, may_announce
from core.orders.model import Order

CHOICES = (10, 20, 30)


def button(order: Order, words: Words, now: datetime) -> list[list[Button]]:
    """Near the start, unless another time is talked about."""
    if order.proposal is not None or not may_announce(order=order, now=now):
        return []
    return [[Button(words.plain("⏱ I'll be late"), press("late", order.id))]]


def said(order: Order, words: Words, now: datetime) -> Markup | None:
    if not announced(order=order, now=now):
        return None
    time = words.time(order.expected_at)
    return words("⏱ The customer knows that you come at about <b>{time}</b>.", time=time)


def ask(order: Order, room: int, words: Words) -> Screen:
    """By how much; `room` is how many minutes can still be announced."""
    head = Markup("<b>{}</b> · <code>{}</code>").format(
        title(order, words), spell_order_number(order.number)
    )
    how = (
        words("<b>How late will you be?</b> Tap or type the minutes; the customer is told at once.")
        if room
        else words("Go as fast as you can: no more delay can be announced for this visit.")
    )
    shown = [
        Button(words.minutes(minutes), press("lateby", order.id, minutes))
        for minutes in CHOICES
        if minutes <= room
    ]
    move = [[moving.ask(order, words)]] if moving.may_ask(order) else []
    away = [back(words, press("job", order.id)), *home_row(words)]
    return Screen(lines(head, GAP, how), [*([shown] if shown else []), *move, away])


def none_near(words: Words) -> Markup:
    return words(
        "No visit of yours begins soon. For a later one, open it and ask for another time."
    )
