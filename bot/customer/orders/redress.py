"""What a customer is given after a complaint: money back is said at once, a free visit is booked like any other."""

from datetime import datetime

from bot.conversation import Talk
from bot.customer.booking.again import book_again
from bot.customer.orders.pushes import of_order, push
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Screen
from bot.words import method
from core.orders.service import OrderView
from core.services import Core


async def redo(talk: Talk, ticket_id: int) -> Screen:
    """The same visit once more, with the voucher in it; provider and time can be others."""
    order, code = await talk.core.closing.free_visit(
        ticket_id=ticket_id, person_id=talk.person.id, now=talk.now
    )
    return await book_again(talk, order, coupon=code)


def gave_back(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """Staff gave something back by themselves; where it was complained of, the ticket's own end says it."""
    facts, order = letter.facts, view.order
    if facts.get("ticket"):
        return None
    amount = words.money(int(facts["amount"]), order.currency)
    return push(
        order, words, words("↩️ <b>{amount} goes back to you.</b>", amount=amount),
        words("“{text}”", text=words.known(str(facts["reason"]))),
        words("It comes by {method}, usually within 3 working days.",
              method=method(order.method, words)),
    )  # fmt: skip


def back_by_hand(
    core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    """The payment company would not send it by itself; how it goes on is our business, not the customer's."""
    order = view.order
    if order.refunded >= order.refund_due:
        return None
    amount, days = int(letter.facts["amount"]), core.rules.number("by_hand_days")
    return push(
        order, words,
        words("↩️ <b>{amount} goes back to you.</b>", amount=words.money(amount, order.currency)),
        words.plural("Our team sends it by hand, within {n} day. You don't need to do anything.",
                     "Our team sends it by hand, within {n} days. You don't need to do anything.",
                     days),
    )  # fmt: skip


LETTERS: dict[str, Renderer] = {
    "gave_back": of_order(gave_back),
    "back_by_hand": of_order(back_by_hand),
}
