"""The index of words behind core's port."""

from collections.abc import Mapping

from core.search.query import Vocabulary
from db.search.sql import Rows
from db.search.terms import best, vocabulary


class Index:
    """Implements core.ports.SearchIndex on either database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def vocabulary(self, *, kind: str) -> Vocabulary:
        return await vocabulary(self._rows, kind=kind)

    async def best(
        self, *, kind: str, worth: Mapping[str, float], limit: int
    ) -> list[tuple[int, float]]:
        return await best(self._rows, kind=kind, worth=worth, limit=limit)
