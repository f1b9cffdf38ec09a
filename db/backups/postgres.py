"""PostgreSQL: every table as the server itself writes it out (COPY), all of one moment; no tool beside it is needed.

A copy is loaded into a schema of its own, so it can be looked at beside the platform and then take its place at once.
"""

import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

import db.tables  # noqa: F401  (declares every table)
from db.backups.copies import APART, Copies, Taken, Told, Tried, asked, differing
from db.errors import DatabaseInUse, DatabaseUnreachable
from db.migrate import migrate

ORDER = "tables.json"
TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY c.relname"
)
_COLUMNS = (
    "SELECT attname FROM pg_attribute WHERE attrelid = $1::text::regclass AND attnum > 0"
    " AND NOT attisdropped ORDER BY attnum"
)
# Which table refers to which.
_REFERENCES = (
    "SELECT s.relname, t.relname FROM pg_constraint k JOIN pg_class s ON s.oid = k.conrelid"
    " JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace n ON n.oid = s.relnamespace"
    " WHERE k.contype = 'f' AND n.nspname = current_schema()"
)
_SEQUENCES = (
    "SELECT c.relname AS tab, a.attname AS col, pg_get_serial_sequence(c.relname, a.attname) AS seq"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_attribute a ON a.attrelid = c.oid WHERE n.nspname = current_schema()"
    " AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped"
    " AND pg_get_serial_sequence(c.relname, a.attname) IS NOT NULL"
)
OTHERS = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
_FUNCTIONS = (
    "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
    " WHERE n.nspname = $1"
)


