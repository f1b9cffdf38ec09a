"""On PostgreSQL with 200,000 rows on each heap, tidying reads what is old and never a whole big table.

As it is hour after hour: what was old has been taken away before, so few rows are.
"""

import re
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, DateTime, String
from sqlmodel import SQLModel

from core.availability.cells import cell_of
from core.tidying.heaps import Heap
from core.tidying.service import BATCH
from db.codec import for_postgres, millis, numbered
from db.engine import Database
from db.heaps import LETTERS, OLD, SINCE, HeapTables
from tests import servers
from tests.databases import Blank
from tests.reliability.town import NOON, settle

ROWS, OLDER, PROVIDERS = 200_000, 100, 200
NOW = NOON
BIG = {old.table for old in OLD.values()} | {"outbox", "orders", "person"}
# Who is away is known of the person: each unfinished step is looked at, which keeps nobody waiting.
READ = dict.fromkeys(Heap, frozenset[str]()) | {
    Heap.TALKS: frozenset({"conversation", "person", "active_day"})
}
LONGEST_S = 0.5
"""It was 0.27 for the talks, which are only read, and 0.05 for the others."""


def _nothing(kind: Any) -> str:
    kind = getattr(kind, "impl", kind)
    if isinstance(kind, DateTime):
        return "now()"
    if isinstance(kind, Boolean):
        return "false"
    return "'[]'" if isinstance(kind, JSON) else "''" if isinstance(kind, String) else "0"


async def filled(server: Any, table: str, rows: int, **values: str) -> None:
    """So many rows `n`, empty but for these values."""
    columns = SQLModel.metadata.tables[table].columns
    needed = [c for c in columns if not c.nullable and c.server_default is None]
    given = {f'"{c.name}"': _nothing(c.type) for c in needed}
    given |= {f'"{name}"': value for name, value in values.items()}
    await server.execute(
        f"INSERT INTO {table} ({', '.join(given)}) SELECT {', '.join(given.values())}"
        f" FROM generate_series(1, {rows}) n"
    )


async def everything(server: Any, lasts: dict[Heap, timedelta]) -> None:
    """Each heap as full as its rows last, and a little older."""

    def since(heap: Heap) -> str:
        span = int(lasts[heap].total_seconds() * 1000)
        return f"({millis(NOW) - span} + (n - {OLDER})::bigint * {span // ROWS})"

    def at(heap: Heap) -> str:
        return f"to_timestamp({since(heap)} / 1000.0)"

    await server.execute("SET session_replication_role = replica")  # references are not looked at
    await filled(
        server,
        "person",
        ROWS,
        id="n",
        telegram_id="n",
        created_at=f"'{NOW - 2 * lasts[Heap.TALKS]}'",
    )
    await filled(server, "provider", PROVIDERS, id="n", person_id="n")
    await filled(server, "orders", ROWS, id="n", number="n", state="'closed'")
    await filled(
        server, "inbox", ROWS, bot="'customer'", update_id="n", done_at=since(Heap.UPDATES)
    )
    await filled(server, "inbox", ROWS, bot="'admin'", update_id="n", parked_at=since(Heap.PARKED))
    await filled(
        server,
        "outbox",
        ROWS,
        id="n",
        key="n",
        subject="n",
        state="'done'",
        created_at=since(Heap.LETTERS),
    )
    await filled(server, "unit", ROWS, token="n", at=since(Heap.UNITS))
    await filled(server, "done_once", ROWS, key="n", at=since(Heap.ONCE))
    await filled(
        server, "conversation", ROWS, bot="'customer'", chat_id="n", user_id="n", destiny="'talk'"
    )
    first = cell_of(NOW - lasts[Heap.TIMES])
    await filled(
        server,
        "slot_claim",
        ROWS,
        provider_id=f"n % {PROVIDERS} + 1",
        cell=f"{first} + n / {PROVIDERS} * 8 - 8",
        order_id="n",
    )
    await filled(server, "trace", ROWS, visitor="n", at=at(Heap.TRACES))
    kept = lasts[Heap.ACTIVE].days
    await filled(
        server, "active_day", ROWS, person_id="n",
        day=f"{NOW.toordinal() - kept - 1} + n::bigint * {kept} / {ROWS}",
    )  # fmt: skip
    await filled(server, "active_day", ROWS, person_id="n", day=f"{NOW.toordinal()}")
    await server.execute("ANALYZE")


def asked(heap: Heap, before: datetime) -> list[tuple[str, Sequence[Any]]]:
    """What is asked of the database: is there any, and away with some."""
    if heap is Heap.LETTERS:
        stood = millis(before - timedelta(days=365))
        return [(LETTERS, [millis(before), before, stood, BATCH])]
    old, since = OLD[heap], SINCE[OLD[heap].since](before)
    return [(old.found, [*since, 1]), (old.taken(" FOR UPDATE OF t SKIP LOCKED"), [*since, BATCH])]


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_no_big_table_is_read_whole_and_no_batch_takes_long(
    tmp_path: Path, blank: Blank
) -> None:
    async with blank("postgresql", tmp_path) as url:
        database = await Database.open(url)
        try:
            here = await settle(database, tmp_path)
            lasts = {heap: here.core.tidying._lasts(heap) for heap in Heap}
            async with servers.connected(url) as server:
                await everything(server, lasts)
                for heap in Heap:
                    for sql, params in asked(heap, NOW - lasts[heap]):
                        plan = await planned(server, sql, params)
                        assert not read_whole(plan) - READ[heap], plan
            for heap in Heap:
                slowest, gone = await emptied(HeapTables(database), heap, NOW - lasts[heap])
                print(f"{heap}: {gone} rows, slowest {slowest:.3f} s")
                assert slowest < LONGEST_S
                assert gone > 0 or heap is Heap.TALKS, "nobody is away"
        finally:
            await database.close()


async def emptied(heaps: HeapTables, heap: Heap, before: datetime) -> tuple[float, int]:
    slowest, gone, some = 0.0, 0, 1
    while some:
        began = time.monotonic()
        some = await heaps.forget(heap=heap, before=before, limit=BATCH)
        slowest, gone = max(slowest, time.monotonic() - began), gone + some
    return slowest, gone


def read_whole(plan: str) -> set[str]:
    return set(re.findall(r"Seq Scan on (\w+)", plan)) & BIG


async def planned(server: Any, sql: str, params: Sequence[Any]) -> str:
    rows = await server.fetch("EXPLAIN " + numbered(sql), *for_postgres(params))
    return "\n".join(row[0] for row in rows)
