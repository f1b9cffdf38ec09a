"""What a payment is of, for whoever asks a company for it or shows it on a page."""

from dataclasses import dataclass
from datetime import datetime

from core.orders.model import Order
from core.payments.model import Payment, PaymentState
from core.payments.rest import still_due
from core.payments.service import UNSETTLED
from core.people.model import Person
from core.ports import Store


@dataclass(frozen=True, slots=True)
class ToPay:
    """A payment with its order and its customer."""

    payment: Payment
    order: Order
    customer: Person | None

    @property
    def paid(self) -> bool:
        return self.payment.state is PaymentState.PAID

    def open(self, *, now: datetime) -> bool:
        """Whether it can be paid, and there is something to pay."""
        alive = self.payment.state in UNSETTLED and now < self.payment.lasts_until
        return alive and still_due(order=self.order, payment=self.payment)


async def to_pay(*, store: Store, method: str, number: str) -> ToPay | None:
    """The payment with this number; None if there is none, or it is paid another way."""
    payment = await store.get(Payment, number=number)
    if payment is None or payment.method != method:
        return None
    order = await store.get(Order, id=payment.order_id)
    if order is None:
        return None
    return ToPay(payment, order, await store.get(Person, id=order.customer_id))


def title_of(*, order: Order, language: str) -> str:
    """What is paid for."""
    named = (task.names.get(language) or task.names.get("en") for task in order.tasks)
    return " + ".join(filter(None, named)) or order.number