class PostgresCopies(Copies):
    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = make_url(url)

    async def _connect(self, schema: str = "") -> Any:
        dsn = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            return await asyncpg.connect(
                dsn, server_settings={"search_path": schema} if schema else {}
            )
        except (OSError, asyncpg.PostgresError) as error:
            raise DatabaseUnreachable(str(self._url), str(error)) from error

    async def take(self, folder: Path, told: Told) -> Taken:
        server = await self._connect()
        try:
            async with server.transaction(isolation="repeatable_read", readonly=True):
                return await self._written(server, folder, told)
        finally:
            await server.close()

    @staticmethod
    async def _written(server: Any, folder: Path, told: Told) -> Taken:
        tables = [name for (name,) in await server.fetch(TABLES) if name not in APART]
        ordered = _in_order(tables, await server.fetch(_REFERENCES))
        columns, rows = {}, {}
        for number, table in enumerate(ordered):
            columns[table] = [name for (name,) in await server.fetch(_COLUMNS, f'"{table}"')]
            done = await server.copy_from_table(
                table, columns=columns[table], output=str(folder / table)
            )
            rows[table] = int(done.split()[-1])
            told((number + 1) * 100 // len(ordered))
        (folder / ORDER).write_text(json.dumps([[name, columns[name]] for name in ordered]))
        revision = await server.fetchval("SELECT version_num FROM alembic_version")
        return Taken(str(revision), rows, await _files(server))

    @asynccontextmanager
    async def loaded(
        self, folder: Path, *, revision: str, rows: Mapping[str, int], at: datetime
    ) -> AsyncIterator[Tried]:
        schema = f"doorstep_{secrets.token_hex(6)}"
        url = self._url.update_query_dict({"search_path": schema})
        address = url.render_as_string(hide_password=False)
        server = await self._connect(schema)
        try:
            await server.execute(f'CREATE SCHEMA "{schema}"')
            await migrate(address, revision=revision)
            found = await _read_in(server, folder, rows)
            if not found:
                await migrate(address)
                questions = asked(dialect="postgresql", at=at)
                found = [name for name, sql in questions.items() if await server.fetch(sql)]
            yield Tried(address, await _files(server), tuple(found))
        finally:
            await server.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
            await server.close()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Only as far as it can be seen: nobody is connected."""
        server = await self._connect()
        try:
            others = await server.fetchval(OTHERS)
        finally:
            await server.close()
        if others:
            raise DatabaseInUse(str(self._url))
        yield

    async def lived_in(self) -> bool:
        server = await self._connect()
        try:
            there = {name for (name,) in await server.fetch(TABLES)}
            lived_in = [
                await server.fetchval(f"SELECT EXISTS (SELECT 1 FROM {table})")
                for table in ("person", "service")
                if table in there
            ]
            return any(lived_in)
        finally:
            await server.close()

    async def put(self, tried: Tried, *, aside: Path) -> None:
        """What was there stays as a schema named like the folder; whoever is sure drops it."""
        fresh, former = str(make_url(tried.url).query["search_path"]), aside.name.replace("-", "_")
        server = await self._connect()
        try:
            async with server.transaction():
                place = await server.fetchval("SELECT current_schema()")
                theirs = [name for (name,) in await server.fetch(TABLES)]
                await server.execute(f'CREATE SCHEMA "{former}"')
                coming = await self._of(fresh)
                ours = {*coming[0], *SQLModel.metadata.tables}
                names = {_bare(each) for each in coming[1]}
                going = [
                    each
                    for (each,) in await server.fetch(_FUNCTIONS, place)
                    if _bare(each) in names
                ]
                await _move(server, place, former, [t for t in theirs if t in ours], going)
                await _move(server, fresh, place, coming[0], coming[1])
        finally:
            await server.close()

    async def _of(self, schema: str) -> tuple[list[str], list[str]]:
        """Tables and functions of the loaded copy."""
        server = await self._connect(schema)
        try:
            tables = [name for (name,) in await server.fetch(TABLES)]
            return tables, [each for (each,) in await server.fetch(_FUNCTIONS, schema)]
        finally:
            await server.close()


def _bare(function: str) -> str:
    """Without the schema."""
    return function.split("(")[0].rpartition(".")[2] + "(" + function.split("(", 1)[1]


async def _move(
    server: Any, source: str, target: str, tables: list[str], functions: list[str]
) -> None:
    for table in tables:
        await server.execute(f'ALTER TABLE "{source}"."{table}" SET SCHEMA "{target}"')
    for function in functions:
        await server.execute(f'ALTER FUNCTION "{source}".{_bare(function)} SET SCHEMA "{target}"')


def _in_order(tables: list[str], references: list[Any]) -> list[str]:
    """What is referred to goes first; a table may refer to itself."""
    needs: dict[str, set[str]] = {table: set() for table in tables}
    for table, other in references:
        if table != other:
            needs[table].add(other)
    ordered: list[str] = []
    while needs:
        ready = sorted(table for table, others in needs.items() if not others - set(ordered))
        if not ready:
            raise ValueError(f"tables refer to each other in a circle: {sorted(needs)}")
        ordered += ready
        for table in ready:
            del needs[table]
    return ordered


async def _read_in(server: Any, folder: Path, rows: Mapping[str, int]) -> list[str]:
    """The rows as they were, past our own triggers (they saw each row once) but not past references and keys."""
    try:
        tables = json.loads((folder / ORDER).read_text())
        async with server.transaction():
            for table, _ in reversed(tables):
                await server.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
                await server.execute(f'DELETE FROM "{table}"')
            for table, columns in tables:
                await server.copy_to_table(table, columns=columns, source=str(folder / table))
            await server.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table, _ in tables:
                await server.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            await continue_sequences(server)
    except asyncpg.ForeignKeyViolationError:
        return ["references"]
    except (OSError, ValueError, asyncpg.PostgresError):
        return ["integrity"]
    kept = {t: await server.fetchval(f'SELECT COUNT(*) FROM "{t}"') for t, _ in tables}
    return differing(kept, rows)


async def continue_sequences(server: Any) -> None:
    """Numbers that the server gives go on behind those that are there."""
    for table, column, sequence in await server.fetch(_SEQUENCES):
        last = f'SELECT COALESCE(MAX("{column}"), 0) + 1 FROM "{table}"'
        await server.execute(f"SELECT setval('{sequence}', ({last}), false)")


async def _files(server: Any) -> tuple[tuple[str, str], ...]:
    rows = await server.fetch("SELECT path, sha256 FROM kept_file ORDER BY path")
    return tuple((path, digest) for path, digest in rows)
