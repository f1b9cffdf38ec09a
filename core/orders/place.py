"""From a draft to an order: the slot is claimed, counts are taken, everybody is told, in one transaction."""

import random
from collections.abc import Sequence
from datetime import datetime

from core.availability.service import Availability
from core.catalog.model import Service
from core.changes import (
    Changes,
    Claim,
    HoldLimit,
    Insert,
    Mask,
    Release,
    Timer,
    Update,
)
from core.entity import NewId
from core.errors import (
    DayFull,
    DomainError,
    Frozen,
    Invalid,
    OutOfDate,
    SlotTaken,
    TooManyHolds,
    Unknown,
)
from core.events import Event
from core.ids import order_number
from core.levels.table import off_bp
from core.orders.booking import Booking, Bookings
from core.orders.countdown import answer_by, answer_timers, pay_by
from core.orders.lifecycle import Actor, keeps_time
from core.orders.model import Draft, Order, Pay, State, Step
from core.orders.reminders import Reminding
from core.orders.terms import in_force
from core.people.model import Person, Provider
from core.ports import Store
from core.pricing import Quote
from core.promotions.model import Coupon
from core.promotions.using import use
from core.relay.masking import all_crossing, crossing
from core.rules import Rules
from core.waitlist.line import Line
from core.waitlist.model import Waiting, WaitState, freed

_NUMBERS = 20


class NumberTaken(DomainError):
    """Another order has this number."""


