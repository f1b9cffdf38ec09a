"""What is left of a card when another message shows its subject: one line that says which way to look."""

from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Card, Screen
from core.errors import Unknown
from core.ids import spell_order_number
from core.orders.model import Order
from core.services import Core


async def card_past(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The subject of the letter is the message; only cards of orders get a line, others just lose their buttons."""
    try:
        order = await _order(core, letter.facts["kind"], letter.facts["subject"])
        text = _line(order, letter.facts["now"] > letter.subject, words)
    except Unknown:
        text = Markup("")
    return Screen(text, card=Card("past", letter.subject, when_missing="skip", fades=True))


async def _order(core: Core, kind: str, subject: int) -> Order:
    """Whose card it was: an order's own, of how it stood, or of extra work in it. Raises Unknown."""
    if kind == "extra":
        return (await core.extras.proposal(extra_id=subject)).order
    return (await core.orders.view(order_id=subject)).order


def _line(order: Order, below: bool, words: Words) -> Markup:
    named = Markup("{} · <code>{}</code>").format(
        words.pick(order.tasks[0].names), spell_order_number(order.number)
    )
    if below:
        return words("⬇️ {order}: see below", order=named)
    return words("⬆️ {order}: see above", order=named)


LETTERS: dict[str, Renderer] = {"card_past": card_past}
