"""How the end of a certificate is told to the staff: whose, what it means, which booked visits need a look. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot import words as names
from bot.admin.parts import dotted, lines, named, short
from bot.i18n import Words
from bot.screen import Button, Screen, grid, press
from core.ids import spell_order_number
from core.orders.model import Order
from core.people.expiry import Ending
from core.people.model import CertificateState

SHOWN = 6


def card(words: Words, one: Ending) -> Screen:
    services = words.plain(", ").join(named(service, words) for service in one.services)
    text = lines(
        words("📄 <b>{name}</b>: {what}", name=one.provider.name, what=_what(words, one)),
        words("No new orders come of: {services}", services=services) if services else None,
        words.plural("❗ <b>{n} booked visit needs it, please have a look:</b>",
                     "❗ <b>{n} booked visits need it, please have a look:</b>", len(one.orders))
        if one.orders else None,
        *[_visit(words, order) for order in one.orders[:SHOWN]],
    )  # fmt: skip
    return Screen(text, [*_rows(one.orders), [_dossier(words, one)]])


def soon(words: Words, found: Sequence[Ending]) -> Screen:
    """Those that run out, the first one first."""
    first = sorted(found, key=lambda one: one.paper.last)
    told = [
        dotted(
            words("<b>{name}</b>", name=one.provider.name),
            names.certificate(one.paper.kind, words), words.date(one.paper.last),
        )
        for one in first
    ]  # fmt: skip
    text = lines(
        words.plural("⚠️ <b>{n} certificate runs out soon</b>", "⚠️ <b>{n} certificates run out soon</b>",
                     len(first)),
        words("The providers know it, too."), *told,
    )  # fmt: skip
    buttons = [
        Button(short(f"👤 {one.provider.name}", 24), press("zd", one.provider.id))
        for one in first[:SHOWN]
    ]
    return Screen(text, grid(buttons))


def _what(words: Words, one: Ending) -> Markup:
    paper, day = names.certificate(one.paper.kind, words), one.paper.expires_on
    if one.paper.state is CertificateState.REJECTED or day is None:
        return words("{paper} isn't good any more", paper=paper)
    return words("{paper} has run out on {day}", paper=paper, day=words.date(day))


def _visit(words: Words, order: Order) -> Markup:
    number = spell_order_number(order.number)
    return Markup("• {} · {}").format(number, words.lasting(order.starts_at))


def _rows(orders: Sequence[Order]) -> list[list[Button]]:
    return grid([
        Button(f"📦 {spell_order_number(one.number)}", press("on", one.id))
        for one in orders[:SHOWN]
    ])  # fmt: skip


def _dossier(words: Words, one: Ending) -> Button:
    return Button(words.plain("👤 Dossier"), press("zd", one.provider.id))
