"""Paying for orders: every outgoing call is an intention first, every answer a fact that is merged.

Whatever comes, in whatever order, late or twice, ends in the order served or the money back.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.changes import Changes, Insert, Once, Timer, Update
from core.entity import NewId
from core.errors import AlreadyDone, NotAllowedNow, OutOfDate, PaymentUnavailable, Unknown
from core.events import Event
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State
from core.orders.place import Placing
from core.orders.service import Orders
from core.payments.absorbing import Absorbing
from core.payments.checkout import Checkouts
from core.payments.disputing import Disputing
from core.payments.facts import DISPUTE_TOLD, REFUND_TOLD, Fact, Told
from core.payments.method import Intent, Method, NoAnswer
from core.payments.model import Notice, Payment, Purpose, Refund
from core.payments.rest import OPEN_FOR, rest_by_link, still_due
from core.payments.returning import Returning
from core.payments.service import (
    UNSETTLED,
    ask_again_at,
    ask_payment_at,
    fact_of_answer,
    fact_of_opening,
    intend,
    intent_of,
)
from core.payments.stray import Stray
from core.payments.to_pay import title_of
from core.payouts.model import Payout
from core.ports import Store
from core.quarantine.service import Quarantine
from core.reconciling.model import Difference, Kind, Why

_TRIES = 5
# As long as gateways repeat the notice of the charge itself.
_PATIENCE = timedelta(days=3)
# Payment pages live for a day at the most; what may be paid for longer gets a new one.
_LINK_LIVES = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a link is to be for, how much, and how long it can be paid."""

    purpose: Purpose
    amount: int
    until: datetime

    def by(self, payment: Payment, method: str, now: datetime) -> bool:
        """Whether this payment's link does it: what it is for, and the very amount, which may have changed."""
        same = (payment.method, payment.purpose) == (method, self.purpose)
        alive = payment.state in UNSETTLED and now < payment.lasts_until
        return same and alive and payment.amount == self.amount


