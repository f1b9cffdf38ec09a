"""A customer's orders as lists, and the last one of a kind: what "my orders" and "same as last time" look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.orders.model import Order, State
from core.ports import Store

PAGE = 5  # where nothing else is said
BOOKED = frozenset(State) - {State.UNPAID, State.CANCELLED}
RECENT = 50


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One page of a list; `total` is how many the whole list has."""

    orders: tuple[Order, ...]
    number: int
    pages: int
    total: int


class History:
    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def page(
        self,
        *,
        customer_id: int,
        states: Iterable[State],
        number: int,
        soonest: bool = False,
        size: int = PAGE,
    ) -> OrderPage:
        """One page of the orders in these states, the latest visit first (or the soonest)."""
        wanted = {"customer_id": customer_id, "state": sorted(states)}
        total = await self._store.count(Order, **wanted)
        pages = max(1, -(-total // size))
        shown = min(max(number, 0), pages - 1)
        orders = await self._store.find(
            Order, order="starts_at" if soonest else "-starts_at", limit=size, offset=shown * size,
            **wanted,
        )  # fmt: skip
        return OrderPage(tuple(orders), shown, pages, total)

    async def counts(
        self, *, customer_id: int, groups: Mapping[str, Iterable[State]]
    ) -> dict[str, int]:
        """How many orders there are in each group of states."""
        return {
            name: await self._store.count(Order, customer_id=customer_id, state=sorted(states))
            for name, states in groups.items()
        }

    async def last(self, *, customer_id: int, service_id: int) -> Order | None:
        """The customer's latest order of this service that somebody was asked to do."""
        found = await self._store.find(
            Order, customer_id=customer_id, service_id=service_id, state=sorted(BOOKED),
            order="-created_at", limit=1,
        )  # fmt: skip
        return found[0] if found else None

    async def booked_before(self, *, customer_id: int, limit: int = 5) -> list[Order]:
        """The latest order of each service that was booked before, the most recent first."""
        found = await self._store.find(
            Order, customer_id=customer_id, state=sorted(BOOKED), order="-created_at", limit=RECENT
        )
        latest: dict[int, Order] = {}
        for order in found:
            latest.setdefault(order.service_id, order)
        return list(latest.values())[:limit]
