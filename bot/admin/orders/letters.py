"""What the staff chat is told about orders by itself."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.admin.orders import board as live
from bot.admin.orders import screens
from bot.admin.orders.settled import settled
from bot.admin.parts import lines
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, again, standing
from bot.words import begun, method
from core.errors import Unknown
from core.ids import spell_order_number
from core.orders.model import Order
from core.orders.service import OrderView
from core.payments.model import Payment
from core.services import Core


async def order_card(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """One line per order, edited as it goes along."""
    view = await core.orders.view(order_id=due.subject)
    return replace(screens.card(words, view, now=now), card=Card("order", view.order.id))


async def board(core: Core, _due: Any, words: Words, now: datetime) -> Screen | None:
    return await live.board(core, words, now)


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


async def charged_back(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """The customer's bank has taken the money; there are days to answer, at the payment company."""
    view = await core.orders.view(order_id=due.subject)
    amount = words.money(int(due.facts.get("amount", 0)), view.order.currency)
    text = lines(
        words("🏛 <b>The customer's bank took {money} back</b>", money=amount),
        screens.line(words, view, now=now),
        words("Please answer the dispute at the payment company within its time. Don't refund this order as well."),
    )  # fmt: skip
    return Screen(text, [[_open(words, view)]])


async def charge_regained(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    view = await core.orders.view(order_id=due.subject)
    amount = words.money(int(due.facts.get("amount", 0)), view.order.currency)
    text = lines(
        words("🏛 <b>The dispute is won: {money} is ours again</b>", money=amount),
        screens.line(words, view, now=now),
    )
    return Screen(text, [[_open(words, view)]])


async def dispute_lost(core: Core, due: Any, words: Words, now: datetime) -> Screen | None:
    """The bank's last word; what it took stays with its customer."""
    view = await core.orders.view(order_id=due.subject)
    amount = words.money(int(due.facts.get("amount", 0)), view.order.currency)
    text = lines(
        words("🏛 <b>The dispute is lost: {money} stays with the customer</b>", money=amount),
        screens.line(words, view, now=now),
        words("It was booked when the bank took it. There is nothing left to do."),
    )
    return Screen(text, [[_open(words, view)]])


async def stray(_core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """A payment company speaks of something that was never asked of it."""
    facts = due.facts
    number = facts.get("number") or facts.get("refund_number") or facts.get("charge") or "–"
    text = lines(
        words("💰 <b>A message about an unknown payment</b>"),
        words(
            "{method} speaks of {number}: {money}.",
            method=begun(method(str(facts.get("method", "")), words)), number=number,
            money=words.money(int(facts.get("amount", 0)), facts.get("currency") or ""),
        ),
        words("Please look it up at the payment company."),
    )  # fmt: skip
    if not (found := facts.get("difference")):
        return Screen(text)
    return Screen(text, [[Button(words.plain("⚖️ Decide"), press("mv", int(found)))]])


async def parked(_core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """Something that arrived could not be worked; nothing else waits for it."""
    text = lines(
        words("🚨 <b>An update could not be handled</b>"),
        words("Bot: {bot}, reference {number}", bot=due.facts.get("bot", ""), number=due.subject),
        Markup("<code>{}</code>").format(due.facts.get("error", "")),
    )
    return Screen(text)


BOTS = {"customer": mark("customers'"), "provider": mark("providers'"), "admin": mark("staff")}


async def clash(_core: Core, due: Any, words: Words, _now: datetime) -> Screen | None:
    """What another program fetches with our token never reaches us."""
    name = BOTS[due.facts["bot"]]
    bot = words.plain(name)
    return Screen(
        lines(
            words("🚨 <b>Another program uses the token of the {bot} bot</b>", bot=bot),
            words("It takes what people write before we see it: some of them get no answer."),
            words(
                "If it isn't yours, renew the token at @BotFather (/revoke), put the new one into .env and"
                " restart. If it is a second Doorstep, give both the same database."
            ),
        )
    )


def _open(words: Words, view: OrderView) -> Button:
    return Button(words.plain("Open"), press("on", view.order.id))


STANDS: Table = {
    "no_provider": (no_provider, settled(mark("🚨 Nobody could take this order"), "refunded")),
    "alert": (alert, settled(mark("🚨 A refund failed"), "refunded")),
}  # fmt: skip
LETTERS = {
    "order_card": order_card,
    "board": board,
    "differs": differs,
    "by_hand": by_hand,
    "charged_back": charged_back,
    "charge_regained": charge_regained,
    "dispute_lost": dispute_lost,
    "stray": stray,
    "parked": parked,
    "clash": clash,
} | standing(STANDS)
