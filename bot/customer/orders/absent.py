"""The provider stands at a door that nobody opens: the customer is warned in time, and may say that it was not so."""

from datetime import datetime

from bot.conversation import Talk
from bot.customer.orders.pushes import goes_back, of_order, past, push
from bot.customer.parts import short
from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.screen import Button, Screen, press
from bot.standing import Table, standing
from bot.support import screens as support
from core.orders.model import State
from core.orders.service import OrderView
from core.orders.terms import absent_terms
from core.services import Core
from core.support.model import TicketKind


def at_door(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """Until when he waits, and what it costs when he leaves."""
    order, until = view.order, view.order.absent_until
    if order.state is not State.ARRIVED or until is None:
        return None
    name, terms = short(view.provider.name, 40), absent_terms(order=order)
    costs = words("After that they may leave. You are charged nothing.")
    if terms.fee:
        costs = words(
            "After that they may leave: {fee} of what you paid is kept as call-out fee, the rest goes back.",
            fee=words.money(terms.fee, order.currency),
        )
    answer = Button(words.plain("↩️ Answer"), press("rtalk", order.id), style="primary")
    return push(
        order, words, words("🚪 <b>{name} is at your door, and nobody opens.</b>", name=name),
        words("Please open, or write, by <b>{time}</b>.", time=words.time(until)),
        costs, rows=[[answer]],
    )  # fmt: skip


def absent(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """It was closed; whoever was at home says so with one tap."""
    order = view.order
    if order.state is not State.CANCELLED:
        return None
    fee = int(letter.facts.get("fee") or 0)
    kept = words("A call-out fee of {fee} was kept.", fee=words.money(fee, order.currency))
    there = Button(words.plain("🙋 I was there"), press("wasthere", order.id), style="primary")
    again = Button(words.plain("🔁 Book again"), press("oagain", order.id))
    name = short(view.provider.name, 40)
    return push(
        order, words, words("🚪 <b>{name} waited at your door and has left.</b>", name=name),
        kept if fee else words("You are charged nothing."), goes_back(order, words),
        words("Is that not how it was? Tell us, and our staff look into it."),
        rows=[[there], [again]],
    )  # fmt: skip


async def was_there(talk: Talk, order_id: int) -> Screen:
    """A complaint with the order attached; once."""
    view = await talk.core.orders.for_customer(order_id=order_id, customer_id=talk.person.id)
    ticket = await talk.core.support.open(
        person_id=talk.person.id, bot=talk.incoming.bot, author=talk.person.name, files=[],
        text=talk.words.plain("I was there, but the visit was closed as if nobody had been."),
        key=f"absent:{view.order.id}", now=talk.now, order_id=view.order.id,
        kind=TicketKind.COMPLAINT,
    )  # fmt: skip
    talk.expect("ticket", ticket=ticket.id, order=view.order.id, kind=ticket.kind.value)
    before = await talk.core.support.before(ticket=ticket)
    hand = await talk.core.support.with_whom(ticket=ticket)
    return support.sent(ticket, hand, before, talk.core.rules, talk.now, talk.words)


STANDS: Table = {"at_door": (of_order(at_door), past(mark("🚪 The provider was at your door")))}
LETTERS: dict[str, Renderer] = {"absent": of_order(absent)} | standing(STANDS)
