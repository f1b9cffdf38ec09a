"""PostgreSQL databases that one test after the other writes on: making one takes a second, wiping one a hundredth."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from db.migrate import migrate
from tests.servers import connected, drop, made

# Whoever a test before left behind, killed processes above all.
ALONE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
NO_TABLES = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
# Without triggers, as the book lets nobody delete; what grew big is cut off, or each wiping would read it again.
NO_ROWS = """
DO $$
DECLARE place record;
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOR place IN
        SELECT oid::regclass AS name, pg_table_size(oid) > 1 << 20 AS big FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    LOOP
        IF place.big THEN EXECUTE format('TRUNCATE %s CASCADE', place.name);
        ELSE EXECUTE format('DELETE FROM %s', place.name);
        END IF;
    END LOOP;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class
    WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace;
END $$"""


class Slates:
    """Those of this process; `tables` says whether they hold all tables, or nothing at all."""

    def __init__(self) -> None:
        self._free: dict[bool, list[str]] = {True: [], False: []}

    @asynccontextmanager
    async def one(self, *, tables: bool) -> AsyncIterator[str]:
        """The address of a clean one, nobody else's until the end of the block."""
        url = await self._wiped(tables) or await self._fresh(tables)
        try:
            yield url
        finally:
            self._free[tables].append(url)

    async def _wiped(self, tables: bool) -> str:
        if not self._free[tables]:
            return ""
        url = self._free[tables].pop()
        async with connected(url) as connection:
            await connection.execute(ALONE)
            await connection.execute(NO_ROWS if tables else NO_TABLES)
        return url

    async def _fresh(self, tables: bool) -> str:
        url = await made()
        if tables:
            await migrate(url)
        return url

    async def away(self) -> None:
        """Drops all that are free."""
        for urls in self._free.values():
            while urls:
                await drop(urls.pop())


SLATES = Slates()
