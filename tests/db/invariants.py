"""What must be true after anything at all happened: what holds at every moment (db/invariants.py), that everybody
was told, and, once all work is done, that nothing waits. Orders of the demo city's past have no letters.
"""

from datetime import datetime
from math import pi
from typing import Any, Final

from bot.adapters.notifier import BOTS, NOTICES, OF_ALL
from core.distance import DOOR_MINUTES, EARTH_KM, HERE_KM
from core.letters import FOLLOWING
from core.rules import RULES, Rules
from db import invariants
from db.engine import Database
from db.invariants import KEEPING, LEDGER, PLACED, Invariant, spelled

__all__ = ["INVARIANTS", "LEDGER", "Rows", "broken", "questions"]
Rows = list[tuple[Any, ...]]

DEGREE_KM: Final = EARTH_KM * pi / 180
NEARLY: Final = 1.002
"""On the flat the way is not to the metre what it is on the globe."""

# Seconds, degrees and the rule's speed; on the flat, and with the shorter way around the globe.
GAP: Final = "(({epoch:b.starts_at} - {epoch:o.starts_at}) / 60 - o.minutes - o.extra_min)"
KMH: Final = (
    "COALESCE((SELECT CAST(value AS INTEGER) FROM rule_value WHERE name = 'city_kmh'),"
    f" {Rules().number('city_kmh')})"
)
NORTH: Final = f"((b.lat - o.lat) * {DEGREE_KM})"
EAST: Final = (
    f"((180 - ABS(180 - ABS(b.lon - o.lon))) * {DEGREE_KM} * COS((o.lat + b.lat) * {pi / 360}))"
)
SQUARE: Final = f"({NORTH} * {NORTH} + {EAST} * {EAST})"
REACH: Final = f"(({GAP} - {DOOR_MINUTES}) * {KMH} / 60.0)"

# Only as long as nobody changes the speed: what was booked before keeps to the former one.
WAYS: Final = (
    Invariant(
        "no_time_for_the_way",
        "between two visits of a provider there is time to get from one to the other at the rule's speed",
        f"SELECT o.id, b.id, o.provider_id, {GAP} FROM orders o JOIN orders b ON b.provider_id = o.provider_id"
        f" AND b.id <> o.id AND b.starts_at >= o.starts_at WHERE o.state IN ({KEEPING})"
        f" AND b.state IN ({KEEPING}) AND o.id IN ({PLACED}) AND b.id IN ({PLACED})"
        f" AND {SQUARE} > {(HERE_KM * 1.1) ** 2} AND ({GAP} < {DOOR_MINUTES}"
        f" OR {SQUARE} > {REACH} * {REACH} * {NEARLY})",
    ),
)  # fmt: skip

KEPT_MS: Final = RULES["letter_keep_days"].low * 86_400_000

FOLLOWS: Final = ", ".join(f"'{kind}'" for kind in sorted(FOLLOWING))
"""A later letter of these kinds may have taken an earlier one along."""

MESSAGES: Final = (
    Invariant(
        "letter_missing",
        "each step that people must hear of has left a letter for each of them",
        "WITH followed AS (SELECT subject, kind, bot, MAX(version) AS version FROM outbox WHERE kind IN"
        f" ({FOLLOWS}) GROUP BY subject, kind, bot)"
        " SELECT s.order_id, s.version, n.verb, n.receiver, n.kind FROM order_step s"
        f" JOIN ({{notices}}) n ON n.verb = s.verb WHERE s.order_id IN ({PLACED})"
        f" AND s.version > 1 AND {{epoch:s.at}} * 1000 > :now - {KEPT_MS}"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key = 'order.' || s.verb"
        " || ':' || s.order_id || ':' || s.version || ':' || n.receiver || ':' || n.kind)"
        " AND NOT EXISTS (SELECT 1 FROM followed f WHERE f.subject = s.order_id AND f.kind = n.kind"
        " AND f.bot = n.bot AND f.version > s.version)",
    ),
    Invariant(
        "letter_waits",
        "every letter that was due has gone out or was closed with a reason",
        "SELECT id, key, error FROM outbox WHERE state = 'waiting' AND due_at <= :now",
        quiet=True,
    ),
    Invariant("letter_failed", "no letter was given up",
              "SELECT id, key, error FROM outbox WHERE state = 'failed'", quiet=True),
    Invariant("update_waits", "every update that was taken is done or set aside",
              "SELECT bot, update_id, tries FROM inbox WHERE done_at IS NULL AND parked_at IS NULL",
              quiet=True),
    Invariant("update_parked", "no update was set aside",
              "SELECT bot, update_id, error FROM inbox WHERE parked_at IS NOT NULL", quiet=True),
    Invariant("timer_waits", "nothing that was due waits",
              "SELECT key, due_at, tries FROM timer WHERE due_at <= :now", quiet=True),
)  # fmt: skip

INVARIANTS: Final = (*invariants.INVARIANTS, *WAYS, *MESSAGES)


def _notices() -> str:
    return " UNION ALL ".join(
        f"SELECT '{n.event.removeprefix('order.')}' AS verb, '{n.to}' AS receiver, '{n.kind}' AS kind,"
        f" '{BOTS[n.to]}' AS bot"
        for n in NOTICES
        if n.event.startswith("order.") and n.to in ("customer", "provider", "staff")
        if not n.only and n.kind not in OF_ALL
    )


def questions(
    *, dialect: str, now: datetime, holds: int = 2, quiet: bool = False
) -> dict[str, str]:
    """Name → the query whose rows are breaches."""
    return {
        each.name: spelled(
            each.sql.replace("{notices}", _notices()), dialect=dialect, now=now, holds=holds
        )
        for each in INVARIANTS
        if quiet or not each.quiet
    }


async def broken(
    database: Database, *, now: datetime, holds: int = 2, quiet: bool = False
) -> dict[str, Rows]:
    """Name → offending rows of every invariant that does not hold; empty when all is well.

    `quiet`: everything that was under way has had its time, so nothing may wait any more.
    """
    asked = questions(dialect=database.dialect, now=now, holds=holds, quiet=quiet)
    answers = await database.fetch_all([(sql, ()) for sql in asked.values()])
    return {name: rows[:10] for name, rows in zip(asked, answers, strict=True) if rows}
