"""What a provider earns, read from the book: per order and as balances, nothing is computed a second time."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import Unknown
from core.ledger.balances import Balances, Booked
from core.ledger.service import Earning
from core.orders.earned import earned
from core.orders.model import Order, State
from core.people.own import provider_of
from core.ports import Ledger, Store


@dataclass(frozen=True, slots=True)
class Line:
    """One order of the list."""

    order: Order
    booked: Booked


@dataclass(frozen=True, slots=True)
class IncomePage:
    lines: tuple[Line, ...]
    number: int
    pages: int
    total: int


def expected(*, order: Order) -> Earning:
    """What the visit brings: known before it is accepted, and kept unless less was paid at the door in the end."""
    settled = order.state is State.CLOSED and order.cash_confirmed is not None
    missing = order.to_pay_on_site - (order.cash_confirmed or 0) if settled else 0
    return earned(order=order, total=order.total - missing)


class Income:
    """`person_id` is the provider's own. All raise Unknown for somebody who never applied."""

    def __init__(self, *, store: Store, ledger: Ledger) -> None:
        self._store = store
        self._ledger = ledger

    async def balances(self, *, person_id: int, currency: str) -> Balances:
        provider = await provider_of(store=self._store, person_id=person_id)
        return await self._ledger.balances(provider_id=provider.id, currency=currency)

    async def page(self, *, person_id: int, page: int, size: int) -> IncomePage:
        """Orders that brought something, the latest first."""
        provider = await provider_of(store=self._store, person_id=person_id)
        total = await self._ledger.count(provider_id=provider.id)
        pages = max(1, -(-total // size))
        number = min(max(page, 0), pages - 1)
        booked = await self._ledger.booked(
            provider_id=provider.id, limit=size, offset=number * size
        )
        return IncomePage(await self._lines(booked), number, pages, total)

    async def _lines(self, booked: Sequence[Booked]) -> tuple[Line, ...]:
        found = await self._store.find(Order, id=[one.order_id for one in booked])
        orders = {order.id: order for order in found}
        return tuple(Line(orders[one.order_id], one) for one in booked if one.order_id in orders)

    async def of_order(self, *, person_id: int, order_id: int) -> Line:
        """Raises Unknown for an order that brought this provider nothing."""
        provider = await provider_of(store=self._store, person_id=person_id)
        booked = await self._ledger.booked(
            provider_id=provider.id, order_id=order_id, limit=1, offset=0
        )
        lines = await self._lines(booked)
        if not lines:
            raise Unknown("order")
        return lines[0]
