"""The catalogue as everybody reads it: kept in memory, reloaded when staff publish another one."""

from core.catalog.model import Category, Service
from core.catalog.tree import Tree
from core.ports import Store

MOST = 10_000


class Catalog(Tree):
    """What is published; `edition` tells one reading of it from the next."""

    def __init__(self, *, store: Store) -> None:
        super().__init__()
        self._store = store
        self.edition = 0

    async def reload(self) -> None:
        """Reads everything anew; a catalogue is a few hundred rows."""
        self.plant(
            await self._store.find(Category, limit=MOST),
            await self._store.find(Service, limit=MOST),
        )
        self.edition += 1
