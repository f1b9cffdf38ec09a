"""What the staff chat is told about orders by itself."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.admin.orders import board as live
from bot.admin.orders import screens
from bot.admin.orders.settled import settled
from bot.admin.parts import dotted, lines, secret
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, again, standing
from core.errors import Unknown
from core.ids import spell_order_number
from core.orders.contact import overdue
from core.orders.doubts import Doubt, doubt
from core.orders.late import AWAITED
from core.orders.model import Order, State
from core.orders.service import OrderView
from core.payments.model import Payment
from core.services import Core


async def order_card(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """One line per order, edited as it goes along."""
    view = await core.orders.view(order_id=due.subject)
    return replace(screens.card(words, view, now=now), card=Card("order", view.order.id))


async def board(core: Core, _due: Any, words: Words, now: datetime) -> Screen | None:
    return await live.board(core, words, now)


DOUBTS = {
    Doubt.UNSTATED: mark("⚖️ <b>The provider didn't name the cash</b>"),
    Doubt.UNANSWERED: mark("⚖️ <b>The customer didn't confirm the cash</b>"),
    Doubt.SHORT: mark("⚖️ <b>Less was paid than was due</b>"),
    Doubt.DIFFERS: mark("⚖️ <b>The amounts don't match</b>"),
}


async def disputed(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    view = await core.orders.view(order_id=due.subject)
    if view.order.state is not State.DISPUTED:
        return None
    text = lines(
        words(DOUBTS[doubt(order=view.order)]),
        screens.line(words, view, now=now),
        screens.cash(words, view.order),
        words("To pay at the door: {money}",
              money=words.money(view.order.to_pay_on_site, view.order.currency)),
    )  # fmt: skip
    settle = Button(words.plain("⚖️ Settle"), press("osn", view.order.id), style="primary")
    return Screen(text, [[settle, _open(words, view)]])


def _owed(order: Order) -> bool:
    """Something that was promised back has not arrived."""
    return order.refunded < order.refund_due


async def no_provider(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Until the customer has everything back; where nothing was paid there is nothing to wait for."""
    view = await core.orders.view(order_id=due.subject)
    if again(due) and not _owed(view.order):
        return None
    text = lines(
        words("🚨 <b>Nobody could take this order</b>"),
        screens.line(words, view, now=now),
        words("It is cancelled and everything goes back to the customer."),
    )
    return Screen(text, [[_open(words, view)]])


async def late(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Somebody who promised to come is not there."""
    view = await core.orders.view(order_id=due.subject)
    if not view.order.running_late or view.order.state not in AWAITED:
        return None
    text = lines(
        words("⏰ <b>A provider is late</b>"),
        screens.line(words, view, now=now),
        words(
            "The customer was asked what to do. Without a word from either we find somebody else."
        ),
    )
    return Screen(text, [[_open(words, view)]])


async def uncontacted(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Somebody has promised to come and says nothing to the customer."""
    view = await core.orders.view(order_id=due.subject)
    if not overdue(order=view.order, now=now):
        return None
    person = await core.people.get(person_id=view.provider.person_id)
    text = lines(
        words("🤐 <b>A provider hasn't been in touch</b>"),
        screens.line(words, view, now=now),
        words("They accepted and were reminded. Please call them, or ask somebody else."),
        dotted(view.provider.name, secret(person.phone) if person.phone else None),
    )
    other = Button(words.plain("🔁 Another provider"), press("ogn", view.order.id, 0))
    return Screen(text, [[_open(words, view), other]])


async def alert(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """A refund that the gateway refused for good."""
    view = await core.orders.view(order_id=due.subject)
    if not _owed(view.order):
        return None
    amount = words.money(int(due.facts.get("amount", 0)), view.order.currency)
    text = lines(
        words("🚨 <b>A refund of {money} failed</b>", money=amount),
        screens.line(words, view, now=now),
        words("Please find another way to pay it back."),
    )
    return Screen(text, [[_open(words, view)]])


async def differs(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """The gateway told another amount than was asked."""
    payment = await core.store.get(Payment, id=due.subject)
    if payment is None:
        raise Unknown("payment")
    view = await core.orders.view(order_id=payment.order_id)
    text = lines(
        words("💰 <b>A payment differs from what was asked</b>"),
        words(
            "Order {number}: asked {asked}, came {came}.",
            number=spell_order_number(view.order.number),
            asked=words.money(payment.amount, payment.currency),
            came=words.money(payment.paid, payment.currency),
        ),
    )  # fmt: skip
    return Screen(text, [[_open(words, view)]])


async def by_hand(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """Money was given back at the gateway's own desk; the book has followed."""
    payment = await core.store.get(Payment, id=due.subject)
    if payment is None:
        raise Unknown("payment")
    view = await core.orders.view(order_id=payment.order_id)
    amount = words.money(int(due.facts.get("amount", 0)), payment.currency)
    text = lines(
        words("💰 <b>{money} was refunded by hand</b>", money=amount),
        screens.line(words, view, now=now),
        words("It was done at the payment company, and is recorded here now."),
    )
    return Screen(text, [[_open(words, view)]])


async def stray(_core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """A payment company speaks of something that was never asked of it."""
    facts = due.facts
    number = facts.get("number") or facts.get("refund_number") or facts.get("charge") or "–"
    text = lines(
        words("💰 <b>A message about an unknown payment</b>"),
        words(
            "{method} speaks of {number}: {money}.", method=facts.get("method", ""), number=number,
            money=words.money(int(facts.get("amount", 0)), facts.get("currency") or ""),
        ),
        words("Please look it up at the payment company."),
    )  # fmt: skip
    return Screen(text)


async def parked(_core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """Something that arrived could not be worked; nothing else waits for it."""
    text = lines(
        words("🚨 <b>An update could not be handled</b>"),
        words("Bot: {bot}, reference {number}", bot=due.facts.get("bot", ""), number=due.subject),
        Markup("<code>{}</code>").format(due.facts.get("error", "")),
    )
    return Screen(text)


def _open(words: Words, view: OrderView) -> Button:
    return Button(words.plain("Open"), press("on", view.order.id))


_AWAY = ("drop", "replace", "reassign", "cancel", "reschedule")
STANDS: Table = {
    "disputed": (disputed, settled(mark("⚖️ The cash at the door"), "settle")),
    "no_provider": (no_provider, settled(mark("🚨 Nobody could take this order"), "refunded")),
    "late": (
        late, settled(mark("⏰ A provider was late"), "delay", "arrive", "start", *_AWAY),
    ),
    "uncontacted": (
        uncontacted,
        settled(mark("🤐 A provider wasn't in touch"), "contacted", "depart", "arrive", *_AWAY),
    ),
    "alert": (alert, settled(mark("🚨 A refund failed"), "refunded")),
}  # fmt: skip
LETTERS = {
    "order_card": order_card,
    "board": board,
    "differs": differs,
    "by_hand": by_hand,
    "stray": stray,
    "parked": parked,
} | standing(STANDS)
