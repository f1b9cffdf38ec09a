"""The book as a gateway's statement would have it: one row per charge, refund and transfer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.ledger.postings import (
    BOUNCED,
    CAME_ASTRAY,
    CAPTURED,
    GATEWAY,
    PAID_OUT,
    REFUNDED,
    SENT_HOME,
)
from core.reconciling.model import Booked, Kind
from db.codec import as_time
from db.engine import Database

_SHARE = 400
"""References asked for at a time."""
_OURS = "l.account || '' = ?"
"""Said so that no database begins with the account: it would go through all that ever lay at the gateway."""
_CHARGES = (
    "SELECT substr(c.key, {start}), l.currency, SUM(l.amount), MIN(t.at), p.order_id, p.number"
    " FROM charge c JOIN payment p ON p.id = c.payment_id"
    " JOIN ledger_transaction t ON t.order_id = p.order_id AND t.kind = ?"
    " AND (t.key = '" + CAPTURED + ":' || p.order_id || ':' || substr(c.key, {start})"
    " OR t.key LIKE '" + CAPTURED + ":' || p.order_id || ':' || substr(c.key, {start}) || ':%')"
    " JOIN ledger_leg l ON l.transaction_id = t.id AND "
    + _OURS
    + " WHERE c.key IN ({marks}) GROUP BY c.key, l.currency, p.order_id, p.number"
)
_REFUNDS = (
    "SELECT r.reference, l.currency, -SUM(l.amount), MIN(t.at), r.order_id, r.number"
    " FROM refund r JOIN ledger_transaction t"
    " ON t.key = '" + REFUNDED + ":' || r.order_id || ':' || r.number"
    " JOIN ledger_leg l ON l.transaction_id = t.id AND "
    + _OURS
    + " WHERE r.reference IN ({marks}) GROUP BY r.reference, l.currency, r.order_id, r.number"
)
_BETWEEN = (
    "SELECT t.kind, t.key FROM ledger_transaction t"
    " JOIN ledger_leg l ON l.transaction_id = t.id AND "
    + _OURS
    + " WHERE t.at >= ? AND t.at < ? AND t.kind IN (?, ?)"
)
_SENT = (
    "SELECT t.kind, o.number, o.currency, o.amount, t.at"
    " FROM payout o JOIN payout_account a ON a.id = o.account_id AND a.kind = ?"
    " JOIN ledger_transaction t ON t.key IN ('"
    + PAID_OUT
    + ":' || o.id, '"
    + BOUNCED
    + ":' || o.id)"
    " WHERE o.reference != ''"
)
"""What a gateway sent has its reference; what people sent has none."""
_SENT_BETWEEN = _SENT + " AND t.kind IN (?, ?) AND t.at >= ? AND t.at < ?"
_STRAYS = (
    "SELECT t.kind, y.charge, y.reference, y.currency, y.amount, t.at, y.number FROM stray y"
    " JOIN ledger_transaction t"
    " ON t.key IN ('" + CAME_ASTRAY + ":' || y.id, '" + SENT_HOME + ":' || y.id)"
    " WHERE y.method = ?"
)
_STRAYS_BETWEEN = _STRAYS + " AND t.kind = ? AND t.at >= ? AND t.at < ?"
_NUMBERS = "SELECT reference FROM refund WHERE number IN ({marks})"


class BookReads:
    """Implements core.reconciling.model.Book."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def between(self, *, method: str, first: datetime, end: datetime) -> list[Booked]:
        account = GATEWAY.format(method=method)
        rows = await self._db.fetch(_BETWEEN, [account, first, end, CAPTURED, REFUNDED])
        # What names no charge (the demo city's past) never lay at a gateway.
        parts = [(kind, key.split(":")[2]) for kind, key in rows if key.count(":") > 1]
        charges = [part for kind, part in parts if kind == CAPTURED]
        numbers = [part for kind, part in parts if kind == REFUNDED]
        refunds = [str(row[0]) for row in await self._many(_NUMBERS, [], numbers)]
        booked = await self.of(method=method, references=[*dict.fromkeys(charges), *refunds])
        sent = await self._db.fetch(_SENT_BETWEEN, [method, PAID_OUT, BOUNCED, first, end])
        strays = await self._db.fetch(_STRAYS_BETWEEN, [method, SENT_HOME, first, end])
        return [*(one for one in booked if first <= one.at < end), *(_sent(*row) for row in sent),
                *(_stray(*row) for row in strays)]  # fmt: skip

    async def of(self, *, method: str, references: list[str]) -> list[Booked]:
        account, wanted = GATEWAY.format(method=method), list(dict.fromkeys(references))
        charges = _CHARGES.replace("{start}", str(len(method) + 2))
        keys = [f"{method}:{reference}" for reference in wanted]
        paid = await self._many(charges, [CAPTURED, account], keys)
        back = await self._many(_REFUNDS, [account], wanted)
        came = await self._many(_STRAYS + " AND y.charge IN ({marks})", [method], wanted)
        home = await self._many(_STRAYS + " AND y.reference IN ({marks})", [method], wanted)
        sent = await self._many(_SENT + " AND o.number IN ({marks})", [method], wanted)
        return [
            *(_booked(Kind.PAYMENT, *row) for row in paid),
            *(_booked(Kind.REFUND, *row) for row in back),
            *(_sent(*row) for row in sent),
            *(one for row in [*came, *home] if (one := _stray(*row)).reference in wanted),
        ]

    async def _many(self, sql: str, params: list[Any], values: Sequence[str]) -> list[Any]:
        found: list[Any] = []
        for start in range(0, len(values), _SHARE):
            share = values[start : start + _SHARE]
            marks = ", ".join("?" * len(share))
            found += await self._db.fetch(sql.replace("{marks}", marks), [*params, *share])
        return found


def _booked(
    kind: Kind,
    reference: str,
    currency: str,
    amount: Any,
    at: Any,
    order_id: int | None,
    number: str,
) -> Booked:
    moment = as_time(at)
    assert moment is not None
    return Booked(kind, reference, int(amount), currency, moment, order_id, number)


def _sent(event: str, number: str, currency: str, amount: Any, at: Any) -> Booked:
    kind = Kind.TRANSFER if event == PAID_OUT else Kind.CAME_BACK
    return _booked(kind, number, currency, amount, at, None, number)


def _stray(
    event: str, charge: str, reference: str, currency: str, amount: Any, at: Any, number: str
) -> Booked:
    """What came is booked when it was given back: so only what went back is due in a statement."""
    if event == CAME_ASTRAY:
        return _booked(Kind.PAYMENT, charge, currency, amount, at, None, "")
    return _booked(Kind.REFUND, reference, currency, amount, at, None, number)
