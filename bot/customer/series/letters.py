"""What is told by itself: a date of a series needs an answer, a visit of one is to be paid."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.customer.orders.pushes import OfOrder, of_order, past, push
from bot.customer.parts import named, short
from bot.customer.series.dates import question
from bot.customer.series.handlers import ahead
from bot.customer.series.screens import page
from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, standing
from core.orders.model import State
from core.orders.service import OrderView
from core.services import Core


async def asked(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """All dates of a series that wait for an answer; nothing once each has one, or is past."""
    return await question(core, letter.subject, letter.person_id or 0, words, now)


async def answered(core: Core, letter: Posted, words: Words, now: datetime) -> Markup:
    """What remains of the question."""
    series = await core.repeating.mine(series_id=letter.subject, person_id=letter.person_id or 0)
    service = core.catalog.service(service_id=series.service_id)
    return words("🗓 You were asked about your repeated visits · {name}", name=named(service, words))


async def series_card(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The page of a series that is open somewhere, when one of its dates was answered elsewhere or it ended."""
    found = await ahead(core, letter.subject, letter.person_id or 0, now)
    screen = page(found, now, words)
    return replace(screen, card=Card("series", letter.subject, when_missing="skip"), quiet=True)


def to_pay(news: str) -> OfOrder:
    """The way to the link, which is made when it is wanted: no payment page lives for days."""

    def render(
        core: Core, view: OrderView, letter: Posted, words: Words, now: datetime
    ) -> Screen | None:
        order, until = view.order, view.order.asked_until
        if order.state is not State.UNPAID or until is None or until <= now:
            return None
        amount, name = words.money(order.due_now, order.currency), short(view.provider.name, 40)
        label = words.plain("💳 Pay {amount}", amount=amount)
        screen = push(
            order, words, words(news),
            words("{name} comes {date}.", name=name, date=words.lasting(order.starts_at)),
            words("Please pay {amount} by <b>{time}</b>; unpaid, only this visit falls away.",
                  amount=amount, time=words.lasting(until)),
            rows=[[Button(label, press("pay", order.id), style="success")]],
        )  # fmt: skip
        return replace(screen, card=Card("pay", order.id, anew=True))

    return render


ASKED = past(mark("💳 You were asked to pay for this visit"))
STANDS: Table = {
    "series_asked": (asked, answered),
    "pay_due": (of_order(to_pay(mark("💳 <b>Your next visit can be paid now.</b>"))), ASKED),
    "pay_last": (of_order(to_pay(mark("⏰ <b>Your next visit isn't paid yet.</b>"))), ASKED),
}
LETTERS: dict[str, Renderer] = {"series_card": series_card, **standing(STANDS)}
