"""A list beside the database of who was erased: numbers only, so that a restored backup can be put right again."""

import asyncio
from pathlib import Path


class ErasureList:
    """Implements core.ports.Erasures on a file, one number a line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def note(self, *, person_id: int) -> None:
        await asyncio.to_thread(self._write, person_id)

    def _write(self, person_id: int) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="ascii") as file:
            file.write(f"{person_id}\n")

    async def noted(self) -> list[int]:
        """Whoever was ever erased; nobody where there is no list."""
        if not self._path.exists():
            return []
        lines = (await asyncio.to_thread(self._path.read_text, "ascii")).split()
        return sorted({int(line) for line in lines if line.isdigit()})
