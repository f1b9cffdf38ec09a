"""What the book says of a provider: balances as they stand, and per order what each leg of it means."""

from datetime import datetime
from typing import Any

from core.ledger.balances import Balances, Booked, Entry, OnHold
from core.ledger.postings import (
    AVAILABLE,
    BOUNCED,
    CANCELLATION_FEES,
    CANCELLED,
    DEBT,
    EARNED,
    OWED,
    PAID_OUT,
    PAPERS,
    PAYING,
    PENDING,
    REFUNDED,
    RELEASED,
    SENT,
    WITHDRAWN,
    WITHHELD,
)
from core.receipts.model import Bill, Moved
from db.codec import as_json, as_time
from db.engine import Database
from db.shapes import places

# A provider's legs on `pending` that only move money on are no income.
_MOVED = (RELEASED, f"{RELEASED}_reversed", OWED)
_OF_PAYOUTS = frozenset({WITHDRAWN, PAID_OUT, WITHHELD, BOUNCED})
_OF_ORDERS = (
    " FROM ledger_leg l JOIN ledger_transaction t ON t.id = l.transaction_id"
    " WHERE l.account = ? AND t.kind NOT IN (?, ?, ?)"
)


class LedgerReads:
    """Implements core.ports.Ledger."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def balances(self, *, provider_id: int, currency: str) -> Balances:
        accounts = (PENDING, AVAILABLE, DEBT, PAYING, SENT)
        names = [name.format(provider=provider_id) for name in accounts]
        sql = (
            "SELECT account, amount FROM balance WHERE currency = ?"
            f" AND account IN ({_marks(names)})"
        )
        found = {row[0]: int(row[1]) for row in await self._db.fetch(sql, [currency, *names])}
        pending, available, debt, paying, sent = (found.get(name, 0) for name in names)
        return Balances(
            pending=-pending, available=-available, debt=debt, paying=-paying, withdrawn=-sent
        )

    async def on_hold(
        self, *, order_id: int | None = None, provider_id: int | None = None
    ) -> list[OnHold]:
        if order_id is not None:
            which, asked = "t.order_id = ? AND l.account LIKE ?", PENDING.format(provider="%")
            params: list[Any] = [order_id, asked]
        else:
            which, params = "l.account = ?", [PENDING.format(provider=provider_id)]
        sql = (
            "SELECT t.order_id, l.account, l.currency, -SUM(l.amount), MAX(t.at), MAX(t.id)"
            " FROM ledger_leg l JOIN ledger_transaction t ON t.id = l.transaction_id"
            f" WHERE {which} GROUP BY t.order_id, l.account, l.currency"
            " HAVING SUM(l.amount) <> 0 ORDER BY MAX(t.at), t.order_id"
        )
        return [_on_hold(row) for row in await self._db.fetch(sql, params)]

    async def since(self, *, provider_id: int) -> datetime | None:
        sql = (
            "SELECT MIN(t.at) FROM ledger_transaction t JOIN ledger_leg l ON l.transaction_id = t.id"
            " WHERE l.account IN (?, ?)"
        )
        names = [name.format(provider=provider_id) for name in (PENDING, DEBT)]
        return as_time((await self._db.fetch(sql, names))[0][0])

    async def stood(self, *, provider_id: int, currency: str, before: datetime) -> int:
        names = _own(provider_id)
        sql = (
            "SELECT COALESCE(-SUM(l.amount), 0) FROM ledger_leg l"
            " JOIN ledger_transaction t ON t.id = l.transaction_id"
            f" WHERE l.account IN ({_marks(names)}) AND l.currency = ? AND t.at < ?"
        )
        return int((await self._db.fetch(sql, [*names, currency, before]))[0][0])

    async def entries(
        self, *, provider_id: int, currency: str, first: datetime, last: datetime
    ) -> list[Entry]:
        names = _own(provider_id)
        sql = (
            "SELECT t.order_id, t.at, t.kind, l.account, l.currency, l.amount FROM ledger_leg l"
            " JOIN ledger_transaction t ON t.id = l.transaction_id"
            f" WHERE l.account IN ({_marks(names)}) AND l.currency = ? AND t.at >= ? AND t.at < ?"
            " ORDER BY t.at, t.id, l.line"
        )
        legs: dict[tuple[int, bool], list[Any]] = {}
        for order_id, *leg in await self._db.fetch(sql, [*names, currency, first, last]):
            legs.setdefault((int(order_id), leg[1] in _OF_PAYOUTS), []).append(leg)
        found = [_entry(order_id, paid, some) for (order_id, paid), some in legs.items()]
        told = [entry for entry in found if entry.change or entry.booked.gross]
        return sorted(told, key=lambda entry: entry.booked.at)

    async def count(self, *, provider_id: int) -> int:
        sql = f"SELECT COUNT(DISTINCT t.order_id){_OF_ORDERS}"
        rows = await self._db.fetch(sql, [PENDING.format(provider=provider_id), *_MOVED])
        return int(rows[0][0])

    async def booked(
        self, *, provider_id: int, limit: int, offset: int, order_id: int | None = None
    ) -> list[Booked]:
        account = PENDING.format(provider=provider_id)
        one, asked = (" AND t.order_id = ?", [order_id]) if order_id is not None else ("", [])
        sql = (
            f"SELECT t.order_id, MAX(t.at) AS latest{_OF_ORDERS}{one}"
            " GROUP BY t.order_id ORDER BY latest DESC, t.order_id DESC LIMIT ? OFFSET ?"
        )
        rows = await self._db.fetch(sql, [account, *_MOVED, *asked, limit, offset])
        ids = [int(row[0]) for row in rows]
        legs = await self._legs(provider_id, ids)
        latest = {int(row[0]): as_time(row[1]) for row in rows}
        return [_booked(i, latest[i], legs.get(i, [])) for i in ids]

    async def nets(self, *, provider_id: int, currency: str) -> dict[int, int]:
        sql = (
            f"SELECT t.order_id, -SUM(l.amount){_OF_ORDERS} AND l.currency = ? GROUP BY t.order_id"
        )
        params = [PENDING.format(provider=provider_id), *_MOVED, currency]
        return {int(row[0]): int(row[1]) for row in await self._db.fetch(sql, params)}

    async def _legs(self, provider_id: int, ids: list[int]) -> dict[int, list[Any]]:
        if not ids:
            return {}
        marks, members = places(ids)
        sql = (
            "SELECT t.order_id, t.kind, l.account, l.currency, l.amount FROM ledger_leg l"
            " JOIN ledger_transaction t ON t.id = l.transaction_id"
            f" WHERE l.account IN (?, ?) AND t.kind NOT IN (?, ?, ?) AND t.order_id IN ({marks})"
        )
        names = [name.format(provider=provider_id) for name in (PENDING, DEBT)]
        found: dict[int, list[Any]] = {}
        for order_id, *leg in await self._db.fetch(sql, [*names, *_MOVED, *members]):
            found.setdefault(int(order_id), []).append(leg)
        return found


def _own(provider_id: int) -> list[str]:
    """All that a provider has with us, and owes."""
    return [name.format(provider=provider_id) for name in (PENDING, AVAILABLE, PAYING, DEBT)]


def _marks(values: list[str]) -> str:
    return ", ".join("?" * len(values))


def _entry(order_id: int, of_payout: bool, legs: list[Any]) -> Entry:
    """`legs` are (at, kind, account, currency, amount) in order of time."""
    moment = as_time(legs[-1][0])
    assert moment is not None
    change = -sum(int(leg[4]) for leg in legs)
    mine = [leg[1:] for leg in legs if leg[1] not in _MOVED and not of_payout]
    booked = _booked(order_id, moment, mine) if mine else Booked(order_id, moment, legs[0][3])
    return Entry(booked, change, of_payout)


class TillReads:
    """Implements core.ports.Till."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def moves(self, *, customer_id: int, order_id: int | None = None) -> list[Moved]:
        one, asked = (" AND o.id = ?", [order_id]) if order_id is not None else ("", [])
        sql = (
            "SELECT t.id, t.order_id, t.kind, t.at, l.account, l.amount, l.currency, t.bill"
            " FROM orders o"
            " JOIN ledger_transaction t ON t.order_id = o.id"
            " JOIN ledger_leg l ON l.transaction_id = t.id"
            f" WHERE o.customer_id = ?{one} AND t.kind IN (?, ?, ?)"
            " AND (l.account LIKE 'gateway:%' OR l.account LIKE 'provider:%')"
            " ORDER BY t.at DESC, t.id DESC"
        )
        return [_moved(row) for row in await self._db.fetch(sql, [customer_id, *asked, *PAPERS])]

    async def fee(self, *, order_id: int, until: datetime) -> int:
        sql = (
            "SELECT COALESCE(-SUM(l.amount), 0) FROM ledger_transaction t"
            " JOIN ledger_leg l ON l.transaction_id = t.id"
            " WHERE t.order_id = ? AND t.kind = ? AND t.at <= ?"
            " AND (l.account = ? OR l.account LIKE 'provider:%')"
        )
        asked = [order_id, CANCELLED, until, CANCELLATION_FEES]
        [(fee,)] = await self._db.fetch(sql, asked)
        return int(fee)


