"""A file that nothing of its owner speaks of any more leaves the disk: a photo taken out of a review, for one."""

from collections.abc import Iterable
from datetime import datetime

from core.changes import Timer
from core.files.model import Kept
from core.people.model import Person
from core.ports import FileStore, Holdings, Store


def leaves(*, file_ids: Iterable[int], now: datetime) -> list[Timer]:
    """Written with the change that took them out, or for the day by which something has to speak of them.

    Whether they really go is judged then.
    """
    return [Timer("file.leave", one, now, f"file.leave:{one}") for one in sorted(file_ids)]


class Leaving:
    def __init__(self, *, store: Store, holdings: Holdings, files: FileStore) -> None:
        self._store = store
        self._holdings = holdings
        self._files = files

    async def leave(self, *, file_id: int) -> None:
        """Unless it is our own, or some row of its owner still speaks of it; may be done twice."""
        kept = await self._store.get(Kept, id=file_id)
        if kept is None or kept.owner_id is None:
            return
        owner = await self._store.get(Person, id=kept.owner_id)
        if owner is None:
            return
        used = await self._holdings.files(person_id=owner.id, telegram_id=owner.telegram_id)
        if file_id not in used:
            await self._files.drop(file_id=file_id)
