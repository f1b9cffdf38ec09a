"""The demo city, made once in a run on each database and copied for every platform that wants one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock

from tests.databases import drop, lasting_url, scratch_url, written
from tests.platforms import ROOMY, Platform
from tests.starting import Command, Fork, Start

# SQLite's city is begun by the command people type, so every run shows that it works.
_BEGIN: dict[str, Start] = {"sqlite": Command, "postgresql": Fork}


# A visit that is booked at night is far away by the clock, and tests run at any hour.
AT_ANY_HOUR = "INSERT INTO rule_value (id, name, value) VALUES (1, 'depart_ahead_hours', '1440')"


class Cities:
    """What the workers of one run share: a folder for each database, and who still needs it."""

    def __init__(self, shared: Path, worker: str) -> None:
        self._shared, self._worker = shared, worker

    @asynccontextmanager
    async def platform(
        self, dialect: str, data: Path, *, group_limit: str = ROOMY,
        more: Mapping[str, str] | None = None,
    ) -> AsyncIterator[Platform]:  # fmt: skip
        """A running platform with a city of its own in this folder, which must not exist yet."""
        city = await self._made(dialect)
        shutil.copytree(city, data, ignore=shutil.ignore_patterns("doorstep.db*", "*.jsonl"))
        async with scratch_url(dialect, data, like=_address(city)) as url:
            platform = Platform(data, database=url, group_limit=group_limit, begin=Fork, more=more)
            platform.start()
            try:
                await platform.ready()
                yield platform
            finally:
                platform.stop()

    async def _made(self, dialect: str) -> Path:
        city = self._shared / dialect / "city"
        with self._locked(dialect):
            if not _done(city).exists():
                await _make(dialect, city)
            (self._shared / dialect / self._worker).touch()
        return city

    async def close(self) -> None:
        """This worker needs them no more; the last one takes the databases away."""
        for place in self._shared.glob("*/city"):
            dialect = place.parent.name
            with self._locked(dialect):
                (place.parent / self._worker).unlink(missing_ok=True)
                if _done(place).exists() and not list(place.parent.glob("gw*")):
                    await drop(_address(place))
                    _done(place).unlink()

    def _locked(self, dialect: str) -> FileLock:
        (self._shared / dialect).mkdir(parents=True, exist_ok=True)
        return FileLock(self._shared / f"{dialect}.lock")


def _done(city: Path) -> Path:
    return city.with_name("address")


def _address(city: Path) -> str:
    return _done(city).read_text()


async def _make(dialect: str, city: Path) -> None:
    shutil.rmtree(city, ignore_errors=True)
    city.mkdir(parents=True)
    url = await lasting_url(dialect, city)
    platform = Platform(city, database=url, begin=_BEGIN[dialect])
    platform.start()
    try:
        await platform.ready()
    finally:
        platform.stop()
    await asyncio.to_thread(written, url, AT_ANY_HOUR)
    _done(city).write_text(url)
