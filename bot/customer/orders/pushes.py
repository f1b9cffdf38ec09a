"""What the letters about orders share: whose order it is, the order's name below the news, the way to its card."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.customer.orders import screens
from bot.customer.parts import lines, short
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Button, Screen, press
from bot.standing import Line
from core.errors import Unknown
from core.ids import spell_order_number
from core.orders.model import Order
from core.orders.service import OrderView
from core.reviews.service import reviewable
from core.services import Core

OfOrder = Callable[[Core, OrderView, Posted, Words, datetime], Screen | None]


def of_order(render: OfOrder) -> Renderer:
    """A renderer that looks at the letter's order; one that is not the person's (any more) says nothing."""

    async def run(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
        try:
            view = await core.orders.view(order_id=letter.subject)
        except Unknown:
            return None
        if view.order.customer_id != letter.person_id:
            return None
        return render(core, view, letter, words, now)

    return run


def past(said: str) -> Line:
    """What remains of a letter about an order, and which order it was: true for good, and without a button."""

    async def line(core: Core, letter: Posted, words: Words, now: datetime) -> Markup:
        view, facts = await core.orders.view(order_id=letter.subject), letter.facts
        order = view.order
        if order.customer_id != letter.person_id:
            return Markup("")
        told = words(
            said, name=short(str(facts.get("name") or view.provider.name), 40),
            amount=words.money(int(facts.get("amount") or order.paid), order.currency),
            cash=words.money(order.cash_confirmed or 0, order.currency),
            stated=words.money(order.cash_stated or 0, order.currency),
            time=words.lasting(order.starts_at), was=_start_then(facts, order, words),
        )  # fmt: skip
        return Markup("{} · {}").format(told, _named(order, words))

    return line


def _start_then(facts: dict[str, Any], order: Order, words: Words) -> str:
    """The start the letter spoke of."""
    told = facts.get("start") or facts.get("to")
    return words.lasting(datetime.fromisoformat(str(told)) if told else order.starts_at)


# Steps whose letters always ring, as a long delay does. Who is failed again and again hears each of them.
RINGING = frozenset({"accept", "take", "late", "consult"})
MOST_RINGS = 6


def if_room(render: Renderer, *, ahead: int) -> Renderer:
    """Without a sound where the phone would ring more than six times; `ahead` counts the rings from this one on."""

    async def run(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
        screen = await render(core, letter, words, now)
        if screen is None:
            return None
        steps = await core.orders.timeline(order_id=letter.subject)
        rang = sum(step.verb in RINGING or bool(step.facts.get("long")) for step in steps)
        return replace(screen, quiet=screen.quiet or rang + ahead > MOST_RINGS)

    return run


def _named(order: Order, words: Words) -> Markup:
    number = spell_order_number(order.number)
    return Markup("{} · <code>{}</code>").format(screens.title(order, words), number)


def push(order: Order, words: Words, *parts: Markup | None, rows: Any = ()) -> Screen:
    return Screen(lines(*parts, _named(order, words)), [*rows, _see(order, words)])


def _see(order: Order, words: Words) -> list[Button]:
    return [Button(words.plain("📋 See order"), press("order", order.id))]


def review_row(order: Order, words: Words) -> list[list[Button]]:
    if order.reviewed or not reviewable(order):
        return []
    label = words.plain("⭐ Write a review")
    return [[Button(label, press("review", order.id), style="primary")]]


def receipt_row(order: Order, words: Words) -> list[list[Button]]:
    return [[Button(words.plain("🧾 Receipts"), press("orcpts", order.id))]]


def goes_back(order: Order, words: Words) -> Markup | None:
    if not order.refund_due:
        return None
    amount = words.money(order.refund_due, order.currency)
    return words("{amount} goes back to you, usually within 3 working days.", amount=amount)