class Placing:
    """The use case "confirm": see `place`."""

    def __init__(
        self, *, store: Store, bookings: Bookings, availability: Availability, line: Line,
        rules: Rules, reminding: Reminding, new_id: NewId, rng: random.Random, currency: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._bookings = bookings
        self._availability = availability
        self._line = line
        self._rules = rules
        self._reminding = reminding
        self._new_id = new_id
        self._rng = rng
        self._currency = currency

    async def place(self, *, customer_id: int, now: datetime) -> Order:
        """Makes the order of the customer's draft; a repeated tap gets the same order.

        Raises SwitchedOff while no bookings are taken, SlotTaken with alternatives, DayFull, TooManyHolds, CouponGone,
        Invalid(field, "missing"), Invalid("pay", "not_offered") for a way that was offered when it was chosen,
        Invalid("lat", "too_far") for a provider whose area became smaller, Unknown.
        """
        booking = await self._bookings.open(customer_id=customer_id)
        if booking.draft.order_id is not None:
            return await self._placed(booking.draft.order_id)
        self._rules.require("bookings_open")
        try:
            return await self._place(booking, now)
        except DomainError:
            # the one who was faster may have been the same customer's other tap
            again = await self._bookings.open(customer_id=customer_id)
            if again.draft.order_id is None:
                raise
            return await self._placed(again.draft.order_id)

    async def _place(self, booking: Booking, now: datetime) -> Order:
        provider, quote, start = self._complete(booking)
        if start < now:
            raise await self._taken(booking, provider, now)
        customer = await self._store.get(Person, id=booking.draft.customer_id)
        if customer is None or provider.person_id == customer.id:
            raise Unknown("provider")
        if customer.frozen:
            raise Frozen(customer.frozen_reason)
        lat, lon = booking.draft.lat or 0.0, booking.draft.lon or 0.0
        if not self._bookings.reaches(provider=provider, lat=lat, lon=lon):
            raise Invalid("lat", "too_far")
        await self._bookings.check_provider(booking=booking, now=now)
        coupon = await self._bookings.checked_coupon(booking=booking, now=now)
        line = await self._line.of_day(provider=provider, start=start)
        held = self._held(line, booking, provider, start)
        calendar = await self._availability.calendar(
            provider=provider, now=now, but=held.id if held else None, needs=booking.needs,
            at=booking.draft.point,
        )  # fmt: skip
        if not self._availability.offers(
            calendar=calendar, minutes=quote.minutes, start=start, now=now
        ):
            raise await self._taken(booking, provider, now)
        if held is None and await self._line.serve(provider=provider, line=line, now=now):
            line = await self._line.of_day(provider=provider, start=start)
        order = self.order_of(booking=booking, provider=provider, quote=quote, start=start, now=now)
        try:
            changes = await self._changes(order, booking, provider, coupon, line, now)
            await self.commit(changes=changes, order=order)
        except (SlotTaken, DayFull):
            raise await self._taken(booking, provider, now) from None
        return order

    @staticmethod
    def _held(
        line: Sequence[Waiting], booking: Booking, provider: Provider, start: datetime
    ) -> Waiting | None:
        """The place in line for which this very time is held."""
        mine = (one for one in line if one.person_id == booking.draft.customer_id)
        told = (one for one in mine if one.state is WaitState.TOLD and one.starts_at == start)
        return next((one for one in told if one.offered_by == provider.id), None)

    @staticmethod
    def _out_of_line(
        order: Order, line: Sequence[Waiting], now: datetime
    ) -> list[Update | Release | Timer]:
        """Whoever books the service on that day waits for it no more; what they were held goes to the next."""
        found: list[Update | Release | Timer] = []
        for one in line:
            if (one.person_id, one.service_id) != (order.customer_id, order.service_id):
                continue
            booked = {"state": WaitState.BOOKED}
            found += [Update(Waiting, one.id, booked, expect={"state": one.state}), Release(one.id)]
            if one.offered_by is not None:
                why = f"waiting:{one.id}"
                found.append(freed(provider_id=one.offered_by, now=now, why=why))
        return found

    async def _placed(self, order_id: int) -> Order:
        order = await self._store.get(Order, id=order_id)
        if order is None:
            raise Unknown("order")
        return order

    @staticmethod
    def _complete(booking: Booking) -> tuple[Provider, Quote, datetime]:
        draft = booking.draft
        for name in ("provider_id", "starts_at", "lat", "detail", "pay", "method"):
            if getattr(draft, name) in (None, ""):
                raise Invalid(name, "missing")
        if booking.provider is None or booking.quote is None or draft.starts_at is None:
            raise Unknown("provider")
        if draft.pay not in booking.quote.ways:
            raise Invalid("pay", "not_offered")
        return booking.provider, booking.quote, draft.starts_at

    async def _taken(self, booking: Booking, provider: Provider, now: datetime) -> DomainError:
        calendar = await self._availability.calendar(
            provider=provider, now=now, needs=booking.needs, at=booking.draft.point
        )
        wanted, minutes = booking.draft.starts_at, booking.quote.minutes if booking.quote else 0
        assert wanted is not None
        near = self._availability.alternatives(
            calendar=calendar, minutes=minutes, wanted=wanted, now=now
        )
        return SlotTaken(provider_id=provider.id, starts_at=wanted, alternatives=near)

    def order_of(
        self, *, booking: Booking, provider: Provider, quote: Quote, start: datetime, now: datetime
    ) -> Order:
        """The order a booking becomes, its wishes and terms as they are now; nothing is written yet."""
        draft, service = booking.draft, booking.service
        pay, method = draft.pay or Pay.FULL, draft.method or ""
        to_pay = quote.due(pay)
        state = State.UNPAID if to_pay else State.OFFERED
        return Order(
            id=self._new_id(), number=order_number(rng=self._rng), customer_id=draft.customer_id,
            provider_id=provider.id, service_id=service.id, state=state, starts_at=start,
            minutes=quote.minutes, buffer_min=provider.buffer_min, place=draft.place,
            detail=draft.detail, lat=draft.lat or 0.0, lon=draft.lon or 0.0,
            notes=crossing(text=draft.notes, rules=self._rules).text,
            photos=draft.photos, snapshot=snapshot(service=service),
            answers=all_crossing(texts=draft.answers, rules=self._rules),
            further=_further(booking, self._rules), lines=[line.as_dict() for line in quote.lines],
            currency=self._currency, total=quote.total, discount=quote.discount,
            coupon=quote.coupon, pay=pay, method=method, due_now=to_pay,
            commission_bp=service.commission_bp,
            off_bp=off_bp(level=provider.level, rules=self._rules),
            start_code=f"{self._rng.randrange(10_000):04d}",
            created_at=now, reached={state.value: now.isoformat()},
            terms=in_force(rules=self._rules),
        )  # fmt: skip

    async def _changes(
        self, order: Order, booking: Booking, provider: Provider, coupon: Coupon | None,
        line: Sequence[Waiting], now: datetime,
    ) -> Changes:  # fmt: skip
        draft = booking.draft
        changes = Changes()
        if order.state is State.UNPAID:
            most = self._rules.number("holds_per_customer")
            changes.add(HoldLimit(order.customer_id, State.UNPAID, most, now, TooManyHolds(most)))
        taken = {"order_id": order.id, "version": draft.version + 1}
        # A repeated tap must meet the draft first, a rival the claim before anything is written in vain.
        changes.add(
            Update(Draft, draft.id, taken, expect={"version": draft.version, "order_id": None}),
            *self._out_of_line(order, line, now),
        )
        self.write(changes=changes, order=order, provider=provider, now=now)
        if coupon is None:
            return changes
        return changes.add(
            *await use(store=self._store, coupon=coupon, order=order, new_id=self._new_id)
        )

    def write(self, *, changes: Changes, order: Order, provider: Provider, now: datetime) -> None:
        """Adds the new order with its time, its first step, its reminders and the news of it."""
        changes.add(
            *self.claim(order=order, provider=provider, now=now), Insert(order, otherwise=NumberTaken()),
            self._first_step(order, now), *self._reminding.timers(order=order, now=now),
        )  # fmt: skip
        people = {"customer": order.customer_id, "provider": provider.person_id}
        name = "order.placed" if order.state is State.UNPAID else "order.offered"
        changes.tell(Event(name, order.id, order.version, people))

    async def commit(self, *, changes: Changes, order: Order) -> None:
        """Under another number, should an order have this one: the more there are, the more often."""
        for _ in range(_NUMBERS):
            try:
                return await self._store.apply(changes)
            except NumberTaken:
                order.number = order_number(rng=self._rng)
        raise OutOfDate

    def claim(
        self, *, order: Order, provider: Provider, now: datetime
    ) -> list[Claim | Mask | Timer]:
        """The provider's time for this order: a hold with its expiry while unpaid, firm with a countdown else.

        A visit of a series is paid much later, so its time is firm at once. Sets `order.asked_until`; the caller
        writes it with the order.
        """
        if order.state is State.UNPAID:
            until = pay_by(order=order, now=now, rules=self._rules)
            order.asked_until = until
            key = f"order.expire:{order.id}:{order.version}"
            expiry = Timer("order.expire", order.id, until, key)
            if keeps_time(order=order):
                return [*self.firm(order=order, provider=provider, now=now), expiry]
            hold = self._availability.hold(
                order_id=order.id, provider=provider, start=order.starts_at,
                minutes=order.minutes, at=order.point, until=until, now=now,
            )  # fmt: skip
            return [hold, expiry]
        until = answer_by(
            start=order.starts_at, now=now, rules=self._rules, zone=self._availability.zone
        )
        order.asked_until = until
        return [
            *self.firm(order=order, provider=provider, now=now),
            *answer_timers(
                order=order, by=until, now=now, rules=self._rules, version=order.version
            ),
        ]

    def hold_on(
        self, *, order: Order, provider: Provider, until: datetime, now: datetime
    ) -> list[Update | Claim | Timer]:
        """An unpaid order's time is kept until then, at least: somebody is just paying."""
        if order.asked_until is None or until <= order.asked_until:
            return []
        key = f"order.expire:{order.id}:{order.version}:{int(until.timestamp())}"
        same = {"version": order.version, "state": State.UNPAID}
        longer = Update(Order, order.id, {"asked_until": until}, expect=same)
        expiry = Timer("order.expire", order.id, until, key)
        if keeps_time(order=order):
            return [longer, expiry]
        hold = self._availability.hold(
            order_id=order.id, provider=provider, start=order.starts_at, minutes=order.minutes,
            at=order.point, until=until, now=now,
        )  # fmt: skip
        return [hold, longer, expiry]

    def reminders(self, *, order: Order, now: datetime) -> list[Timer]:
        """Both sides' reminders of the visit, set (anew) for its present start."""
        return self._reminding.timers(order=order, now=now)

    def firm(self, *, order: Order, provider: Provider, now: datetime) -> list[Claim | Mask]:
        """The provider's time for good, out of the day's mask, too."""
        claim = self._availability.hold(
            order_id=order.id, provider=provider, start=order.starts_at, minutes=order.minutes,
            at=order.point, until=None, now=now,
        )  # fmt: skip
        day, bits = self._availability.mask_bits(start=order.starts_at, minutes=claim.minutes)
        return [claim, Mask(provider.id, day, take=bits)]

    def _first_step(self, order: Order, now: datetime) -> Insert:
        step = Step(
            id=self._new_id(), order_id=order.id, provider_id=order.provider_id,
            version=order.version, verb="place", from_state="", to_state=order.state.value,
            actor=Actor.CUSTOMER.value, actor_id=order.customer_id, at=now,
        )  # fmt: skip
        return Insert(step)


def snapshot(*, service: Service) -> dict[str, object]:
    """What an order keeps of its service, whatever staff change later."""
    return {
        "names": service.names, "emoji": service.emoji, "unit": service.unit,
        "photos": service.photos, "work_photos": service.work_photos.value,
        "certificate": service.certificate,
        "questions": service.questions, "deposit_bp": service.deposit_bp,
    }  # fmt: skip


def _further(booking: Booking, rules: Rules) -> list[dict[str, object]]:
    """The same of each further service of the visit, with what is kept of the main one beside its snapshot."""
    pairs = zip(booking.further, booking.draft.picks[1:], strict=True)
    return [
        {
            "service_id": service.id, "commission_bp": service.commission_bp,
            "answers": all_crossing(texts=pick.answers, rules=rules),
            **snapshot(service=service),
        }
        for service, pick in pairs
    ]  # fmt: skip
