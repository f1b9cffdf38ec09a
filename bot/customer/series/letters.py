"""What is told by itself: a date of a series needs an answer, a visit of one is to be paid."""

from dataclasses import replace
from datetime import datetime

from bot.customer.orders.pushes import OfOrder, of_order, past, push
from bot.customer.parts import short
from bot.customer.series import screens
from bot.customer.series.handlers import who
from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, standing
from core.orders.model import State
from core.orders.service import OrderView
from core.series.model import DateState
from core.services import Core


async def asked(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Nothing once it was answered, or is past."""
    choice = await core.open_dates.choice(
        date_id=letter.subject, person_id=letter.person_id or 0, now=now
    )
    if choice.date.state is not DateState.OPEN or choice.date.starts_at <= now:
        return None
    service = core.catalog.service(service_id=choice.series.service_id)
    return screens.date(choice, service, await who(core, choice.series), words)


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
    "pay_due": (of_order(to_pay(mark("💳 <b>Your next visit can be paid now.</b>"))), ASKED),
    "pay_last": (of_order(to_pay(mark("⏰ <b>Your next visit isn't paid yet.</b>"))), ASKED),
}
LETTERS: dict[str, Renderer] = {"series_asked": asked} | standing(STANDS)
