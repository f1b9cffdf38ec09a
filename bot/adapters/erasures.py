"""A list beside the database of who was erased: numbers only, so that a restored backup can be put right again."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


class ErasureList:
    """Implements core.ports.Erasures on a file, one number a line; each copy is for a day when that file is lost."""

    def __init__(self, path: Path, *copies: Path) -> None:
        self._path = path
        self._copies = copies

    async def note(self, *, person_id: int) -> None:
        await asyncio.to_thread(self._write, person_id)

    def _write(self, person_id: int) -> None:
        _append(self._path, [person_id])
        for copy in self._copies:
            with suppress(OSError):  # where backups lie may be away for the moment
                _append(copy, [person_id])

    async def noted(self) -> list[int]:
        """Whoever was ever erased; nobody where there is no list."""
        return await asyncio.to_thread(listed, self._path)


def _append(path: Path, people: Iterable[int]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.writelines(f"{person_id}\n" for person_id in people)


def listed(*paths: Path) -> list[int]:
    """Everybody on any of these lists."""
    lines = [line for path in paths if path.exists() for line in path.read_text("ascii").split()]
    return sorted({int(line) for line in lines if line.isdigit()})


def join(path: Path, *others: Path) -> None:
    """The list at `path` has everybody who is on any of them."""
    missing = sorted({*listed(*others)} - {*listed(path)})
    if missing:
        _append(path, missing)
