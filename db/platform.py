"""The rows behind the platform's statistics, one read per kind of fact, and who was active on which day."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from core.ledger.postings import COMMISSION, EARNED, GIVEN_BACK, REFUNDED
from core.orders.lifecycle import Actor
from core.orders.model import State
from core.platform.facts import TRACED, Cause, Happened, Kind, Moments
from core.platform.sums import Sums
from db.codec import as_json, as_time, millis
from db.engine import Database
from db.ops import Op
from db.platform_sums import total, traces

_ORDER = "o.id AS order_id, o.customer_id AS person_id, o.provider_id, o.service_id, o.lat, o.lon, o.starts_at"
_ENDED = (State.FINISHED, State.DISPUTED, State.CLOSED)

_PLACED = (
    f"SELECT o.created_at AS at, {_ORDER}, o.total AS amount,"
    " CASE WHEN o.paid > 0 THEN 1 ELSE 0 END AS part, o.state, o.pay FROM orders o"
    " WHERE o.created_at >= ? AND o.created_at < ?"
)
# Work is done when it is finished; of old orders only the end is known.
_DONE = (
    f"SELECT s.at, {_ORDER}, o.total AS amount, 0 AS part, o.reached FROM order_step s"
    " JOIN orders o ON o.id = s.order_id WHERE s.at >= ? AND s.at < ? AND s.to_state IN (?, ?)"
    " AND s.from_state NOT IN (?, ?, ?)"
)
_CANCELLED = (
    f"SELECT s.at, {_ORDER}, o.total AS amount, 0 AS part, s.verb, s.actor FROM order_step s"
    " JOIN orders o ON o.id = s.order_id WHERE s.at >= ? AND s.at < ? AND s.to_state = ?"
    " AND s.from_state <> s.to_state"
)
# The customer's side of it is the price, with what the platform added for a coupon.
_SETTLED = (
    f"SELECT t.at, {_ORDER}, l.price AS amount, l.commission AS part FROM (SELECT transaction_id,"
    " SUM(CASE WHEN account = ? THEN -amount ELSE 0 END) AS commission,"
    " SUM(CASE WHEN account = ? OR account LIKE 'provider:%' THEN 0 ELSE amount END) AS price"
    " FROM ledger_leg WHERE currency = ? AND transaction_id IN (SELECT id FROM ledger_transaction"
    " WHERE at >= ? AND at < ? AND kind IN (?, ?)) GROUP BY transaction_id) l"
    " JOIN ledger_transaction t ON t.id = l.transaction_id JOIN orders o ON o.id = t.order_id"
)
_WAIVED = (
    f"SELECT t.at, {_ORDER}, 0 AS amount, -l.amount AS part FROM ledger_transaction t"
    " JOIN ledger_leg l ON l.transaction_id = t.id JOIN orders o ON o.id = t.order_id"
    " WHERE l.account = ? AND l.currency = ? AND t.at >= ? AND t.at < ? AND t.kind IN (?, ?)"
)
_REFUNDED = (
    f"SELECT t.at, {_ORDER}, -l.amount AS amount FROM ledger_transaction t"
    " JOIN ledger_leg l ON l.transaction_id = t.id JOIN orders o ON o.id = t.order_id"
    " WHERE l.currency = ? AND t.at >= ? AND t.at < ? AND t.kind IN (?, ?)"
    " AND l.account LIKE 'gateway:%'"
)
_RATED = (
    "SELECT r.created_at AS at, o.id AS order_id, r.customer_id AS person_id, r.provider_id, r.service_id,"
    " o.lat, o.lon, o.starts_at, r.quality + r.attitude + r.skill AS amount FROM review r"
    " JOIN orders o ON o.id = r.order_id WHERE r.created_at >= ? AND r.created_at < ? AND NOT r.hidden"
)
_JOINED = "SELECT created_at AS at, 0 AS order_id, id AS person_id FROM person WHERE created_at >= ? AND created_at < ?"
_TRACED = (
    "SELECT at, 0, visitor, 0, service_id, NULL, NULL, wanted_at, 0, district, kind FROM trace"
    " WHERE at >= ? AND at < ?"
)
_GATHER = (
    "INSERT INTO active_day (day, person_id) SELECT DISTINCT CAST(? AS INTEGER), p.id FROM inbox i"
    " JOIN person p ON p.telegram_id = i.lane WHERE i.bot IN ('customer', 'provider')"
    " AND i.received_at >= ? AND i.received_at < ? ON CONFLICT DO NOTHING"
)
_CAUSES: Final = {
    "expire": Cause.UNPAID, "give_up": Cause.NOBODY, "absent": Cause.ABSENT,
    Actor.CUSTOMER.value: Cause.CUSTOMER, Actor.STAFF.value: Cause.STAFF,
}  # fmt: skip


class PlatformReads:
    """Implements core.platform.facts.PlatformRecords."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def happened(self, *, first: datetime, end: datetime, currency: str) -> list[Happened]:
        reads = _reads(first, end, currency)
        found = await self._db.fetch_all([(sql, params) for _, sql, params in reads])
        traced = await self._db.fetch(_TRACED, [first, end])
        return [
            *(
                _happened(kind, row)
                for (kind, *_), rows in zip(reads, found, strict=True)
                for row in rows
            ),
            *(_happened(Kind(row[-1]), row[:-1]) for row in traced),
        ]

    async def totals(
        self, *, spans: Sequence[Moments], currency: str, late_minutes: int
    ) -> list[dict[Kind, Sums]]:
        first, end = min(one for one, _ in spans), max(one for _, one in spans)
        kinds = [
            (kind, *total(kind, sql, params, spans, self._db.dialect, late_minutes))
            for kind, sql, params in _reads(first, end, currency)
        ]
        found = await self._db.fetch_all([(sql, params) for _, sql, params in kinds])
        sums = [dict[Kind, Sums]() for _ in spans]
        for (kind, *_), rows in zip(kinds, found, strict=True):
            for place, *values in rows:
                sums[place][kind] = Sums(*map(int, values))
        for place, kind, count in await self._db.fetch(*traces(spans)):
            sums[place][Kind(kind)] = Sums(count=int(count))
        return sums

    async def active(self, *, first: int, end: int) -> list[tuple[int, int]]:
        sql = "SELECT day, person_id FROM active_day WHERE day >= ? AND day < ?"
        return [(int(day), int(who)) for day, who in await self._db.fetch(sql, [first, end])]

    async def active_people(self, *, spans: Sequence[tuple[int, int]]) -> list[int]:
        one = "SELECT CAST(? AS BIGINT), COUNT(DISTINCT person_id) FROM active_day WHERE day >= ? AND day < ?"
        params = [value for place, span in enumerate(spans) for value in (place, *span)]
        rows = await self._db.fetch(" UNION ALL ".join([one] * len(spans)), params)
        return [int(count) for _, count in sorted(rows)]

    async def users(self, *, before: datetime) -> int:
        rows = await self._db.fetch("SELECT COUNT(*) FROM person WHERE created_at < ?", [before])
        return int(rows[0][0])

    async def earliest(self) -> datetime | None:
        rows = await self._db.fetch("SELECT MIN(received_at) FROM inbox")
        came = rows[0][0]
        return None if came is None else datetime.fromtimestamp(int(came) / 1000, UTC)

    async def gather(self, *, days: Sequence[tuple[int, datetime, datetime]]) -> None:
        await self._db.apply(
            [Op(_GATHER, [day, millis(first), millis(end)]) for day, first, end in days]
        )


