"""A provider's month on paper: what stood at its beginning, each order and payout, and what stands at its end."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.ledger.balances import Booked, Entry
from core.orders.model import Order
from core.payouts.model import Payout
from core.people.own import provider_of
from core.ports import Ledger, Store


@dataclass(frozen=True, slots=True)
class Row:
    """One order or payout; `balance` is all that the provider has with us after it."""

    at: datetime
    change: int
    balance: int
    booked: Booked
    order: Order | None = None
    payout: Payout | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    month: date
    currency: str
    opening: int
    rows: tuple[Row, ...]

    @property
    def closing(self) -> int:
        return self.rows[-1].balance if self.rows else self.opening


class Statements:
    def __init__(self, *, store: Store, ledger: Ledger, zone: str, currency: str) -> None:
        self._store = store
        self._ledger = ledger
        self._zone = ZoneInfo(zone)
        self._currency = currency

    async def months(self, *, person_id: int, now: datetime) -> list[date]:
        """The first day of each month since the first earnings, this month first. Raises Unknown."""
        provider = await provider_of(store=self._store, person_id=person_id)
        since = await self._ledger.since(provider_id=provider.id)
        if since is None:
            return []
        first, month = self._month(since), self._month(now)
        found = [month]
        while found[-1] > first:
            found.append(_before(found[-1]))
        return found

    def _month(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date().replace(day=1)

    def _begin(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone)

    async def of_month(self, *, person_id: int, month: date) -> Statement:
        """Raises Unknown for somebody who never applied."""
        provider = await provider_of(store=self._store, person_id=person_id)
        first, last = self._begin(month), self._begin(_after(month))
        opening = await self._ledger.stood(
            provider_id=provider.id, currency=self._currency, before=first
        )
        entries = await self._ledger.entries(
            provider_id=provider.id, currency=self._currency, first=first, last=last
        )
        return Statement(month, self._currency, opening, await self._rows(entries, opening))

    async def _rows(self, entries: list[Entry], balance: int) -> tuple[Row, ...]:
        ids = {
            paid: [e.booked.order_id for e in entries if e.of_payout is paid]
            for paid in (True, False)
        }
        many = len(entries) + 1
        orders = {o.id: o for o in await self._store.find(Order, id=ids[False], limit=many)}
        payouts = {p.id: p for p in await self._store.find(Payout, id=ids[True], limit=many)}
        rows = []
        for entry in entries:
            balance += entry.change
            booked, of = entry.booked, entry.booked.order_id
            order = None if entry.of_payout else orders.get(of)
            payout = payouts.get(of) if entry.of_payout else None
            rows.append(Row(booked.at, entry.change, balance, booked, order, payout))
        return tuple(rows)


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
