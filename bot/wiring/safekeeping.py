"""Makes backups and looks at them all over: the database's own way of copying meets the locked file."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.adapters.archive import BESIDE, DATABASE, FILES, Places, differing_files, pack, unpack
from bot.adapters.shelf import Shelf
from bot.config import Settings
from core.backups.model import Label, Made
from core.errors import Unusable
from db.backups import copies
from db.backups.copies import Tried
from db.revisions import known

Told = Callable[[str, int], None]
"""Hears the step and how far it is in it; may break the work off by raising."""
SCRATCH = ".scratch-"
ERASED, LINKS = "erased.txt", "link.key"


def here() -> str:
    """This version's number."""
    try:
        return version("doorstep")
    except PackageNotFoundError:
        return "?"


@dataclass(frozen=True, slots=True)
class Opened:
    """A backup that was opened: its label, where its parts lie, the copy as a database, and what is wrong with it."""

    label: Label
    folder: Path
    tried: Tried
    found: tuple[str, ...]

    @property
    def files(self) -> Path:
        return self.folder / FILES

    @property
    def beside(self) -> Path:
        return self.folder / BESIDE


class Safekeeping:
    """Works in a scratch folder beside the data, which is gone afterwards."""

    def __init__(self, settings: Settings, keys: list[bytes]) -> None:
        self._settings = settings
        self._keys = keys
        self._data = settings.data_dir
        self.shelf = Shelf(settings.backups)
        self.copies = copies(settings.database_url)

    async def make(self, *, at: datetime, told: Told) -> Made:
        """A backup of this moment, whole and in its place. Raises Unusable("no_key"), OSError."""
        if not self._keys:
            raise Unusable("no_key")
        with self._scratch() as scratch:
            copy = scratch / DATABASE
            copy.mkdir()
            taken = await self.copies.take(copy, lambda done: told("database", done))

            def label(files: int, missing: tuple[str, ...]) -> Label:
                return Label(
                    at, here(), taken.revision, self.copies.dialect, taken.rows, files, missing
                )

            beside = (self._data / LINKS, self._data / ERASED)
            target = self.shelf.place_for(at)
            paths = sorted({path for path, _ in taken.files})
            written = await asyncio.to_thread(
                pack, target, self._keys[0], label, Places(copy, self._data / FILES, beside), paths,
                lambda done: told("files", done),
            )  # fmt: skip
        return Made(target.name, target.stat().st_size, written)

    @asynccontextmanager
    async def opened(self, file: Path, *, told: Told) -> AsyncIterator[Opened]:
        """The backup beside the platform, looked at all over. Raises Unusable."""
        if not self._keys:
            raise Unusable("no_key")
        with self._scratch() as scratch:
            label = await asyncio.to_thread(
                unpack, file, self._keys, scratch, lambda done: told("open", done)
            )
            await asyncio.to_thread(_check, label, self.copies.dialect)
            told("check", 0)
            async with self.copies.loaded(
                scratch / DATABASE, revision=label.revision, rows=label.rows, at=label.taken_at
            ) as tried:
                found = tried.found
                if not found:
                    found = tuple(
                        await asyncio.to_thread(
                            differing_files, scratch / FILES, tried.files, label
                        )
                    )
                yield Opened(label, scratch, tried, found)

    async def try_latest(self, *, told: Told) -> Made:
        """The latest backup restored on trial. Raises Unusable."""
        file = self.shelf.latest()
        if file is None:
            raise Unusable("no_file")
        async with self.opened(file, told=told) as opened:
            return Made(file.name, file.stat().st_size, opened.label, opened.found)

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=self._data))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def tidy(self) -> None:
        """What a killed process left behind."""
        for folder in self._data.glob(f"{SCRATCH}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _check(label: Label, dialect: str) -> None:
    if not known(label.revision):
        raise Unusable("newer", {"version": label.version})
    if label.dialect != dialect:
        raise Unusable("other_database", {"dialect": label.dialect})