def _reads(first: datetime, end: datetime, currency: str) -> list[tuple[Kind, str, list[Any]]]:
    then = [first, end]
    both = [EARNED, f"{EARNED}_reversed"]
    given = [GIVEN_BACK, f"{GIVEN_BACK}_reversed"]
    back = [REFUNDED, f"{REFUNDED}_reversed"]
    return [
        (Kind.PLACED, _PLACED, then),
        (Kind.DONE, _DONE, [*then, State.FINISHED, State.CLOSED, *_ENDED]),
        (Kind.CANCELLED, _CANCELLED, [*then, State.CANCELLED]),
        (Kind.SETTLED, _SETTLED, [COMMISSION, COMMISSION, currency, *then, *both]),
        (Kind.WAIVED, _WAIVED, [COMMISSION, currency, *then, *given]),
        (Kind.REFUNDED, _REFUNDED, [currency, *then, *back]),
        (Kind.RATED, _RATED, then),
        (Kind.JOINED, _JOINED, then),
    ]


_Rest = tuple[int, str]


def _happened(kind: Kind, row: Sequence[Any]) -> Happened:
    at = as_time(row[0])
    assert at is not None
    if kind is Kind.JOINED:
        return Happened(kind, at, person_id=int(row[2]))
    order_id, person, provider, service, lat, lon, starts, amount, *rest = row[1:]
    return Happened(
        kind, at, int(order_id), int(person), int(provider), int(service), lat, lon,
        as_time(starts), int(amount), *_REST[kind](*rest),
    )  # fmt: skip


def _cause(_part: int, verb: str, actor: str) -> _Rest:
    return 0, _CAUSES.get(verb) or _CAUSES.get(actor, Cause.STAFF)


def _arrived(_part: int, reached: Any) -> _Rest:
    return 0, as_json(reached).get(State.ARRIVED.value, "")


_REST: Final[dict[Kind, Callable[..., _Rest | tuple[int, str, str]]]] = {
    Kind.PLACED: lambda part, state, pay: (int(part), state, pay),
    Kind.DONE: _arrived,
    Kind.CANCELLED: _cause,
    **dict.fromkeys((Kind.SETTLED, Kind.WAIVED), lambda part: (int(part), "")),
    Kind.REFUNDED: lambda: (0, ""),
    Kind.RATED: lambda: (0, ""),
    **dict.fromkeys(TRACED, lambda district: (0, district)),
}
"""What a read says beside the order and the amount: part, detail, and how an order is paid."""
