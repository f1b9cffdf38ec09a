"""Why a promised visit did not take place, and what of it is still the provider's. Pure."""

from collections.abc import Iterator

from markupsafe import Markup

from bot.i18n import Words, mark
from core.money import share
from core.orders.lifecycle import Actor
from core.orders.model import Order
from core.orders.terms import term

BY = {
    Actor.CUSTOMER.value: mark("The customer cancelled."),
    Actor.STAFF.value: mark("Our staff cancelled."),
    Actor.PROVIDER.value: mark("🚪 Nobody opened the door."),
}


def ended(order: Order, words: Words) -> Iterator[Markup]:
    if order.cancelled_by in BY:
        yield words(BY[order.cancelled_by])
    kept = order.paid - order.refund_due + order.given_back
    part = share(amount=kept, rate_bp=term(order=order, rule="cancel_to_provider_bp"))
    if part > 0:
        yield words(
            "💰 {fee} was kept, {part} of it is yours.",
            fee=words.money(kept, order.currency), part=words.money(part, order.currency),
        )  # fmt: skip
