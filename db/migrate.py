"""Brings a database to the tables this version needs; run at every start, it does nothing when all is well."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from db.errors import DatabaseUnreachable

HERE = Path(__file__).parent / "migrations"
# Any number that nobody else locks in this database.
_TURN = 20_260_504
_PATIENCE_S = 60


def config(connection: Connection) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


async def migrate(url: str, *, revision: str = "head") -> None:
    """Upgrades to `revision`."""
    await _run(url, lambda connection: command.upgrade(config(connection), revision))


async def unmigrate(url: str, *, revision: str) -> None:
    """Downgrades to `revision` ("base": no tables at all)."""
    await _run(url, lambda connection: command.downgrade(config(connection), revision))


def in_schema(url: str) -> tuple[URL, dict[str, str]]:
    """The address without the schema it may name (`?search_path=…`), and the server's settings that choose it."""
    address = make_url(url)
    named = {name: str(value) for name, value in address.query.items() if name == "search_path"}
    return address.difference_update_query(named), named


async def _run(url: str, work: object) -> None:
    sqlite = make_url(url).get_backend_name() == "sqlite"
    address, settings = in_schema(url)
    # Processes that start together take turns, however slow the machine is.
    patient: dict[str, Any] = {"timeout": _PATIENCE_S}
    leading = {"server_settings": settings, "target_session_attrs": "read-write"}
    engine = create_async_engine(address, connect_args=patient if sqlite else leading)
    if sqlite:
        # The driver must leave transactions to us; table changes and their version are one unit.
        @event.listens_for(engine.sync_engine, "connect")
        def _connect(connection: object, _record: object) -> None:
            connection.isolation_level = None  # type: ignore[attr-defined]

        @event.listens_for(engine.sync_engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        async with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # Only once it is our turn may nobody keep us waiting.
                await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")
                await connection.exec_driver_sql("SET lock_timeout = '10s'")
            await connection.run_sync(work)  # type: ignore[arg-type]
    except OSError as error:
        raise DatabaseUnreachable(str(engine.url), str(error)) from error
    finally:
        await engine.dispose()
