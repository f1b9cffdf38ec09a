"""`python -m bot move`: from the SQLite file to the PostgreSQL database that DATABASE_URL names."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.config import Settings
from db.transfer.moving import move

_WIDE = 30


class Bar:
    """How far it is: one line that grows in a terminal, one for each table elsewhere."""

    def __init__(self, to: TextIO) -> None:
        self._to = to
        self._table = ""

    def __call__(self, table: str, there: int, total: int) -> None:
        full = _WIDE * there // max(total, 1)
        said = f"[{'#' * full:.<{_WIDE}}] {100 * there // max(total, 1):3} % {there:,} of {total:,} {table}"
        if self._to.isatty():
            print(f"\r{said:<100}", end="", file=self._to, flush=True)
        elif table != self._table:
            print(said, file=self._to, flush=True)
        self._table = table

    def end(self) -> None:
        if self._to.isatty() and self._table:
            print(file=self._to)


async def go_over(settings: Settings, source: Path | None) -> None:
    """Raises CannotMove, DatabaseInUse, DatabaseUnreachable."""
    path, bar = source or settings.data_dir / "doorstep.db", Bar(sys.stderr)
    try:
        counts = await move(path, settings.database_url, now=datetime.now(UTC), told=bar)
    finally:
        bar.end()
    rows = sum(counts.values())
    print(  # noqa: T201
        f"Moved {rows:,} rows of {len(counts)} tables; counts, ledger and all that must be true were compared.\n"
        f"Start Doorstep now: it goes on where it stopped. {path} was not changed; never start on it again,\n"
        "and put it away once you are sure."
    )
