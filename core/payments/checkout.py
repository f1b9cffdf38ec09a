"""The last question before money moves: may this be paid now? Asked by a company that waits for the answer."""

from datetime import datetime, timedelta
from typing import Final

from core.changes import Changes, Update
from core.errors import CheckoutRefused, DayFull, OutOfDate, SlotTaken
from core.orders.model import Order, State
from core.orders.place import Placing
from core.orders.service import Orders, OrderView
from core.payments.model import PAYING_FOR, Payment
from core.payments.rest import is_rest, still_due
from core.payments.service import UNSETTLED
from core.ports import Store
from core.quarantine.service import Quarantine

# A card that was declined may be tried again; two people who pay at once may not.
ONE_AT_A_TIME: Final = timedelta(minutes=2)
# As long after the link's end somebody who was paying then may try once more.
GRACE: Final = timedelta(minutes=5)
_TRIES = 5


class Checkouts:
    def __init__(
        self, *, store: Store, orders: Orders, placing: Placing, quarantine: Quarantine
    ) -> None:
        self._store = store
        self._orders = orders
        self._placing = placing
        self._quarantine = quarantine

    async def allow(
        self, *, method: str, number: str, amount: int, currency: str, query: str, now: datetime
    ) -> None:
        """Yes, and the time stays held until the money is here. Raises CheckoutRefused, StandsStill.

        The same question gets the same answer; a second one while somebody is paying does not.
        """
        self._quarantine.check()
        for _ in range(_TRIES):
            payment = await self._store.get(Payment, number=number) if number else None
            if payment is None or payment.method != method:
                raise CheckoutRefused("unknown")
            if payment.checkout == query and payment.state in UNSETTLED:
                return
            view = await self._orders.view(order_id=payment.order_id)
            _check(payment, view.order, (amount, currency), now)
            try:
                await self._store.apply(self._begun(payment, view, query, now))
                return
            except OutOfDate:
                continue  # another question, or the money: looked at anew
            except (SlotTaken, DayFull):
                raise CheckoutRefused("over") from None
        raise CheckoutRefused("under_way")

    def _begun(self, payment: Payment, view: OrderView, query: str, now: datetime) -> Changes:
        values = {"checkout": query, "checkout_at": now, "version": payment.version + 1}
        changes = Changes().add(
            Update(Payment, payment.id, values, expect={"version": payment.version})
        )
        if is_rest(payment=payment):
            return changes
        held = self._placing.hold_on(
            order=view.order, provider=view.provider, until=now + PAYING_FOR, now=now
        )
        return changes.add(*held)


def _check(payment: Payment, order: Order, asked: tuple[int, str], now: datetime) -> None:
    if payment.paid or _has(order, payment):
        raise CheckoutRefused("paid")
    if payment.state not in UNSETTLED or not still_due(order=order, payment=payment):
        raise CheckoutRefused("over")
    if not is_rest(payment=payment) and (order.asked_until is None or order.asked_until <= now):
        raise CheckoutRefused("over")
    began = payment.checkout_at
    if began is not None and now < began + ONE_AT_A_TIME:
        raise CheckoutRefused("under_way")
    if now >= payment.expires_at + (GRACE if began is not None else timedelta()):
        raise CheckoutRefused("over")
    if asked != (payment.amount, payment.currency):
        raise CheckoutRefused("differs")


def _has(order: Order, payment: Payment) -> bool:
    """Paid another way meanwhile."""
    lives = order.state not in (State.UNPAID, State.CANCELLED)
    return lives and not is_rest(payment=payment)
