"""Finding orders as staff remember them: a number, a name, a phone, a state, a day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.ids import read_order_number
from core.orders.lifecycle import OPEN
from core.orders.model import Order, State
from core.orders.service import OrderView
from core.people.model import Person, Provider
from core.ports import Store

PAGE = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; everything given must hold. The span is of the visit's start, the person either side."""

    text: str = ""
    states: frozenset[State] = frozenset()
    start: datetime | None = None
    end: datetime | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of orders, the latest visit first."""

    views: tuple[OrderView, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Alive:
    """What is under way."""

    counts: Mapping[State, int]
    next: tuple[OrderView, ...]


class OrderSearch(Protocol):
    """The query behind it."""

    async def counted(self, *, states: Sequence[State]) -> dict[State, int]: ...

    async def matching(
        self, *, text: str, states: Sequence[State], start: datetime | None, end: datetime | None,
        person_id: int | None, limit: int, offset: int,
    ) -> tuple[list[int], int]:  # fmt: skip
        """(ids of one page, how many there are); `text` is part of a name or phone of either side."""


class OrderFinder:
    def __init__(self, *, store: Store, search: OrderSearch) -> None:
        self._store = store
        self._search = search

    async def find(self, *, wanted: Wanted, page: int = 0) -> Found:
        """A complete order number finds that order and nothing else."""
        if number := read_order_number(wanted.text):
            orders = await self._store.find(Order, number=number)
            return Found(await self._views(orders), 0, len(orders))
        page = max(page, 0)
        ids, total = await self._search.matching(
            text=wanted.text.strip(), states=sorted(wanted.states), start=wanted.start,
            end=wanted.end, person_id=wanted.person_id, limit=PAGE, offset=page * PAGE,
        )  # fmt: skip
        orders = await self._store.find(Order, id=ids)
        orders.sort(key=lambda order: ids.index(order.id))
        return Found(await self._views(orders), page, total)

    async def _views(self, orders: Sequence[Order]) -> tuple[OrderView, ...]:
        customers = await self._store.find(Person, id={o.customer_id for o in orders})
        providers = await self._store.find(Provider, id={o.provider_id for o in orders})
        people = {person.id: person for person in customers}
        firms = {provider.id: provider for provider in providers}
        return tuple(OrderView(o, people[o.customer_id], firms[o.provider_id]) for o in orders)

    async def alive(self, *, states: Collection[State], first: int) -> Alive:
        """How many orders are in each of the states of living ones, and the first visits of those in `states`."""
        counts = await self._search.counted(states=sorted(OPEN))
        coming = await self._store.find(Order, state=sorted(states), order="starts_at", limit=first)
        return Alive(counts, await self._views(coming))
