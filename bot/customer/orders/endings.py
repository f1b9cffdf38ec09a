"""Why an order is cancelled, as its card says it: who did it or what came in between, and that it costs nothing."""

from markupsafe import Markup

from bot.i18n import Words, mark
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.series.paying import ASKED_INSTEAD, NOT_OFFERED

UNPAID = mark("⌛ The time to pay is over, your slot is free for others again.")
ONE_UNPAID = mark("⌛ The time to pay is over, so nobody comes. All other visits stay.")
WHY = {
    "slot_lost": mark("⌛ Your payment came after somebody else had taken the time."),
    "no_provider": mark(
        "😔 Nobody can come at that time. We are sorry. Book again keeps everything you entered."
    ),
    "no_choice": mark("⌛ You took no other time, so we cancelled it."),
    "absent": mark("🚪 Nobody opened the door."),
    NOT_OFFERED: mark("This visit can't take place any more. You pay nothing for it."),
    ASKED_INSTEAD: mark("We asked you about another time instead."),
}


def why(order: Order, words: Words) -> Markup | None:
    """Nothing where the customer cancelled it himself, for reasons of his own."""
    if order.state is not State.CANCELLED:
        return None
    if order.reason == "unpaid":
        return words(ONE_UNPAID if order.series_id else UNPAID)
    if order.reason in WHY:
        return words(WHY[order.reason])
    if order.cancelled_by != Actor.STAFF:
        return None
    if not order.reason:
        return words("Our staff cancelled it.")
    return words("Our staff cancelled it: {reason}", reason=order.reason)
