"""How customers come to an order, and where they found nobody: noted beside what they do, never waited for.

Nobody can be told from it: a visitor is a number that stands for a customer on one day, made with a key that is thrown
away when the day is over. So there is no history of anybody here to be read, whatever they chose about suggestions.
"""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Protocol
from zoneinfo import ZoneInfo

from core.platform.facts import Kind
from core.ports import Geography

MOST_WAITING = 10_000
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Noted:
    """`visitor` did it for a service (0: none of ours); `wanted` is the start that was asked for, if one was."""

    kind: Kind
    at: datetime
    visitor: int
    service_id: int
    district: str
    wanted: datetime | None = None

    @property
    def slot(self) -> int:
        """The same for the same service within an hour counts once."""
        return int(self.at.timestamp()) // _HOUR


@dataclass(frozen=True, slots=True)
class _Waiting:
    kind: Kind
    at: datetime
    person_id: int
    service_id: int
    lat: float | None
    lon: float | None
    wanted: datetime | None


class TraceBook(Protocol):
    """Where it is kept; see db/traces.py."""

    async def write(self, *, noted: Sequence[Noted]) -> None: ...

    async def unmet(
        self, *, services: Sequence[int], districts: Sequence[str], since: datetime
    ) -> dict[int, int]:
        """Visitors who found nobody there, by service."""

    async def key(self, *, day: int, fresh: str) -> str:
        """The key of the day: `fresh` where there is none yet."""

    async def forget_keys(self, *, before: int) -> None:
        """Those of days before this one."""


class Traces:
    def __init__(self, *, book: TraceBook, places: Geography, zone: str) -> None:
        self._book = book
        self._places = places
        self._zone = ZoneInfo(zone)
        self._waiting: list[_Waiting] = []
        self._writing = asyncio.Lock()
        self._keys: dict[int, str] = {}

    def note(
        self, *, kind: Kind, person_id: int, now: datetime, service_id: int = 0,
        lat: float | None = None, lon: float | None = None, wanted: datetime | None = None,
    ) -> None:  # fmt: skip
        """Costs the one who taps nothing; what a kill cuts off is a moment's worth of counts."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(_Waiting(kind, now, person_id, service_id, lat, lon, wanted))

    async def write(self) -> None:
        """What has been noted since the last time goes to the others; done when all noted before is there."""
        async with self._writing:
            waiting, self._waiting = self._waiting, []
            if waiting:
                await self._book.write(noted=[await self._noted(one) for one in waiting])

    async def unmet(
        self, *, services: Sequence[int], districts: Sequence[str], since: datetime
    ) -> dict[int, int]:
        """How often each was looked for in these districts and nobody could come; once a day for each visitor."""
        if not services or not districts:
            return {}
        await self.write()
        return await self._book.unmet(services=services, districts=districts, since=since)

    async def _noted(self, one: _Waiting) -> Noted:
        key = await self._key(one.at.astimezone(self._zone).toordinal())
        district = ""
        if one.lat is not None and one.lon is not None:
            district = self._places.district_at(lat=one.lat, lon=one.lon)
        visitor = _visitor(key, one.person_id)
        return Noted(one.kind, one.at, visitor, one.service_id, district, one.wanted)

    async def _key(self, day: int) -> str:
        """Shared by all processes, and remembered for this day alone."""
        if day not in self._keys:
            self._keys = {day: await self._book.key(day=day, fresh=secrets.token_hex(16))}
        return self._keys[day]

    async def tidy(self, *, now: datetime) -> None:
        """The keys of days that are over are forgotten."""
        await self._book.forget_keys(before=now.astimezone(self._zone).toordinal())


def _visitor(key: str, person_id: int) -> int:
    made = blake2b(str(person_id).encode(), key=key.encode(), digest_size=7)
    return int.from_bytes(made.digest(), "big")
