"""Proposals that were sent: who may see them, and how each step of one is written together with its order's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.changes import Changes, Update
from core.entity import NewId
from core.errors import AlreadyDone, NotAllowedNow, Unknown
from core.extras.model import Extra, ExtraState
from core.orders.advance import By, note
from core.orders.model import Order
from core.orders.service import Orders, OrderView
from core.ports import Store


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal that was sent, with its order as it stands."""

    extra: Extra
    view: OrderView

    @property
    def order(self) -> Order:
        return self.view.order

    def open(self, *, now: datetime) -> bool:
        """The customer is asked, and in time."""
        late = self.extra.until is not None and self.extra.until <= now
        return self.extra.state is ExtraState.OPEN and not late


class Proposals:
    def __init__(self, *, store: Store, orders: Orders, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._new_id = new_id

    async def of_order(self, *, order_id: int) -> list[Extra]:
        """All that was ever sent for this order, the first one first: for staff and renderers."""
        found = await self._store.find(Extra, order_id=order_id, order="turn")
        return [extra for extra in found if extra.sent_at is not None]

    async def proposal(self, *, extra_id: int) -> Proposal:
        """Whoever asks: for the clock and renderers, never straight from a button. Raises Unknown for a draft."""
        extra = await self._store.get(Extra, id=extra_id)
        if extra is None or extra.sent_at is None:
            raise Unknown("extra")
        return Proposal(extra, await self._orders.view(order_id=extra.order_id))

    async def for_customer(self, *, extra_id: int, customer_id: int) -> Proposal:
        """Raises Unknown for somebody else's, and for one that was not sent."""
        one = await self.proposal(extra_id=extra_id)
        if one.order.customer_id != customer_id:
            raise Unknown("extra")
        return one

    async def for_provider(self, *, extra_id: int, person_id: int) -> Proposal:
        """Raises Unknown for anybody but the provider who made it and still has the order."""
        one = await self.proposal(extra_id=extra_id)
        mine = one.view.provider
        if mine.person_id != person_id or mine.id != one.extra.provider_id:
            raise Unknown("extra")
        return one

    async def closed(
        self, *, one: Proposal, state: ExtraState, verb: str, by: By, now: datetime
    ) -> Changes:
        """It comes to nothing: the bill and the length of the visit are as before. Raises as `asked` does."""
        asked(one=one, wanted=state)
        order = one.order
        freed = await self._orders.length.as_before(
            order=order, provider=one.view.provider, now=now
        )
        changes = self.moved(
            extra=one.extra, was=ExtraState.OPEN, state=state, answered_at=now
        ).add(*freed)
        return self.noted(
            changes, one=one, verb=verb, by=by, now=now, values={"extra_id": None, "extra_min": 0}
        )

    def moved(self, *, extra: Extra, was: ExtraState, **values: Any) -> Changes:
        """The proposal's own row; who comes second finds it changed."""
        values = {"version": extra.version + 1, **values}
        expect = {"version": extra.version, "state": was}
        change = Update(Extra, extra.id, values, expect=expect)
        for name, value in values.items():
            setattr(extra, name, value)
        return Changes().add(change)

    def noted(
        self, changes: Changes, *, one: Proposal, verb: str, by: By, now: datetime,
        values: dict[str, Any] | None = None, facts: dict[str, Any] | None = None,
    ) -> Changes:  # fmt: skip
        """The order's side of the step: its guard, its timeline, the news."""
        told = {"extra": one.extra.id, "amount": one.extra.amount} | (facts or {})
        step = note(
            order=one.order, verb=verb, by=by, now=now, new_id=self._new_id,
            people=one.view.people, facts=told, **(values or {}),
        )  # fmt: skip
        return changes.add(*step.items).tell(*step.events)


def asked(*, one: Proposal, wanted: ExtraState) -> None:
    """Raises AlreadyDone where it is what is wanted, NotAllowedNow where nobody waits for an answer any more."""
    if one.extra.state is wanted:
        raise AlreadyDone()
    if one.extra.state is not ExtraState.OPEN or one.order.extra_id != one.extra.id:
        raise NotAllowedNow(verb="extra", state=one.extra.state)
