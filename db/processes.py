"""Who else works on this database: each process has a number of its own and says every few seconds that it lives.

Time is the server's, so that it does not matter whose clock is wrong.
"""

import random

from db.engine import Database
from db.errors import TablesNewer
from db.ops import Op
from db.revisions import head

ALIVE_MS = 10_000
NUMBERS = 1024  # as many as an id has room for, see core/ids.py
JOINING = "hashtext('doorstep.process')"
"""The lock under which a process joins."""
NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"


class NoNumberFree(Exception):
    """More processes than numbers."""


class ProcessTable:
    """PostgreSQL alone; on SQLite the file's lock keeps a second process away."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def join(self) -> tuple[int, int]:
        """(run, number) of this process; whoever is long dead leaves its number. Raises NoNumberFree, TablesNewer."""
        run = random.SystemRandom().getrandbits(62)
        turn = Op(f"SELECT pg_advisory_xact_lock({JOINING})")
        gone = Op(f"DELETE FROM process WHERE alive_until < {NOW} - {6 * ALIVE_MS}")
        free = (
            f"INSERT INTO process (run, number, alive_until, knows) SELECT ?, n, {NOW} + {ALIVE_MS}, ?"
            f" FROM generate_series(0, {NUMBERS - 1}) n"
            " WHERE NOT EXISTS (SELECT 1 FROM process p WHERE p.number = n)"
            " AND NOT EXISTS (SELECT 1 FROM alembic_version WHERE oldest_code > ?)"
            " ORDER BY n LIMIT 1 RETURNING number"
        )
        asked = [run, head(), head()]
        [rows] = await self._db.apply([turn, gone, Op(free, asked, returns=True)])
        if not rows:
            raise await self._refused()
        return run, int(rows[0][0])

    async def _refused(self) -> Exception:
        sql = "SELECT version_num FROM alembic_version WHERE oldest_code > ?"
        newer = await self._db.fetch(sql, [head()])
        return TablesNewer(str(newer[0][0]), head()) if newer else NoNumberFree()

    async def renew(self, *, run: int) -> bool:
        """Still there; False if it is too late: others may have taken this process for dead."""
        sql = (
            f"UPDATE process SET alive_until = {NOW} + {ALIVE_MS}"
            f" WHERE run = ? AND alive_until > {NOW} RETURNING run"
        )
        [rows] = await self._db.apply([Op(sql, [run], returns=True)])
        return bool(rows)

    async def fetches(self, bot: str, *, run: int) -> bool:
        """Whether a bot's updates are this living process's to fetch: nobody's so far, or those of one that died."""
        lives = f"EXISTS (SELECT 1 FROM process p WHERE p.run = {{}} AND p.alive_until > {NOW})"
        sql = (
            f"INSERT INTO poller (bot, run) SELECT ?, ? WHERE {lives.format('?')}"
            " ON CONFLICT (bot) DO UPDATE SET run = excluded.run"
            f" WHERE poller.run = excluded.run OR NOT {lives.format('poller.run')} RETURNING bot"
        )
        [rows] = await self._db.apply([Op(sql, [bot, run, run], returns=True)])
        return bool(rows)

    async def leave(self, *, run: int) -> None:
        """Goes: what is left of its lanes is anybody's at once."""
        await self._db.apply([Op("DELETE FROM process WHERE run = ?", [run])])
