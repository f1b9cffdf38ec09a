"""The SQLite file as it was before its tables were changed: beside it, one at most, for a week."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from db.errors import NoCopy

KEPT = timedelta(days=7)
log = structlog.get_logger()


def keep(path: Path, *, before: str) -> None:
    """Whole or not at all; may be called while a transaction that has written nothing yet is open. Raises NoCopy."""
    target, half = _beside(path, before), _beside(path, "half")
    try:
        half.unlink(missing_ok=True)
        half.touch(mode=0o600)
        with closing(sqlite3.connect(path)) as there, closing(sqlite3.connect(half)) as copy:
            there.backup(copy)
        for each in _all(path) - {half}:
            each.unlink()
        os.replace(half, target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise NoCopy(str(target), str(error)) from error
    log.info("copied_before_change", path=str(target))


def forget(path: Path, *, now: datetime) -> None:
    """Who was erased since is in it."""
    for each in _all(path):
        if datetime.fromtimestamp(each.stat().st_mtime, UTC) < now - KEPT:
            each.unlink()


def _beside(path: Path, step: str) -> Path:
    return path.with_name(f"{path.name}.before-{step}")


def _all(path: Path) -> set[Path]:
    return set(path.parent.glob(f"{path.name}.before-*"))
