"""The booking commit with all its guards, in ratio to a raw writer (bench/raw.py): alone, of many at once, of rivals.

What is measured is the call that writes; the change sets are made before by the real use case.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from bench.raw import Raw, Unit, plain, raw_of
from bench.rounds import Series, interleaved
from core.changes import Changes, Insert
from core.errors import DomainError
from core.orders.model import Order, Pay
from core.people.model import Provider
from db.ops import Op
from db.store import SqlStore
from tests.reliability.town import NOON, Town

ROUNDS = 7
ALONE = 40
CLIENTS, EACH = 32, 10
RIVALS = 500
A_DAY, DAYS = 8, 5
_NUMBERS = count(10_000_000)


class Recorder:
    """Stands before the database and keeps what would have been written."""

    def __init__(self, database: Any) -> None:
        self.dialect, self.skip_locked = database.dialect, database.skip_locked
        self.ops: list[list[Op]] = []

    async def apply(self, ops: Sequence[Op]) -> list[Any]:
        self.ops.append(list(ops))
        return []


class _Keeping:
    """Reads as the store does, keeps what it is to write."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.made: list[Changes] = []

    async def apply(self, changes: Changes) -> None:
        for change in changes.items:
            if isinstance(change, Insert) and isinstance(change.row, Order):
                change.row.number = str(next(_NUMBERS))  # so many as are drawn here would meet
        self.made.append(changes)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@asynccontextmanager
async def _kept(here: Town) -> AsyncIterator[list[Changes]]:
    """Within it nothing that the use case decides is written."""
    store = here.core.placing._store
    keeping = _Keeping(store)
    here.core.placing._store = keeping
    try:
        yield keeping.made
    finally:
        here.core.placing._store = store


async def bookings(here: Town, many: int, *, rivals: bool = False) -> list[Changes]:
    """The change sets of so many bookings: each at an hour of its own, or all at the same."""
    customers = await here.customers(many)
    each = many if rivals else A_DAY * DAYS
    providers = [await here.provider(here.services[0]) for _ in range(0, many, each)]
    await here.insert(
        [
            here.draft(who, *_place(providers, n, rivals), pay=Pay.ON_SITE)
            for n, who in enumerate(customers)
        ]
    )
    async with _kept(here) as made:
        for who in customers:
            await here.place(who.id)
    return made


def _place(providers: Sequence[Provider], number: int, rivals: bool) -> tuple[Provider, Any]:
    if rivals:
        return providers[0], NOON + timedelta(days=1)
    turn, place = divmod(number, A_DAY * DAYS)
    day, hour = divmod(place, A_DAY)
    return providers[turn], NOON + timedelta(days=1 + day, hours=hour - 1)


async def raw_units(here: Town, sets: Sequence[Changes]) -> list[Unit]:
    """The same rows as bare SQL and values."""
    recorder = Recorder(here.database)
    store = SqlStore(recorder, letters=here.built.store._letters, clock=lambda: here.now)  # type: ignore[arg-type]
    for changes in sets:
        await store.apply(changes)
    return [plain(ops) for ops in recorder.ops]


@dataclass(frozen=True, slots=True)
class Found:
    """`series`: seconds per booking; of rivals, until the last one is answered. `won`: of the rivals, in each round."""

    series: dict[str, Series]
    won: set[int]


async def measure(here: Town) -> Found:
    raw = raw_of(here.database)
    [like] = await raw_units(here, await bookings(here, 1))
    await raw.open(like)
    try:
        bench = _Bench(here, raw)
        contenders = {
            "commit": bench.alone, "raw": bench.raw_alone, "clients": bench.clients,
            "rivals": bench.rivals, "raw rivals": bench.raw_rivals,
        }  # fmt: skip
        return Found(await interleaved(contenders, rounds=ROUNDS), bench.won)
    finally:
        await raw.close()


class _Bench:
    def __init__(self, here: Town, raw: Raw) -> None:
        self.here, self.raw = here, raw
        self.won = set[int]()

    async def alone(self) -> float:
        sets = await bookings(self.here, ALONE)
        began = time.perf_counter()
        for changes in sets:
            await self.here.built.store.apply(changes)
        return (time.perf_counter() - began) / ALONE

    async def raw_alone(self) -> float:
        units = await raw_units(self.here, await bookings(self.here, ALONE))
        began = time.perf_counter()
        for unit in units:
            assert await self.raw.write(unit)
        return (time.perf_counter() - began) / ALONE

    async def clients(self) -> float:
        """Each of them sends its next one when the last is answered."""
        sets = await bookings(self.here, CLIENTS * EACH)

        async def client(own: Sequence[Changes]) -> None:
            for changes in own:
                await self.here.built.store.apply(changes)

        began = time.perf_counter()
        await asyncio.gather(*(client(sets[n::CLIENTS]) for n in range(CLIENTS)))
        return (time.perf_counter() - began) / len(sets)

    async def rivals(self) -> float:
        sets = await bookings(self.here, RIVALS, rivals=True)

        async def rival(changes: Changes) -> bool:
            try:
                await self.here.built.store.apply(changes)
            except DomainError:
                return False
            return True

        began = time.perf_counter()
        ends = await asyncio.gather(*(rival(changes) for changes in sets))
        self.won.add(sum(ends))
        return time.perf_counter() - began

    async def raw_rivals(self) -> float:
        units = await raw_units(self.here, await bookings(self.here, RIVALS, rivals=True))
        began = time.perf_counter()
        ends = await asyncio.gather(*(self.raw.write(unit) for unit in units))
        assert sum(ends) == 1
        return time.perf_counter() - began
