"""What several providers who are asked at once have in common: who is still asked, and how their asks end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from core.changes import Changes, Update
from core.events import Event
from core.orders.model import Answer, Ask, Order
from core.orders.repricing import taken
from core.waitlist.model import freed


def ended(*, order: Order, asks: Iterable[Ask], answer: Answer, now: datetime) -> Changes:
    """These are asked no more: each of them hears that the card is dead, and his time is free (the caller frees it)."""
    changes = Changes()
    for ask in asks:
        changes.add(Update(Ask, ask.id, {"answer": answer}, expect={"answer": Answer.OPEN}))
        # The ask's own id makes the letter to each of them one of its own.
        changes.add(freed(provider_id=ask.provider_id, now=now, why=f"ask:{ask.id}"))
        changes.tell(Event("order.lost", order.id, ask.id, {"provider": ask.person_id}))
    return changes


def terms_of(*, order: Order, ask: Ask) -> dict[str, Any]:
    """What the order looks like to this one: his prices, the start he is asked for, until when."""
    money = taken(order=order, prices=ask.prices)
    return money | {"starts_at": ask.starts_at, "asked_until": ask.until, "off_bp": ask.off_bp}
