"""What is left of a card when another message shows its subject: one line that says which way to look."""

from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Card, Screen
from core.errors import Unknown
from core.ids import spell_order_number
from core.orders.model import Order
from core.series.model import Series
from core.services import Core

# Cards of one's own that may hold a code to scan: a spent one misleads.
SPENT: Final = ("payout", "payout_binding")
ABOUT_ONESELF: Final = ("frozen", "customer_frozen")


async def card_past(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The subject of the letter is the message; what is known gets a line, other cards lose their buttons."""
    if letter.facts["kind"] in SPENT and letter.person_id is not None:
        return Screen(Markup(""), card=Card("past", letter.subject, when_missing="skip", goes=True))
    try:
        name = await _named(core, letter.facts["kind"], letter.facts["subject"], words)
        text = _line(name, letter.facts["now"] > letter.subject, words)
    except Unknown:
        text = Markup("")
    return Screen(text, card=Card("past", letter.subject, when_missing="skip", fades=True))


async def _named(core: Core, kind: str, subject: int, words: Words) -> Markup:
    """Whose card it was: of oneself, of a series, of an order, how it stood or extra work in it. Raises Unknown."""
    if kind in ABOUT_ONESELF:
        return words("Your account")
    if kind in ("series", "series_asked"):
        series = await core.store.get(Series, id=subject)
        if series is None:
            raise Unknown("series")
        service = core.catalog.service(service_id=series.service_id)
        return words("Repeated visits, {name}", name=words.pick(service.names))
    if kind == "extra":
        return _order((await core.extras.proposal(extra_id=subject)).order, words)
    return _order((await core.orders.view(order_id=subject)).order, words)


def _order(order: Order, words: Words) -> Markup:
    return Markup("{} · <code>{}</code>").format(
        words.pick(order.tasks[0].names), spell_order_number(order.number)
    )


def _line(name: Markup, below: bool, words: Words) -> Markup:
    if below:
        return words("⬇️ {order}: see below", order=name)
    return words("⬆️ {order}: see above", order=name)


LETTERS: dict[str, Renderer] = {"card_past": card_past}