def _moved(row: Any) -> Moved:
    transaction_id, order_id, kind, at, account, amount, currency, bill = row
    moment = as_time(at)
    assert moment is not None
    method = account.removeprefix("gateway:") if account.startswith("gateway:") else "on_site"
    return Moved(int(transaction_id), int(order_id), moment, abs(int(amount)), currency, method,
                 kind == REFUNDED, Bill(**as_json(bill)))  # fmt: skip


def _on_hold(row: Any) -> OnHold:
    order_id, account, currency, amount, at, last = row
    moment = as_time(at)
    assert moment is not None
    return OnHold(
        int(order_id), int(account.split(":")[1]), currency, int(amount), moment, int(last)
    )


def _booked(order_id: int, at: datetime | None, legs: list[Any]) -> Booked:
    """Credits of `earned` are the price and its debits the commission; other kinds add or take off.

    A reversal has the same lines the other way round, so it counts against what it takes back.
    """
    sums = {"gross": 0, "commission": 0, "extra": 0, "penalties": 0, "cash": 0}
    for kind, account, _, amount in legs:
        back = kind.endswith("_reversed")
        figure = _figure(kind.removesuffix("_reversed"), account, -amount if back else amount)
        sums[figure] += -abs(amount) if back else abs(amount)
    assert at is not None
    currency = next((leg[2] for leg in legs), "")
    return Booked(order_id, at, currency, **sums)


def _figure(kind: str, account: str, amount: int) -> str:
    if account.endswith(":debt"):
        return "cash"
    if kind == EARNED:
        return "gross" if amount < 0 else "commission"
    return "extra" if amount < 0 else "penalties"
