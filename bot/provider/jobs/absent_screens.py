"""How waiting at a closed door looks. Pure."""

from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines, title
from bot.screen import Button, Screen, press
from core.ids import spell_order_number
from core.money import share
from core.orders.absent import TRIES, Waiting
from core.orders.model import Order
from core.orders.terms import term
from core.rules import Rules


def waiting(order: Order, one: Waiting, rules: Rules, words: Words, *, now: datetime) -> Screen:
    minutes = words.minutes(rules.number("absent_minutes"))
    until = words("You may leave after {minutes} of waiting, counted from when the customer is told.",
                  minutes=minutes)  # fmt: skip
    if one.over(now=now):
        until = words("You have waited long enough and may leave.")
    elif one.until is not None:
        until = words("You wait until <b>{time}</b>.", time=words.time(one.until))
    text = lines(
        _head(order, words), GAP, words("🚪 <b>Nobody opens?</b>"),
        words("Tell the customer that you are at the door, and try a call or a message, too."),
        until, words("Tries: <b>{n} of {most}</b>", n=min(len(one.tries), TRIES), most=TRIES),
        GAP, _fee(order, one, words),
    )  # fmt: skip
    tell = Button(words.plain("🔔 I'm at the door"), press("knock", order.id), style="primary")
    called = Button(words.plain("📞 I called"), press("called", order.id))
    talk = Button(words.plain("💬 Message"), press("rtalk", order.id))
    leave = Button(
        words.plain("🚪 Leave, nobody here"), press("absentgo", order.id, one.terms.fee),
        style="danger",
    )  # fmt: skip
    away = [back(words, press("job", order.id)), *home_row(words)]
    return Screen(text, [[tell], [called, talk], *([[leave]] if one.over(now=now) else []), away])


def _fee(order: Order, one: Waiting, words: Words) -> Markup:
    """What he gets for coming, said honestly."""
    if not one.terms.fee and order.running_late:
        return words("There is no call-out fee: you were late.")
    if not one.terms.fee:
        return words("There is no call-out fee: nothing was paid beforehand.")
    part = share(amount=one.terms.fee, rate_bp=term(order=order, rule="cancel_to_provider_bp"))
    return words(
        "If you leave, a call-out fee of {fee} is kept from what was paid; {part} of it is yours.",
        fee=words.money(one.terms.fee, order.currency), part=words.money(part, order.currency),
    )  # fmt: skip


def _head(order: Order, words: Words) -> Markup:
    number = spell_order_number(order.number)
    return Markup("<b>{}</b> · <code>{}</code>").format(title(order, words), number)
