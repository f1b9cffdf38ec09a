"""Nobody can come at the time that was promised: the customer takes another one with one tap, or gets everything back.

The order stays what it is (service, address, wishes, photos, payment); silence brings the money back by itself.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from core.anew import decided_anew
from core.availability.service import Availability
from core.changes import Changes, Timer, Update
from core.entity import NewId
from core.errors import DayFull, NotAllowedNow, SlotTaken
from core.levels.table import off_bp
from core.orders.advance import ON_TIME, By, advance
from core.orders.lifecycle import Actor
from core.orders.model import Order, State, Step
from core.orders.night import counts_from
from core.orders.place import Placing
from core.orders.pool import Candidate, Pool
from core.orders.repricing import at_prices, kept
from core.orders.service import Orders, OrderView
from core.people.model import Provider
from core.ports import Store
from core.rules import Rules

SOONEST = timedelta(minutes=30)
"""Another time begins no sooner than that: somebody must be asked and come."""
DAYS = 8
MOST = 12
TO_THINK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another time with somebody who has it; `total` is never more than what was agreed."""

    provider: Provider
    starts_at: datetime
    total: int


class Choosing:
    def __init__(
        self, *, store: Store, orders: Orders, placing: Placing, availability: Availability,
        pool: Pool, rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._orders = orders
        self._placing = placing
        self._availability = availability
        self._pool = pool
        self._rules = rules
        self._new_id = new_id

    async def any_left(self, *, order: Order, now: datetime) -> bool:
        return bool(await self._alternatives(order, now))

    async def alternatives(self, *, order_id: int, now: datetime) -> list[Alternative]:
        """The nearest other times first, at most MOST; with each time the best who has it. Raises Unknown."""
        view = await self._orders.view(order_id=order_id)
        return await self._alternatives(view.order, now)

    async def _alternatives(self, order: Order, now: datetime) -> list[Alternative]:
        able = await self._able(order, now)
        providers = [one.provider for one in able]
        free = {one.id: await self._free(order, one, now) for one in providers}
        offered = sorted(
            (abs(start - order.starts_at), start, place)
            for place, one in enumerate(able)
            for start in free[one.provider.id]
        )
        best = [next(same) for _, same in groupby(offered, key=lambda found: found[1])]
        return [self._alternative(order, able[place], start) for _, start, place in best[:MOST]]

    @staticmethod
    def _alternative(order: Order, one: Candidate, start: datetime) -> Alternative:
        total = at_prices(order=order, prices=one.prices)["total"]
        return Alternative(one.provider, start, total)

    async def _able(self, order: Order, now: datetime) -> list[Candidate]:
        """Everybody with time in those days: who failed is left out, but not who only could not come then.

        One no is to one time. Who said no twice, or gave the visit back besides, is not chosen only to fail again.
        """
        ids = await self._pool.around(order=order, start=max(order.starts_at, now), days=DAYS)
        steps = await self._store.find(Step, order_id=order.id, verb=["decline", "refuse"])
        noes, failed = (
            Counter(int(step.facts["provider"]) for step in steps), Counter(order.refused_by),
        )  # fmt: skip
        out = {one for one, times in failed.items() if not times == noes[one] == 1}
        return await self._pool.able(order=order, ids=[i for i in ids if i not in out])

    async def _free(self, order: Order, provider: Provider, now: datetime) -> list[datetime]:
        """The provider's starts on the day and those after it, but the one that failed."""
        calendar = await self._availability.calendar(
            provider=provider, now=now, needs=order.needs, at=order.point
        )
        first = self._availability.today(now=max(order.starts_at, now))
        found: list[datetime] = []
        for ahead in range(DAYS):
            found += self._availability.starts(
                calendar=calendar, minutes=order.minutes, day=first + timedelta(days=ahead),
                now=now, notice=SOONEST,
            )  # fmt: skip
            if len(found) > MOST:
                break
        return [start for start in found if start != order.starts_at]

    def consult(self, *, view: OrderView, now: datetime) -> Changes:
        """The customer is asked what to do, with so much time to say it."""
        order = view.order
        begins = counts_from(
            start=order.starts_at, now=now, rules=self._rules, zone=self._availability.zone
        )
        most = begins + timedelta(minutes=self._rules.number("choice_minutes"))
        until = max(min(most, order.starts_at), now + TO_THINK)
        changes = advance(
            order=order, verb="consult", by=By(Actor.MATCHING), now=now, new_id=self._new_id,
            people={"customer": order.customer_id}, asked_until=until,
        )  # fmt: skip
        key = f"order.give_up:{order.id}:{order.version}"
        return changes.add(Timer("order.give_up", order.id, until, key))

    @decided_anew
    async def choose(
        self, *, order_id: int, customer_id: int, provider_id: int, start: datetime, now: datetime
    ) -> OrderView:
        """Takes another time: its provider is asked, everything else stays.

        Raises SlotTaken when it is gone meanwhile, NotAllowedNow, Unknown.
        """
        view = await self._orders.for_customer(order_id=order_id, customer_id=customer_id)
        order = view.order
        if order.state is not State.CHOOSING:
            raise NotAllowedNow(verb="choose", state=order.state)
        candidate = await self._still(order, provider_id, start, now)
        provider = candidate.provider
        people = {"customer": order.customer_id, "provider": provider.person_id}
        changes = advance(
            order=order, verb="choose", by=By(Actor.CUSTOMER, customer_id), now=now,
            new_id=self._new_id, people=people, facts={"provider": provider.id},
            provider_id=provider.id, buffer_min=provider.buffer_min, starts_at=start,
            asking=kept(prices=candidate.prices),
            off_bp=off_bp(level=provider.level, rules=self._rules), **ON_TIME,
        )  # fmt: skip
        changes.add(*self._placing.claim(order=order, provider=provider, now=now))
        changes.add(*self._placing.reminders(order=order, now=now))
        changes.add(Update(Order, order.id, {"asked_until": order.asked_until}))
        try:
            await self._store.apply(changes)
        except DayFull:
            raise SlotTaken(provider_id, start) from None
        return await self._orders.view(order_id=order_id)

    async def _still(
        self, order: Order, provider_id: int, start: datetime, now: datetime
    ) -> Candidate:
        able: Sequence[Candidate] = await self._pool.able(order=order, ids=[provider_id])
        for one in able:
            if start in await self._free(order, one.provider, now):
                return one
        raise SlotTaken(provider_id, start)

    @decided_anew
    async def give_up(self, *, order_id: int, now: datetime) -> None:
        """The customer said nothing: everything goes back. Does nothing if the order moved on meanwhile."""
        view = await self._orders.view(order_id=order_id)
        order = view.order
        if order.state is not State.CHOOSING or (order.asked_until and order.asked_until > now):
            return
        changes = await self._orders.end(
            view=view, verb="give_up", by=By(Actor.CLOCK), fee=0, reason="no_choice", now=now
        )
        await self._store.apply(changes)
