"""How far a visit has come, as signs with the times, for both sides of it."""

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words
from core.orders.advance import reached_at
from core.orders.model import Order, State

STEPS = (State.ACCEPTED, State.ON_THE_WAY, State.ARRIVED, State.WORKING, State.FINISHED)
_LIFE = list(State)


def progress(order: Order, words: Words) -> Markup | None:
    """✅ 09:10  🛵 13:31  📍 13:55: the steps of the day of the visit, as far as its present provider took them."""
    if order.state is State.CANCELLED:
        return None
    promised = reached_at(order=order, state=State.ACCEPTED)
    day = words.local(order.starts_at).date()
    times = [
        (names.STATES[state][0], at)
        for state in STEPS
        if _LIFE.index(state) <= _LIFE.index(order.state)
        and (at := reached_at(order=order, state=state))
        and (promised is None or at >= promised)
        and (state is not State.ACCEPTED or words.local(at).date() == day)
    ]
    # A promise alone is what the head of the card says already.
    if not times or order.state is State.ACCEPTED:
        return None
    return Markup("{}").format("  ".join(f"{sign} {words.time(at)}" for sign, at in times))
