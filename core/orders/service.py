"""What customers and staff do with an order once it is placed; everything a viewer may see of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.anew import decided_anew
from core.availability.service import Availability
from core.changes import Change, Changes, Mask, Release, Timer
from core.entity import Entity, NewId
from core.errors import FeeChanged, Unknown
from core.ids import read_order_number
from core.ledger.postings import CANCELLED
from core.ledger.service import Facts, cancellation, post
from core.orders.advance import By, advance, note
from core.orders.asks import ended
from core.orders.earned import release_due
from core.orders.length import Length
from core.orders.lifecycle import PROMISED, Actor, keeps_time
from core.orders.model import Answer, Ask, Order, Stage, State, Step, WorkPhoto
from core.orders.terms import cancel_terms, term
from core.people.model import Person, Provider
from core.ports import Store
from core.promotions.using import give_back
from core.waitlist.model import freed


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with the people of it and the photos of its work, as loaded for one viewer."""

    order: Order
    customer: Person
    provider: Provider
    photos: tuple[WorkPhoto, ...] = ()

    @property
    def people(self) -> dict[str, int]:
        return {"customer": self.customer.id, "provider": self.provider.person_id}

    def photos_of(self, stage: Stage) -> list[WorkPhoto]:
        return [photo for photo in self.photos if photo.stage is stage]

    def lacks(self, stage: Stage) -> bool:
        """Photos of this stage are asked for and there is none."""
        return self.order.asks(stage) and not self.photos_of(stage)


def bill_of(*, order: Order) -> dict[str, Any]:
    """What the order costs and for when, as it is kept with money that moves now."""
    starts_at = order.starts_at.isoformat()
    return {"lines": order.lines, "discount": order.discount, "starts_at": starts_at}


def facts_of(*, order: Order) -> Facts:
    return Facts(
        order_id=order.id, currency=order.currency, provider_id=order.provider_id,
        method=order.method, bill=bill_of(order=order),
    )  # fmt: skip


SIDES: Final[dict[str, type[Entity]]] = {"customer_id": Person, "provider_id": Provider}


