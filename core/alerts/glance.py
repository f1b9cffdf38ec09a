"""What is read for one look at the people of an order, each of it once: several suspicions rest on the same."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from core.alerts.habits import Seen
from core.entity import Entity
from core.ports import Store

E = TypeVar("E", bound=Entity)
T = TypeVar("T")


class Visits(Protocol):
    """See db/alerts.py."""

    async def ordered(self, *, customer_ids: Sequence[int], since: datetime) -> list[Seen]:
        """What these booked since then, in order of time."""

    async def served(self, *, provider_id: int, since: datetime) -> list[Seen]:
        """What is this provider's of the orders placed since then."""


class Glance:
    def __init__(self, *, store: Store, visits: Visits) -> None:
        self._store = store
        self._visits = visits
        self._known: dict[Any, Any] = {}

    async def one(self, kind: type[E], /, **equals: Any) -> E | None:
        return await self._once((kind, *equals.items()), lambda: self._store.get(kind, **equals))

    async def ordered(self, *, customer_id: int, since: datetime) -> list[Seen]:
        return await self._once(
            ("ordered", customer_id, since),
            lambda: self._visits.ordered(customer_ids=[customer_id], since=since),
        )

    async def served(self, *, provider_id: int, since: datetime) -> list[Seen]:
        return await self._once(
            ("served", provider_id, since),
            lambda: self._visits.served(provider_id=provider_id, since=since),
        )

    async def _once(self, key: Any, read: Callable[[], Awaitable[T]]) -> T:
        if key not in self._known:
            self._known[key] = await read()
        found: T = self._known[key]
        return found
