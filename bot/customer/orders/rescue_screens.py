"""The choice of another time, when nobody can come at the one that was promised."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.customer.orders.screens import title
from bot.customer.parts import back, lines, short
from bot.i18n import Words
from bot.screen import Button, Card, Page, Screen, press
from core.ids import spell_order_number
from core.orders.choosing import Alternative
from core.orders.model import Order


def times(
    order: Order, found: Sequence[Alternative], number: int, now: datetime, words: Words
) -> Screen:
    """Three times to tap, each with who comes and what it costs; then more, or the money back."""
    page = Page.of(found, number, size=3)
    shown = sorted(page.items, key=lambda one: one.starts_at)
    text = lines(
        words("😔 <b>Nobody can come at that time. We are sorry.</b>"),
        Markup("{} · <code>{}</code>").format(
            title(order, words), spell_order_number(order.number)
        ),
        Markup("🕒 <s>{}</s>").format(words.lasting(order.starts_at)),
        Markup(""),
        words("Tap another time: address, wishes and payment stay as they are.") if shown else None,
        *[_line(one, order, words) for one in shown],
        _until(order, now, words),
    )
    rows = [[_take(one, order, words)] for one in shown]
    more = Button(
        words.plain("More times"), press("otimesp", order.id, (page.number + 1) % page.count)
    )
    if page.count > 1:
        rows.append([more])
    rows.append([_out(order, words)])
    rows.append([back(words, press("order", order.id))])
    return Screen(text, rows, card=Card("order", order.id))


def _line(one: Alternative, order: Order, words: Words) -> Markup:
    return Markup("• <b>{}</b> {} — {}").format(
        words.lasting(one.starts_at), short(one.provider.name, 30),
        words.money(one.total, order.currency),
    )  # fmt: skip


def _take(one: Alternative, order: Order, words: Words) -> Button:
    minutes = int(one.starts_at.timestamp()) // 60
    label = f"🕒 {words.lasting(one.starts_at)} · {short(one.provider.name, 14)}"
    return Button(label, press("otime", order.id, one.provider.id, minutes), style="primary")


def _out(order: Order, words: Words) -> Button:
    label = words.plain("💸 Full refund") if order.paid else words.plain("✖ Cancel, free")
    return Button(label, press("oback", order.id))


def _until(order: Order, now: datetime, words: Words) -> Markup | None:
    if order.asked_until is None:
        return None
    time = words.by(order.asked_until, now=now)
    if order.paid:
        return words("Without an answer by {time} everything paid goes back to you.", time=time)
    return words("Without an answer by {time} the order ends, free of charge.", time=time)
