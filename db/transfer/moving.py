"""The whole way: look at both ends, copy batch by batch, compare; a second start goes on where one was cut off."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from db.transfer.destination import Destination
from db.transfer.source import Source, tables

Told = Callable[[str, int, int], None]
"""Hears which table is copied, how many rows are there and how many there will be."""
BATCH = 5_000


async def move(
    source: Path, url: str, *, now: datetime, told: Told, batch: int = BATCH
) -> dict[str, int]:
    """Rows per table. Raises CannotMove, DatabaseInUse, DatabaseUnreachable; the source stays as it is."""
    with Source.open(source) as file:
        file.check(now=now)
        counts = file.counts()
        total = sum(counts.values())
        async with Destination.open(url) as server:
            done = await server.begin(mark=file.mark)
            there = sum(rows for rows, _ in done.values())
            for table in tables():
                rows, after = done.get(table.name, (0, []))
                key = [list(table.columns.keys()).index(each.name) for each in table.primary_key]
                if rows == counts[table.name]:
                    continue
                for some in file.batches(table, after=after, size=batch):
                    rows, after = rows + len(some), [some[-1][index] for index in key]
                    done[table.name] = [rows, after]
                    await server.take(table, some, done=done)
                    there += len(some)
                    told(table.name, there, total)
            await server.finish(counts=counts, book=file.book(), now=now)
    return counts
