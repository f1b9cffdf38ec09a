"""What differs between the two bots of a talk: who speaks, how the other side is called, where an order opens."""

from dataclasses import dataclass

from bot.i18n import Words, mark
from core.orders.lifecycle import Actor
from core.orders.service import OrderView


@dataclass(frozen=True, slots=True)
class Side:
    """One bot; `order` and `search` are verbs of its own buttons."""

    actor: Actor
    order: str
    search: str


SIDES = {
    "customer": Side(Actor.CUSTOMER, "order", "found"),
    "provider": Side(Actor.PROVIDER, "job", ""),
}
SENT = "🕊"
"""Ours under what was passed on. The other side's own sign takes its place, so it is none that people use."""
CUSTOMER = mark("Customer")


def other_name(view: OrderView, actor: Actor, words: Words) -> str:
    """Providers have a name they work under; customers are called just that, whatever they call themselves."""
    if actor is Actor.CUSTOMER:
        name = view.provider.name.strip()
        return name if len(name) <= 40 else name[:39] + "…"
    return words.plain(CUSTOMER)
