"""Another provider when one fails: at the same time, at no higher price, without an act of the customer.

Far from the start they are asked one after the other; near it several at once. When nobody can come, the customer
chooses: another time, or everything back (core/orders/choosing.py).
"""

from datetime import datetime, timedelta

from core.availability.service import Availability
from core.changes import Changes, Release, Update
from core.entity import NewId
from core.errors import DayFull, SlotTaken
from core.levels.table import off_bp
from core.orders.advance import ON_TIME, By, advance
from core.orders.asks import ended
from core.orders.at_once import MATCHING, AtOnce
from core.orders.choosing import Choosing
from core.orders.countdown import start_for
from core.orders.lifecycle import Actor
from core.orders.model import Answer, Order, State, Step
from core.orders.place import Placing
from core.orders.pool import Candidate, Pool
from core.orders.repricing import kept
from core.orders.service import Orders, OrderView
from core.people.model import Provider
from core.ports import Store
from core.rules import Rules


class Matching:
    def __init__(
        self, *, store: Store, orders: Orders, placing: Placing, availability: Availability,
        pool: Pool, at_once: AtOnce, choosing: Choosing, rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._orders = orders
        self._placing = placing
        self._availability = availability
        self._pool = pool
        self._at_once = at_once
        self._choosing = choosing
        self._rules = rules
        self._new_id = new_id

    async def rematch(self, *, order_id: int, now: datetime) -> None:
        """Asks the next suitable provider, or several at once near the start; with nobody left the customer decides."""
        view = await self._orders.view(order_id=order_id)
        if view.order.state is not State.SEARCHING:
            return
        if await self._at_once.running(order=view.order, now=now):
            return
        if not await self._ask_next(await self._orders.view(order_id=order_id), now):
            await self._store.apply(await self._nobody(order_id, now))

    async def _ask_next(self, view: OrderView, now: datetime) -> bool:
        order = view.order
        start = start_for(order=order, now=now, rules=self._rules)
        rounds, wave = await self._rounds(order)
        if start is None or rounds >= self._rules.number("offer_rounds"):
            return False
        near = start - now <= timedelta(minutes=self._rules.number("together_minutes"))
        able = await self._suitable(order, view.provider, start, now, nearest=near)
        if near:
            asked = await self._at_once.ask(
                order_id=order.id, able=able, start=start, wave=wave + 1, now=now
            )
            return asked > 0
        for candidate in able:
            if await self._offer(order.id, candidate, start, MATCHING, now):
                return True
        return False

    async def _rounds(self, order: Order) -> tuple[int, int]:
        """(how often somebody was asked instead since the customer chose the time, the last wave's number)."""
        steps = await self._store.find(
            Step, order_id=order.id, verb=["offer", "ask", "choose"], order="version"
        )
        waves = {int(step.facts["wave"]) for step in steps if step.verb == "ask"}
        chosen = max((n for n, step in enumerate(steps) if step.verb == "choose"), default=-1)
        rounds = {step.facts.get("wave", f"offer {step.version}") for step in steps[chosen + 1 :]}
        return len(rounds), max(waves, default=0)

    async def _nobody(self, order_id: int, now: datetime) -> Changes:
        """The customer is asked, where there is something to choose from; else all goes back."""
        view = await self._orders.view(order_id=order_id)
        if await self._choosing.any_left(order=view.order, now=now):
            return self._choosing.consult(view=view, now=now)
        return await self._orders.end(
            view=view, verb="give_up", by=MATCHING, fee=0, reason="no_provider", now=now
        )

    async def offer_to(
        self, *, order_id: int, provider_id: int, staff_id: int, now: datetime
    ) -> bool:
        """Staff name the next provider. False when that one has no time."""
        start, able = await self._able(order_id, now)
        by = By(Actor.STAFF, staff_id)
        for one in able:
            if start and one.provider.id == provider_id:
                return await self._offer(order_id, one, start, by, now)
        return False

    async def suitable(self, *, order_id: int, now: datetime) -> list[Provider]:
        """Who could take the order now: for the staff's choice."""
        _, able = await self._able(order_id, now)
        return [one.provider for one in able]

    async def _able(self, order_id: int, now: datetime) -> tuple[datetime | None, list[Candidate]]:
        """Whoever the staff may name is asked as if the present provider had failed just now."""
        view = await self._orders.view(order_id=order_id)
        start = start_for(order=view.order, now=now, rules=self._rules, failed=now)
        if start is None:
            return None, []
        return start, await self._suitable(view.order, view.provider, start, now, nearest=False)

    async def _suitable(
        self, order: Order, former: Provider, start: datetime, now: datetime, *, nearest: bool
    ) -> list[Candidate]:
        found = await self._pool.instead(order=order, start=start, nearest=nearest)
        usable = [one for one in found if one.provider.id != former.id]
        calendars = await self._availability.calendars(
            providers=[one.provider for one in usable], now=now, needs=order.needs,
            at=order.point,
        )  # fmt: skip
        free = {
            calendar.provider.id
            for calendar in calendars
            if self._availability.fits(
                calendar=calendar, start=start, minutes=order.minutes, now=now
            )
        }
        return [one for one in usable if one.provider.id in free]

    async def _offer(
        self, order_id: int, candidate: Candidate, start: datetime, by: By, now: datetime
    ) -> bool:
        view, provider = await self._orders.view(order_id=order_id), candidate.provider
        order = view.order
        asks = await self._at_once.open_asks(order_id=order_id)
        people = {"customer": order.customer_id, "provider": provider.person_id}
        changes = advance(
            order=order, verb="offer", by=by, now=now, new_id=self._new_id, people=people,
            facts={"provider": provider.id}, provider_id=provider.id,
            buffer_min=provider.buffer_min, starts_at=start,
            asking=kept(prices=candidate.prices),
            off_bp=off_bp(level=provider.level, rules=self._rules), **ON_TIME,
        )  # fmt: skip
        lost = ended(order=order, asks=asks, answer=Answer.GONE, now=now)
        changes.add(*lost.items, Release(order.id)).tell(*lost.events)
        changes.add(*self._placing.claim(order=order, provider=provider, now=now))
        changes.add(Update(Order, order.id, {"asked_until": order.asked_until}))
        try:
            await self._store.apply(changes)
        except (SlotTaken, DayFull):
            return False
        return True
