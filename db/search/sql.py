"""The little that every search needs of the engine, and of SQL text."""

from collections.abc import Sequence
from typing import Any, Protocol


class Rows(Protocol):
    """Reads raw rows; `?` stands for a parameter on both databases."""

    async def fetch(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """One read, one hop."""


def marks(count: int) -> str:
    """So many placeholders."""
    return ", ".join("?" * count)
