"""Another provider when one fails: at the same time, for the same price, without an act of the customer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.availability.service import Availability
from core.changes import Update
from core.entity import NewId
from core.errors import DayFull, SlotTaken
from core.orders.advance import By, advance
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.place import Placing
from core.orders.service import Orders
from core.people.model import Provider, ProviderState, Skill
from core.ports import Store
from core.rules import Rules

MATCHING = By(Actor.MATCHING)


class Candidates(Protocol):
    """Who could come instead, the best first: does all the services, reaches the place, asks no more for them."""

    async def instead(
        self, *, service_ids: Sequence[int], lat: float, lon: float, most: int, start: datetime,
        minutes: int, limit: int,
    ) -> list[int]: ...  # fmt: skip


class Matching:
    def __init__(
        self, *, store: Store, orders: Orders, placing: Placing, availability: Availability,
        candidates: Candidates, rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._orders = orders
        self._placing = placing
        self._availability = availability
        self._candidates = candidates
        self._rules = rules
        self._new_id = new_id

    async def rematch(self, *, order_id: int, now: datetime) -> None:
        """Asks the next suitable provider, or ends the order with everything paid back."""
        view = await self._orders.view(order_id=order_id)
        if view.order.state is not State.SEARCHING:
            return
        if len(view.order.refused_by) <= self._rules.number("offer_rounds"):
            for provider in await self._suitable(view.order, view.provider, now):
                if await self._offer(order_id, provider, MATCHING, now):
                    return
        changes = await self._orders.end(
            view=view, verb="give_up", by=MATCHING, fee=0, reason="no_provider", now=now
        )
        await self._store.apply(changes)

    async def offer_to(
        self, *, order_id: int, provider_id: int, staff_id: int, now: datetime
    ) -> bool:
        """Staff name the next provider. False when that one has no time."""
        provider = await self._store.get(Provider, id=provider_id, state=ProviderState.APPROVED)
        by = By(Actor.STAFF, staff_id)
        return provider is not None and await self._offer(order_id, provider, by, now)

    async def suitable(self, *, order_id: int, now: datetime) -> list[Provider]:
        """Who could take the order now: for the staff's choice."""
        view = await self._orders.view(order_id=order_id)
        return await self._suitable(view.order, view.provider, now)

    async def _suitable(self, order: Order, former: Provider, now: datetime) -> list[Provider]:
        if order.starts_at <= now:
            return []
        ids = await self._candidates.instead(
            service_ids=[task.service_id for task in order.tasks], lat=order.lat, lon=order.lon,
            most=await self._most(order), start=order.starts_at, minutes=order.minutes, limit=30,
        )  # fmt: skip
        wanted = [i for i in ids if i not in order.refused_by and i != former.id]
        found = await self._store.find(Provider, id=wanted, state=ProviderState.APPROVED)
        usable = [p for p in found if p.working and p.person_id != order.customer_id]
        calendars = await self._availability.calendars(providers=usable, now=now)
        free = [
            c.provider
            for c in calendars
            if self._availability.fits(
                calendar=c, start=order.starts_at, minutes=order.minutes, now=now
            )
        ]
        return sorted(free, key=lambda provider: wanted.index(provider.id))

    async def _most(self, order: Order) -> int:
        """What the services may cost together, options aside: no more than before, nor than now."""
        wanted = [task.service_id for task in order.tasks]
        skills = await self._store.find(Skill, provider_id=order.provider_id, service_id=wanted)
        now = {skill.service_id: skill.price for skill in skills}
        return sum(min(task.price, now.get(task.service_id, task.price)) for task in order.tasks)

    async def _offer(self, order_id: int, provider: Provider, by: By, now: datetime) -> bool:
        view = await self._orders.view(order_id=order_id)
        order = view.order
        people = {"customer": order.customer_id, "provider": provider.person_id}
        changes = advance(
            order=order, verb="offer", by=by, now=now, new_id=self._new_id, people=people,
            facts={"provider": provider.id}, provider_id=provider.id,
            buffer_min=provider.buffer_min,
        )  # fmt: skip
        changes.add(*self._placing.claim(order=order, provider=provider, now=now))
        changes.add(Update(Order, order.id, {"asked_until": order.asked_until}))
        try:
            await self._store.apply(changes)
        except (SlotTaken, DayFull):
            return False
        return True
