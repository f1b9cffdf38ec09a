"""A paper for each payment and refund: its bill was kept in the book as the money moved; its number is given once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.availability.zones import local_date
from core.changes import Changes, Insert
from core.entity import NewId
from core.errors import OutOfDate, Unknown
from core.money import BASIS, split
from core.orders.model import Order
from core.people.model import Person
from core.ports import Store, Till
from core.receipts.model import Moved, Receipt, ReceiptKind
from core.rules import Rules

# Rivals for the next number look again; so many at once there never are.
_TRIES: Final = 50


@dataclass(frozen=True, slots=True)
class Month:
    """What a customer paid and got back in one month of the place; the latest first."""

    first: date
    moves: tuple[Moved, ...]

    def sum(self, *, back: bool) -> int:
        return sum(moved.amount for moved in self.moves if moved.back is back)


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that stands on a receipt; the bill is that of its moment, what came later is not on it.

    `fee` is why less went back than was paid.
    """

    receipt: Receipt
    moved: Moved
    order: Order
    fee: int = 0

    @property
    def tax(self) -> int:
        """What of the amount is tax: prices include it."""
        _, tax = split(total=self.moved.amount, weights=(BASIS, self.receipt.tax_bp))
        return tax


class Receipts:
    def __init__(self, *, store: Store, till: Till, rules: Rules, new_id: NewId, zone: str) -> None:
        self._store = store
        self._till = till
        self._rules = rules
        self._new_id = new_id
        self._zone = zone

    async def months(self, *, customer_id: int) -> list[Month]:
        """Every month with a payment or a refund, the latest first."""
        moves = await self._till.moves(customer_id=customer_id)
        by_month: dict[date, list[Moved]] = {}
        for moved in moves:
            first = local_date(zone=self._zone, moment=moved.at).replace(day=1)
            by_month.setdefault(first, []).append(moved)
        return [Month(first, tuple(by_month[first])) for first in sorted(by_month, reverse=True)]

    async def of_order(self, *, order_id: int, customer_id: int) -> list[Moved]:
        """Payments and refunds of one order, the latest first; none of somebody else's."""
        return await self._till.moves(customer_id=customer_id, order_id=order_id)

    async def names(self, *, moves: Iterable[Moved]) -> dict[int, Order]:
        """The orders that these are about."""
        ids = sorted({moved.order_id for moved in moves})
        found = await self._store.find(Order, id=ids) if ids else []
        return {order.id: order for order in found}

    async def open(self, *, transaction_id: int, customer_id: int, now: datetime) -> Paper:
        """The paper of one payment or refund; opened again, the same number. Raises Unknown for what is not theirs."""
        moves = await self._till.moves(customer_id=customer_id)
        moved = next((one for one in moves if one.transaction_id == transaction_id), None)
        order = await self._store.get(Order, id=moved.order_id) if moved else None
        if moved is None or order is None:
            raise Unknown("receipt")
        fee = await self._fee(moved, moves) if moved.back else 0
        return Paper(await self._issued(moved, customer_id, now), moved, order, fee)

    async def _fee(self, moved: Moved, moves: Sequence[Moved]) -> int:
        """What was kept as the visit fell away; nothing on the paper by which that, too, went back later."""
        fee = await self._till.fee(order_id=moved.order_id, until=moved.at)
        until = (moved.at, moved.transaction_id)
        left = sum(
            -one.amount if one.back else one.amount
            for one in moves
            if one.order_id == moved.order_id and (one.at, one.transaction_id) <= until
        )
        return fee if left >= fee else 0

    async def _issued(self, moved: Moved, customer_id: int, now: datetime) -> Receipt:
        for _ in range(_TRIES):
            known = await self._store.get(Receipt, transaction_id=moved.transaction_id)
            if known is not None:
                return known
            fresh = await self._next(moved, customer_id, now)
            try:
                await self._store.apply(Changes().add(Insert(fresh, otherwise=OutOfDate())))
            except OutOfDate:  # somebody took the number, or made this very receipt
                continue
            return fresh
        raise OutOfDate()

    async def _next(self, moved: Moved, customer_id: int, now: datetime) -> Receipt:
        kind = ReceiptKind.REFUND if moved.back else ReceiptKind.PAYMENT
        last = await self._store.find(Receipt, kind=kind, order="-seq", limit=1)
        person = await self._store.get(Person, id=customer_id)
        return Receipt(
            id=self._new_id(), kind=kind, seq=last[0].seq + 1 if last else 1,
            transaction_id=moved.transaction_id, order_id=moved.order_id,
            payer=person.name if person else "", platform=self._rules.text("platform_name"),
            tax_name=self._rules.text("tax_name"), tax_bp=self._rules.number("tax_bp"),
            issued_at=now,
        )  # fmt: skip
