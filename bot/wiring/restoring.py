"""`python -m bot restore FILE`: the platform as it was at a backup, standing still until its money is compared.

Everything is opened and looked at beside the place before anything there is touched; what was there is put aside.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from bot.adapters.erasures import join
from bot.config import Settings
from bot.refusals import RestoreBrokenOff
from bot.wiring.core import build
from bot.wiring.safekeeping import ERASED, LINKS, Opened, Safekeeping
from core.backups.model import Label
from core.errors import Unusable
from db.backups.afterwards import no_more_waits
from db.engine import Database

MARK = "restoring"


def check_whole(settings: Settings) -> None:
    """A place where a restore was broken off is no platform. Raises RestoreBrokenOff."""
    if (settings.data_dir / MARK).exists():
        raise RestoreBrokenOff(str(settings.data_dir))


async def restore(settings: Settings, file: Path, *, overwrite: bool) -> None:
    """Raises Unusable, DatabaseInUse; nothing is touched then."""
    safe, now = Safekeeping(settings, settings.known_backup_keys), datetime.now(UTC)
    async with safe.copies.alone():
        if (await safe.copies.lived_in() or _any_files(settings)) and not overwrite:
            raise Unusable("not_empty")
        async with safe.opened(file, told=lambda _step, _done: None) as opened:
            if opened.found:
                raise Unusable("unsound", {"found": ", ".join(opened.found)})
            await _stand_still(settings, opened, now)
            aside = await _put(settings, safe, opened, now)
    print(_told(file, opened.label, aside))  # noqa: T201


def _any_files(settings: Settings) -> bool:
    return any(path.is_file() for path in (settings.data_dir / "files").rglob("*"))


async def _stand_still(settings: Settings, opened: Opened, now: datetime) -> None:
    """Written into the copy: what waited then is not sent now, and nothing goes on before people say so."""
    database = await Database.open(opened.tried.url)
    try:
        await database.apply(no_more_waits(now))
        built = build(settings, database, methods={}, places=(), clock=lambda: now)
        await built.core.quarantine.begin(taken_at=opened.label.taken_at, now=now)
    finally:
        await database.close()


async def _put(settings: Settings, safe: Safekeeping, opened: Opened, now: datetime) -> Path | None:
    """The parts go to their places, the database last; where the former ones are now, if there were any."""
    data = settings.data_dir
    aside = _fresh(data, f"before-restore-{now:%Y%m%d-%H%M%S}")
    with _marked(data / MARK):
        _swap(opened.files, data / "files", aside)
        _swap(opened.beside / LINKS, data / LINKS, aside)
        join(data / ERASED, opened.beside / ERASED, settings.backups / ERASED)
        await safe.copies.put(opened.tried, aside=aside)
    if any(aside.iterdir()):
        return aside
    aside.rmdir()
    return None


def _fresh(data: Path, name: str) -> Path:
    """A folder of its own, also for a second try in the same second: what the first one put aside stays."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    aside = next(data / each for each in names if not (data / each).exists())
    aside.mkdir(mode=0o700)
    return aside


@contextmanager
def _marked(mark: Path) -> Iterator[None]:
    """Broken off in between, the mark stays; a refusal leaves none."""
    mark.touch()
    yield
    mark.unlink()


def _swap(fresh: Path, place: Path, aside: Path) -> None:
    if place.exists():
        shutil.move(place, aside / place.name)
    if fresh.exists():
        shutil.move(fresh, place)


def _told(file: Path, label: Label, aside: Path | None) -> str:
    rows = f"{sum(label.rows.values()):,} rows and {label.files:,} files"
    lines = [
        f"Restored {file.name}: {rows}, as of {label.taken_at:%Y-%m-%d %H:%M} UTC.",
        f"What was there before lies in {aside}." if aside else "",
        "Start Doorstep now. It stands still at first: everything can be read, but nothing is booked,",
        "paid or paid out, and nobody but the staff is written to, until the staff have compared the",
        "money and lift it with /quarantine.",
    ]
    return "\n".join(filter(None, lines))
