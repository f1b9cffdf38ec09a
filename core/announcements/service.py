"""Announcements as they are read: those to come, those that were, and whose button was pressed."""

from contextlib import suppress

from core.announcements.model import OVER, Announcement, Side, Spread
from core.changes import Changes, Count, Once
from core.errors import AlreadyDone, Unknown
from core.ports import Store


class Announcements:
    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def get(self, *, announcement_id: int) -> Announcement:
        """Raises Unknown."""
        one = await self._store.get(Announcement, id=announcement_id)
        if one is None:
            raise Unknown("announcement")
        return one

    async def told(self, *, announcement_id: int) -> Announcement:
        """One that has begun. Raises Unknown: what is only being written is nobody's business."""
        one = await self.get(announcement_id=announcement_id)
        if one.began_at is None:
            raise Unknown("announcement")
        return one

    async def ahead(self) -> list[Announcement]:
        """What is under way or waits for its time, the next first."""
        states = [Spread.GOING, Spread.PAUSED, Spread.SCHEDULED]
        return await self._store.find(Announcement, state=states, order="starts_at", limit=20)

    async def past(self) -> list[Announcement]:
        """What is over, the latest first."""
        return await self._store.find(Announcement, state=list(OVER), order="-starts_at", limit=100)

    async def latest(self, *, bot: str, language: str) -> list[Announcement]:
        """What all people of a bot, or all who speak this language, were told, wherever they are: the latest first."""
        sides = [Side.ALL, Side.CUSTOMERS if bot == "customer" else Side.PROVIDERS]
        return await self._store.find(
            Announcement, state=[Spread.GOING, Spread.PAUSED, Spread.DONE], side=sides, city="",
            district="", ordered=0, withdrawn=False, language=["", language], order="-starts_at", limit=20,
        )  # fmt: skip

    async def tap(self, *, announcement_id: int, person_id: int) -> Announcement:
        """Somebody pressed its button; each person counts once. Raises Unknown."""
        one = await self.told(announcement_id=announcement_id)
        once = Once(f"announcement.tap:{one.id}:{person_id}")
        with suppress(AlreadyDone):
            await self._store.apply(Changes().add(once, Count(Announcement, one.id, "tapped", 1)))
        return one