class Orders:
    def __init__(self, *, store: Store, availability: Availability, new_id: NewId) -> None:
        self._store = store
        self._availability = availability
        self._new_id = new_id
        self.length = Length(availability=availability)

    async def view(self, *, order_id: int) -> OrderView:
        """The order whoever asks: for services and renderers, never straight from a button. Raises Unknown."""
        found = await self._store.with_others(Order, SIDES, id=order_id)
        if found is None:
            raise Unknown("order")
        order, customer, provider = found
        return OrderView(order, customer, provider, await self._photos(order))

    async def _photos(self, order: Order) -> tuple[WorkPhoto, ...]:
        """The present provider's, in the order of sending; read only where some were asked for."""
        if not any(order.asks(stage) for stage in Stage):
            return ()
        found = await self._store.find(WorkPhoto, order_id=order.id, provider_id=order.provider_id)
        return tuple(sorted(found, key=lambda photo: (list(Stage).index(photo.stage), photo.place)))

    async def for_customer(self, *, order_id: int, customer_id: int) -> OrderView:
        """Raises Unknown for an order of somebody else, just as for none at all."""
        view = await self.view(order_id=order_id)
        if view.order.customer_id != customer_id:
            raise Unknown("order")
        return view

    async def for_provider(self, *, order_id: int, person_id: int) -> OrderView:
        """The order as its present provider may see it. Raises Unknown."""
        view = await self.view(order_id=order_id)
        if view.provider.person_id != person_id:
            raise Unknown("order")
        return view

    async def by_number(self, *, text: str) -> Order | None:
        """The order with a typed number, or None; the caller checks who may see it."""
        number = read_order_number(text)
        return await self._store.get(Order, number=number) if number else None

    async def timeline(self, *, order_id: int) -> list[Step]:
        return await self._store.find(Step, order_id=order_id, order="version")

    @decided_anew
    async def cancel(
        self, *, order_id: int, by: By, now: datetime, reason: str = "", fee: int | None = None,
        shown: int | None = None,
    ) -> OrderView:  # fmt: skip
        """Ends the order, frees the time, pays back what the terms say (staff may name the fee).

        Raises NotAllowedNow when it is too late for that, FeeChanged where it costs something else than was `shown`.
        """
        view = await self.view(order_id=order_id)
        self._check_customer(view, by)
        terms = cancel_terms(order=view.order, now=now)
        if shown is not None and shown != terms.fee:
            raise FeeChanged(terms.fee)
        kept = terms.fee if fee is None or by.actor is not Actor.STAFF else fee
        changes = await self.end(view=view, verb="cancel", by=by, fee=kept, reason=reason, now=now)
        await self._store.apply(changes)
        return view

    @staticmethod
    def _check_customer(view: OrderView, by: By) -> None:
        if by.actor is Actor.CUSTOMER and view.order.customer_id != by.id:
            raise Unknown("order")

    async def end(
        self, *, view: OrderView, verb: str, by: By, fee: int, reason: str, now: datetime,
        came: int = 0, override: str = "",
    ) -> Changes:  # fmt: skip
        """The changes that end an order without a visit, whoever wants it; `came` is money that came just now.

        `override`: why staff did it in somebody's place.
        """
        order, was = view.order, view.order.state
        freed = await self.free_time(view=view, now=now, firm=keeps_time(order=order))
        held = order.paid + came - order.refund_due
        # Whoever had promised to come has kept the time free: a part of the fee is his.
        part = term(order=order, rule="cancel_to_provider_bp") if was in PROMISED else 0
        figures = cancellation(paid=held, fee=fee, provider_bp=part)
        changes = advance(
            order=order, verb=verb, by=by, now=now, new_id=self._new_id, people=view.people,
            facts={"fee": figures["fee"] + figures["fee_to_provider"], "was": was.value,
                   "to_provider": figures["fee_to_provider"], "refund": figures["refund"],
                   "reason": reason[:200]} | ({"override": override[:200]} if override else {}),
            cancelled_by=by.actor.value, reason=reason[:200], asked_until=None,
            paid=order.paid + came, refund_due=order.refund_due + figures["refund"], extra_min=0,
        )  # fmt: skip
        if was is State.SEARCHING:
            asks = await self._store.find(Ask, order_id=order.id, answer=Answer.OPEN)
            lost = ended(order=order, asks=asks, answer=Answer.GONE, now=now)
            changes.add(*lost.items).tell(*lost.events)
        changes.add(*freed, *await give_back(store=self._store, order=order))
        if held:
            facts = facts_of(order=order)
            who = f"{by.actor.value}:{by.id}"
            changes.post(
                post(id=self._new_id(), event=CANCELLED, facts=facts, figures=figures, at=now,
                     actor=who)
            )  # fmt: skip
        if figures["fee_to_provider"]:
            changes.add(release_due(order_id=order.id, now=now))
        if figures["refund"]:
            due = Timer("order.refund", order.id, now, f"order.refund:{order.id}:{order.version}")
            changes.add(due)
        return changes

    async def free_time(self, *, view: OrderView, now: datetime, firm: bool) -> list[Change]:
        """The provider's time given back: the claims vanish, the day's mask shows it free within his hours."""
        order = view.order
        minutes = order.minutes + order.extra_min + order.buffer_min
        why = f"order:{order.id}:{order.version}"
        items: list[Change] = [
            Release(order.id),
            freed(provider_id=view.provider.id, now=now, why=why),
        ]
        if firm:
            calendar = await self._availability.calendar(provider=view.provider, now=now)
            day, bits = self._availability.mask_bits(start=order.starts_at, minutes=minutes)
            within = self._availability.hours_mask(calendar=calendar, day=day)
            items.append(Mask(view.provider.id, day, give=bits, within=within))
        return items

    @decided_anew
    async def expire(self, *, order_id: int, now: datetime) -> None:
        """The time to pay is over; does nothing if the order moved on or the deadline was set anew."""
        view = await self.view(order_id=order_id)
        order = view.order
        if order.state is not State.UNPAID or (order.asked_until and order.asked_until > now):
            return
        by = By(Actor.CLOCK)
        await self._store.apply(
            await self.end(view=view, verb="expire", by=by, fee=0, reason="unpaid", now=now)
        )

    @decided_anew
    async def remark(
        self, *, order_id: int, by: By, verb: str, facts: dict[str, Any], now: datetime
    ) -> None:
        """Something worth a line in the timeline that moves nothing."""
        view = await self.view(order_id=order_id)
        changes = note(
            order=view.order, verb=verb, by=by, now=now, new_id=self._new_id, people=view.people,
            facts=facts,
        )  # fmt: skip
        await self._store.apply(changes)
