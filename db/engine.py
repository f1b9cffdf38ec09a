"""The door to the database: SQLite or PostgreSQL behind the same few calls.

Writes are lists of guarded operations, applied all or nothing in one hop; reads are raw tuples,
or rows through a session that cannot write.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar

from sqlalchemy import MetaData
from sqlalchemy.engine import make_url
from sqlmodel.ext.asyncio.session import AsyncSession

from db.errors import UnsupportedDatabase
from db.ops import Op, Row
from db.readers import Query
from db.writer import WriteFn

T = TypeVar("T")
CONNECTIONS = 10


class Bell(Protocol):
    """See db/bell.py."""

    def start(self) -> None: ...
    async def stop(self) -> None: ...
    def ring(self, word: str) -> None: ...


@dataclass(slots=True)
class Pulse:
    """How the writes go: commits and the seconds they took since the start, and how many wait now."""

    commits: int = 0
    seconds: float = 0.0
    waiting: int = 0


class Database(ABC):
    """What both databases can do."""

    dialect: ClassVar[str]
    # Appended to the inner SELECT of a claim, so that rivals pass each other instead of queueing.
    skip_locked: ClassVar[str]

    def skip_locked_of(self, alias: str) -> str:
        """The same for one table of a join or of a query with subqueries."""
        return self.skip_locked.replace("UPDATE", f"UPDATE OF {alias}")

    @staticmethod
    async def open(url: str, *, connections: int = CONNECTIONS) -> "Database":
        """The database at this address (`sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`).

        `connections`: so many at most to a PostgreSQL server, and half as many again for reading rows.
        """
        backend = make_url(url).get_backend_name()
        if backend == "sqlite":
            from db.sqlite import SqliteDatabase

            return await SqliteDatabase.connect(url)
        if backend == "postgresql":
            from db.postgres import PostgresDatabase

            return await PostgresDatabase.connect(url, connections=connections)
        raise UnsupportedDatabase(backend)

    @abstractmethod
    async def apply(self, ops: Sequence[Op]) -> list[list[Row]]:
        """Write all of `ops` or nothing; the rows of each op marked `returns`, in order."""

    @abstractmethod
    async def fetch_all(self, queries: Sequence[Query]) -> list[list[Row]]:
        """Several reads in one hop, all of the same moment."""

    async def fetch(self, sql: str, params: Sequence[Any] = ()) -> list[Row]:
        """One read of raw rows."""
        return (await self.fetch_all([(sql, params)]))[0]

    @property
    @abstractmethod
    def pulse(self) -> Pulse:
        """As of now."""

    async def write(self, work: WriteFn) -> Any:
        """Run a plain function in a transaction on the writer's thread (SQLite alone has one)."""
        raise UnsupportedDatabase(f"{self.dialect} has no writer thread; use apply()")

    def alone(self, what: str) -> AbstractAsyncContextManager[None]:
        """No other process does the same meanwhile; for what happens rarely and takes calls to the outside."""
        return nullcontext()

    def bell(self, heard: Mapping[str, Callable[[], Any]]) -> "Bell | None":
        """What processes tell each other by; None where there is only one."""
        return None

    @abstractmethod
    def session(self) -> AsyncSession:
        """A session for reading rows; `async with db.session() as session`."""

    @abstractmethod
    async def reading(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """`work` with a reading session, once more if the connection broke under it."""

    @abstractmethod
    async def create(self, metadata: MetaData) -> None:
        """Make all tables of `metadata` that are missing (migrations do this in real life)."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what waits and let go."""
