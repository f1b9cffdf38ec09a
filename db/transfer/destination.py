"""The PostgreSQL database that is moved into: empty, or a move that was broken off; whole only at the very end.

A row of the table `half_moved` says how far it is, written with each batch in one transaction. While it is there no
platform starts on this database.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from io import BytesIO
from typing import Any

import asyncpg
from sqlalchemy import Boolean, DateTime, LargeBinary, Table, make_url

from db.backups.copies import asked, differing
from db.backups.postgres import OTHERS, TABLES, continue_sequences
from db.codec import clean_text
from db.errors import CannotMove, DatabaseInUse, DatabaseUnreachable
from db.migrate import migrate
from db.ops import Row
from db.postgres import HALF_MOVED as MARK
from db.transfer.source import BOOK, tables

_LOCK = 20_260_505


class Destination:
    def __init__(self, url: str, server: Any) -> None:
        self._url = url
        self._server = server

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator["Destination"]:
        """Raises CannotMove, DatabaseUnreachable, DatabaseInUse."""
        address = make_url(url)
        if address.get_backend_name() != "postgresql":
            raise CannotMove("no_destination")
        dsn = address.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            server = await asyncpg.connect(dsn, timeout=15)
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            raise DatabaseUnreachable(str(address), str(error)) from error
        try:
            alone = await server.fetchval("SELECT pg_try_advisory_lock($1::bigint)", _LOCK)
            if not alone or await server.fetchval(OTHERS):
                raise DatabaseInUse(str(address))
            yield cls(url, server)
        finally:
            await server.close()

    async def begin(self, *, mark: str) -> dict[str, Any]:
        """How far an earlier move of the same content came, {} for a fresh start. Raises CannotMove."""
        if kept := await self._kept():
            if kept["mark"] == mark:
                return dict(kept["done"])
            await self._clear()  # the platform went on since: what was copied then is of no use
        elif await self._filled():
            raise CannotMove("not_empty")
        await self._note("")  # tables half made are ours, too
        await migrate(self._url)
        async with self._server.transaction():
            await self._note(mark)
            for table in tables():
                await self._server.execute(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
        return {}

    async def _note(self, mark: str) -> None:
        await self._server.execute(f"CREATE TABLE IF NOT EXISTS {MARK} (told jsonb)")
        await self._server.execute(f"DELETE FROM {MARK}")
        told = json.dumps({"mark": mark, "done": {}})
        await self._server.execute(f"INSERT INTO {MARK} VALUES ($1)", told)

    async def _kept(self) -> Any:
        if not await self._server.fetchval("SELECT to_regclass($1)", MARK):
            return None
        told = await self._server.fetchval(f"SELECT told FROM {MARK}")
        return json.loads(told) if told else {"mark": "", "done": {}}

    async def _filled(self) -> bool:
        """Tables of anybody; empty ones of ours are nothing yet."""
        ours = {table.name for table in tables()} | {"alembic_version"}
        for (name,) in await self._server.fetch(TABLES):
            some = f'SELECT EXISTS (SELECT 1 FROM "{name}")'
            if name not in ours or (
                name != "alembic_version" and await self._server.fetchval(some)
            ):
                return True
        return False

    async def _clear(self) -> None:
        async with self._server.transaction():
            for table in reversed(tables()):
                if await self._server.fetchval("SELECT to_regclass($1)", f'"{table.name}"'):
                    await self._server.execute(f'DELETE FROM "{table.name}"')

    async def take(self, table: Table, rows: Sequence[Row], *, done: Mapping[str, Any]) -> None:
        """One batch, and how far it is with it: both or neither."""
        columns = [column.name for column in table.columns]
        told = json.dumps(done)
        async with self._server.transaction():
            await self._server.copy_to_table(
                table.name, columns=columns, source=BytesIO(written(table, rows))
            )
            await self._server.execute(
                f"UPDATE {MARK} SET told = jsonb_set(told, '{{done}}', $1::text::jsonb)", told
            )

    async def finish(self, *, counts: Mapping[str, int], book: set[Row], now: datetime) -> None:
        """Compared and whole, or not at all. Raises CannotMove."""
        async with self._server.transaction():
            kept = {
                table.name: await self._server.fetchval(f'SELECT COUNT(*) FROM "{table.name}"')
                for table in tables()
            }
            found = differing(kept, counts)
            if {tuple(row) for row in await self._server.fetch(BOOK)} != book:
                found.append("ledger")
            questions = asked(dialect="postgresql", at=now)
            found += [name for name, sql in questions.items() if await self._server.fetch(sql)]
            if found:
                raise CannotMove("differs", {"found": ", ".join(found)})
            for table in tables():
                await self._server.execute(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
            await continue_sequences(self._server)
            await self._server.execute(f"DROP TABLE {MARK}")
        await self._server.execute("ANALYZE")


def written(table: Table, rows: Sequence[Row]) -> bytes:
    """Rows as PostgreSQL's COPY reads them; instants lie in SQLite as UTC without saying so."""
    kinds = [_kind(column.type) for column in table.columns]
    lines = (
        "\t".join(_value(value, kind) for value, kind in zip(row, kinds, strict=True))
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _kind(column: Any) -> str:
    kind = getattr(column, "impl", column)
    if isinstance(kind, DateTime):
        return "instant"
    if isinstance(kind, LargeBinary):
        return "bytes"
    return "truth" if isinstance(kind, Boolean) else ""


def _value(value: Any, kind: str) -> str:
    if value is None:
        return r"\N"
    if kind == "instant":
        return f"{value}+00"
    if kind == "truth":
        return "t" if value else "f"
    if kind == "bytes":
        return rf"\\x{value.hex()}"
    if isinstance(value, float):
        return repr(value)
    text = clean_text(str(value)).replace("\\", "\\\\")
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
