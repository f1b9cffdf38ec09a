"""Brings a database to the tables this version needs; run at every start, it does nothing when all is well."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, make_url
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


async def _run(url: str, work: object) -> None:
    sqlite = make_url(url).get_backend_name() == "sqlite"
    # Processes that start together take turns, however slow the machine is.
    engine = create_async_engine(url, connect_args={"timeout": _PATIENCE_S} if sqlite else {})
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