class Payments:
    """`methods` are the online ways that have their secrets; the others are off."""

    def __init__(
        self, *, store: Store, orders: Orders, placing: Placing, methods: Mapping[str, Method],
        new_id: NewId, quarantine: Quarantine, zone: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._zone = ZoneInfo(zone)
        self._orders = orders
        self._methods = dict(methods)
        self._quarantine = quarantine
        self._new_id = new_id
        self.checkouts = Checkouts(
            store=store, orders=orders, placing=placing, quarantine=quarantine
        )
        self._absorbing = Absorbing(store=store, orders=orders, placing=placing, new_id=new_id)
        self._disputing = Disputing(
            store=store, orders=orders, methods=self._methods, new_id=new_id
        )
        self._returning = Returning(
            store=store, orders=orders, methods=self._methods, new_id=new_id
        )

    @property
    def online(self) -> list[str]:
        """Codes of the methods customers can choose from."""
        return list(self._methods)

    def _method(self, code: str) -> Method:
        if code not in self._methods:
            raise PaymentUnavailable(code)
        return self._methods[code]

    async def of_order(self, *, order_id: int) -> list[Payment]:
        """Payments of an order, the latest first."""
        return await self._store.find(Payment, order_id=order_id, order="-id")

    async def payer_of(self, *, number: str) -> int | None:
        """The customer whose payment it is, whoever pays it."""
        payment = await self._store.get(Payment, number=number)
        order = await self._store.get(Order, id=payment.order_id) if payment else None
        return order.customer_id if order else None

    async def refunds_of(self, *, order_id: int) -> list[Refund]:
        return await self._store.find(Refund, order_id=order_id, order="-id")

    async def begin(
        self, *, order_id: int, customer_id: int, language: str, now: datetime
    ) -> Payment:
        """A link to pay what is due now; asked again while it is open, the same link.

        Raises PaymentUnavailable when the gateway refuses, NotAllowedNow when nothing is due any more.
        """
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        order = view.order
        if order.state is not State.UNPAID or not order.asked_until or order.asked_until <= now:
            raise NotAllowedNow(verb="pay", state=order.state)
        purpose = Purpose.DEPOSIT if order.pay is Pay.DEPOSIT else Purpose.FULL
        until = min(order.asked_until, now + _LINK_LIVES)
        wanted = _Wanted(purpose, order.due_now, until)
        return await self._link(order, wanted, language, now)

    async def begin_rest(
        self, *, order_id: int, customer_id: int, language: str, now: datetime
    ) -> Payment:
        """A link to pay what is left of a bill that grew during the visit; asked again, the same link.

        Raises PaymentUnavailable, also where the order is paid on site, NotAllowedNow when nothing is left.
        """
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        amount = rest_by_link(order=view.order)
        if not amount:
            raise NotAllowedNow(verb="pay", state=view.order.state)
        wanted = _Wanted(Purpose.BALANCE, amount, now + OPEN_FOR)
        return await self._link(view.order, wanted, language, now)

    async def _link(self, order: Order, wanted: "_Wanted", language: str, now: datetime) -> Payment:
        self._quarantine.check()  # not even a link that was given out before
        method = self._method(order.method)
        payment = await self._one(order, wanted, now)
        if payment.url:
            return payment
        intent = self._intent(order, payment, language)
        try:
            opened = await method.open(intent=intent)
        except NoAnswer:
            opened = None
        await self.absorb(fact=fact_of_opening(payment=payment, opened=opened), now=now)
        known = await self._store.get(Payment, id=payment.id)
        if known is None or not known.url:
            raise PaymentUnavailable(order.method)
        return known

    async def _one(self, order: Order, wanted: "_Wanted", now: datetime) -> Payment:
        """The payment that can be paid, or a new one; of two taps in one moment the second finds the first's."""
        for _ in range(_TRIES):
            known = await self.of_order(order_id=order.id)
            for payment in known:
                if wanted.by(payment, order.method, now):
                    return payment
            with suppress(AlreadyDone):
                return await self._intend(order, wanted, len(known), now)
        raise OutOfDate()

    async def _intend(self, order: Order, wanted: "_Wanted", turn: int, now: datetime) -> Payment:
        payment = intend(
            new_id=self._new_id, order_id=order.id, method=order.method, purpose=wanted.purpose,
            amount=wanted.amount, currency=order.currency, now=now, expires_at=wanted.until,
        )  # fmt: skip
        ask = Timer(
            "payment.ask",
            payment.id,
            ask_payment_at(payment=payment, tries=0, now=now),
            f"payment.ask:{payment.id}",
        )
        once = Once(f"payment:{order.id}:{turn}")
        await self._store.apply(Changes().add(once, Insert(payment), ask))
        return payment

    @staticmethod
    def _intent(order: Order, payment: Payment, language: str) -> Intent:
        title = title_of(order=order, language=language)
        return intent_of(payment=payment, order_number=order.number, title=title, language=language)

    async def notice(
        self, *, method: str, raw: bytes, headers: Mapping[str, str], now: datetime
    ) -> bool:
        """Keeps a verified notice once; the work is done by the sweep. Raises NoticeRefused, PaymentUnavailable."""
        fact = self._method(method).read_notice(raw=raw, headers=headers, now=now)
        return fact is not None and await self.told(method=method, fact=fact, raw=raw, now=now)

    async def told(self, *, method: str, fact: Fact, raw: bytes, now: datetime) -> bool:
        """Keeps what whoever is known for sure told, once; the work is done by the sweep."""
        kept = Notice(
            id=self._new_id(), key=f"{method}:{fact.key}", method=method, received_at=now,
            payment_number=fact.number, fact=asdict(fact), body=raw.decode(errors="replace"),
        )  # fmt: skip
        due = Timer("notice.work", kept.id, now, f"notice:{kept.key}")
        try:
            await self._store.apply(Changes().add(Insert(kept, otherwise=AlreadyDone()), due))
        except AlreadyDone:
            return False
        return True

    async def work_notice(
        self, *, notice_id: int, now: datetime, tries: int = 0
    ) -> datetime | None:
        """Merges what a kept notice tells; one about something nobody knows is put aside for staff.

        When to try again, or None: a refund by hand may be heard of before the charge it is of.
        """
        kept = await self._store.get(Notice, id=notice_id)
        if kept is None or kept.worked_at is not None:
            return None
        fact = Fact(**(kept.fact | {"told": Told(kept.fact["told"])}))
        worked = Changes().add(Update(Notice, kept.id, {"worked_at": now}))
        try:
            await self.absorb(fact=fact, now=now)
        except Unknown:
            if await self._store.get(Stray, number=fact.refund_number or "-"):
                await self._store.apply(worked)
                return None
            early = fact.told in REFUND_TOLD | DISPUTE_TOLD and not fact.refund_number
            if early and now < kept.received_at + _PATIENCE:
                return ask_again_at(tries=tries, now=now)
            named = ("told", "number", "refund_number", "charge", "amount", "currency")
            facts = {name: kept.fact[name] for name in named} | {"method": kept.method}
            if fact.told is Told.PAID and fact.reference:
                one = await self._loose(kept, fact, now)
                worked.add(Insert(one, or_ignore=True))
                facts["difference"] = one.id
            worked.tell(Event("payment.stray", kept.id, 1, {}, facts))
        await self._store.apply(worked)
        return None

    async def _loose(self, kept: Notice, fact: Fact, now: datetime) -> Difference:
        """What the statement of the day will say of it, too: found once, whichever tells it first."""
        key = ":".join((kept.method, Kind.PAYMENT, fact.reference, Why.NOT_HERE))
        return await self._store.get(Difference, key=key) or Difference(
            id=self._new_id(), key=key, method=kept.method, kind=Kind.PAYMENT, why=Why.NOT_HERE,
            day=kept.received_at.astimezone(self._zone).date(), reference=fact.reference,
            number=fact.number, stated=fact.amount, currency=fact.currency, found_at=now,
        )  # fmt: skip

    async def ask(self, *, payment_id: int, tries: int, now: datetime) -> datetime | None:
        """Asks the gateway about a payment that is not settled; when to ask again, or None when all is known."""
        self._quarantine.check()
        payment = await self._store.get(Payment, id=payment_id)
        if payment is None or payment.state not in UNSETTLED:
            return None
        order = await self._store.get(Order, id=payment.order_id)
        if order is None or payment.method not in self._methods:
            return None
        method, intent = self._methods[payment.method], self._intent(order, payment, "en")
        over = not still_due(order=order, payment=payment) or payment.lasts_until <= now
        try:
            answer = await (method.close(intent=intent) if over else method.ask(intent=intent))
        except NoAnswer:
            return ask_payment_at(payment=payment, tries=tries, now=now)
        fact = fact_of_answer(payment=payment, answer=answer)
        if fact is not None:
            await self.absorb(fact=fact, now=now)
            payment = await self._store.get(Payment, id=payment_id) or payment
            if over or payment.state not in UNSETTLED:  # another amount leaves it open
                return None
        return ask_payment_at(payment=payment, tries=tries, now=now)

    async def check(self, *, order_id: int, customer_id: int, now: datetime) -> Order:
        """The customer says it is paid: the gateway is asked at once."""
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        for payment in await self.of_order(order_id=order_id):
            if payment.state in UNSETTLED:
                await self.ask(payment_id=payment.id, tries=0, now=now)
        return (await self._orders.view(order_id=view.order.id)).order

    async def absorb(self, *, fact: Fact, now: datetime) -> None:
        """Merges one fact and does what follows from it, all in one transaction. Raises Unknown."""
        if fact.told is Told.PAYOUT_ENDED:
            await self._ring(fact, now)
        elif fact.told in DISPUTE_TOLD:
            await self._disputing.absorb(fact=fact, now=now)
        elif fact.told in REFUND_TOLD:
            await self._returning.absorb(fact=fact, now=now)
        else:
            await self._absorbing.absorb(fact=fact, now=now)

    async def _ring(self, fact: Fact, now: datetime) -> None:
        """A transfer to a provider came to its end: to which, is asked for at once."""
        payout = await self._store.get(Payout, number=fact.number)
        if payout is None:
            raise Unknown("payout")
        bell = Timer("payout.send", payout.id, now, f"payout.send:{payout.id}")
        await self._store.apply(Changes().add(bell))

    async def given_by_hand(
        self, *, refund_id: int, reference: str, staff_id: int, now: datetime
    ) -> None:
        """A refund that the company refused to us was made by the staff. Raises AlreadyDone, Invalid."""
        self._quarantine.check()
        by = By(Actor.STAFF, staff_id)
        await self._returning.given(refund_id=refund_id, reference=reference, by=by, now=now)

    async def give_back(self, *, order_id: int, tries: int, now: datetime) -> datetime | None:
        """Sends back what is promised; when to look again, or None when all has arrived."""
        self._quarantine.check()
        return await self._returning.give_back(order_id=order_id, tries=tries, now=now)
