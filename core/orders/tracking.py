"""Where the provider is on the way: kept and passed on until arrival, never after."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.changes import Change, Changes, Insert, Remove, Update
from core.distance import km_between, minutes_for
from core.entity import NewId
from core.errors import Invalid, OutOfDate
from core.events import Event
from core.orders.model import Order, Position, State
from core.people.model import Provider
from core.ports import Store
from core.rules import Rules

# The customer's screen moves at most this often.
EVERY = timedelta(seconds=15)
# A position older than this says nothing about where somebody is.
STALE = timedelta(minutes=15)
# From here on somebody is not at the door, whatever the signal in a high building does to a position.
FAR_KM = 0.5


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the provider is now, how far that is and when he can be there."""

    lat: float
    lon: float
    km: float
    minutes: int
    at: datetime

    @property
    def there_at(self) -> datetime:
        return self.at + timedelta(minutes=self.minutes)


class Tracking:
    def __init__(self, *, store: Store, rules: Rules, new_id: NewId) -> None:
        self._store = store
        self._rules = rules
        self._new_id = new_id

    async def position(
        self, *, person_id: int, lat: float, lon: float, now: datetime
    ) -> Order | None:
        """A provider's position: goes to the visit he set out to last, and to another at the same place.

        Whoever he was on the way to before sees him no more: he goes somewhere else. None when he is on no way:
        nothing is kept. Raises Invalid("lat", "bounds").
        """
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise Invalid("lat", "bounds")
        visits = await self._under_way(person_id)
        if not visits:
            return None
        goal, *others = visits
        for order in others:
            if km_between(one=(order.lat, order.lon), other=(goal.lat, goal.lon)) <= FAR_KM:
                await self._pass_on(order, person_id, lat, lon, now)
            else:
                await self._forget(order, person_id, now)
        return await self._pass_on(goal, person_id, lat, lon, now)

    async def _pass_on(
        self, order: Order, person_id: int, lat: float, lon: float, now: datetime
    ) -> Order | None:
        known = await self._store.get(Position, order_id=order.id)
        ours = known is not None and known.provider_id == order.provider_id
        tell = not ours or known is None or now - known.told_at >= EVERY
        change = self._kept(order, known, lat, lon, now, tell)
        changes = Changes().add(self._still(order), change)
        if tell:
            changes.tell(self._moved(order, person_id, now, first=not ours))
        return order if await self._written(changes) else None

    async def _forget(self, order: Order, person_id: int, now: datetime) -> None:
        """What was kept of the way to it, which is given up for another: the pin stops."""
        if await self._store.get(Position, order_id=order.id, provider_id=order.provider_id):
            changes = Changes().add(self._still(order), Remove(Position, {"order_id": order.id}))
            await self._written(changes.tell(self._moved(order, person_id, now, first=False)))

    @staticmethod
    def _still(order: Order) -> Update:
        """Arrival may come between reading and writing: then the position is forgotten with it."""
        return Update(
            Order, order.id, {"state": State.ON_THE_WAY},
            expect={"state": State.ON_THE_WAY, "provider_id": order.provider_id},
        )  # fmt: skip

    @staticmethod
    def _moved(order: Order, person_id: int, now: datetime, *, first: bool) -> Event:
        people = {"customer": order.customer_id, "provider": person_id}
        return Event("order.moved", order.id, int(now.timestamp() * 1000), people, {"first": first})

    async def _written(self, changes: Changes) -> bool:
        try:
            await self._store.apply(changes)
        except OutOfDate:
            return False
        return True

    async def _under_way(self, person_id: int) -> list[Order]:
        """The visits he is on the way to, the one he set out to last first."""
        provider = await self._store.get(Provider, person_id=person_id)
        if provider is None:
            return []
        found = await self._store.find(
            Order, provider_id=provider.id, state=State.ON_THE_WAY, order="starts_at"
        )
        return sorted(
            found, key=lambda order: order.reached.get(State.ON_THE_WAY, ""), reverse=True
        )

    def _kept(
        self, order: Order, known: Position | None, lat: float, lon: float, now: datetime,
        tell: bool,
    ) -> Change:  # fmt: skip
        if known is None:
            fresh = Position(
                id=self._new_id(), order_id=order.id, provider_id=order.provider_id, lat=lat,
                lon=lon, at=now, told_at=now,
            )  # fmt: skip
            return Insert(fresh, or_ignore=True)
        told = now if tell else known.told_at
        values = {"lat": lat, "lon": lon, "at": now, "told_at": told}
        return Update(Position, known.id, values | {"provider_id": order.provider_id})

    async def whereabouts(self, *, order: Order, now: datetime) -> Whereabouts | None:
        """Where the provider of this order is, only while he is on the way to it and seen lately."""
        if order.state is not State.ON_THE_WAY:
            return None
        seen = await self._store.get(Position, order_id=order.id, provider_id=order.provider_id)
        if seen is None or now - seen.at > STALE:
            return None
        km = km_between(one=(seen.lat, seen.lon), other=(order.lat, order.lon))
        minutes = minutes_for(km=km, kmh=self._rules.number("city_kmh"))
        return Whereabouts(seen.lat, seen.lon, km, minutes, seen.at)
