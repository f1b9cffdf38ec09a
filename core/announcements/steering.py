"""What staff do to an announcement that is on its way, or was: pause, stop, put right, take back."""

from datetime import datetime
from typing import Any

from core.announcements.model import OVER, UNDER_WAY, Announcement, Errand, Spread
from core.announcements.moves import NEVER, SOON, bar, held, key, moved, timer
from core.changes import NoTimer
from core.errors import NotAllowedNow, Unknown
from core.ports import Store


class Steering:
    """Each raises Unknown, and NotAllowedNow where it is too late or too early for it."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    async def reopen(self, *, announcement_id: int) -> None:
        """One that waits for its time is a draft again."""
        one = await self._in("reopen", announcement_id, Spread.SCHEDULED)
        await self._store.apply(moved(one, NoTimer(key(one)), state=Spread.DRAFT))

    async def pause(self, *, announcement_id: int, now: datetime) -> None:
        """From this moment on nobody gets it."""
        one = await self._in("pause", announcement_id, Spread.GOING)
        await self._store.apply(
            moved(
                one, *held(one, until=NEVER), timer(one, now + SOON), bar(one), state=Spread.PAUSED
            )
        )

    async def resume(self, *, announcement_id: int, now: datetime) -> None:
        """Goes on where it was."""
        one = await self._in("resume", announcement_id, Spread.PAUSED)
        await self._store.apply(
            moved(one, *held(one, until=now), timer(one, now), bar(one), state=Spread.GOING)
        )

    async def stop(self, *, announcement_id: int, now: datetime) -> None:
        """For good: what has not left stays. Before its time it is called off, and stopping twice is fine."""
        one = await self._get(announcement_id)
        if one.state in (*UNDER_WAY, Spread.SCHEDULED):
            values = {"state": Spread.STOPPED, "ended_at": now, "waiting": 0}
            held_back = held(one, until=None)
            await self._store.apply(
                moved(one, *held_back, timer(one, now + SOON), bar(one), **values)
            )

    async def correct(
        self, *, announcement_id: int, language: str, text: str, now: datetime
    ) -> None:
        """The text (markup) changes wherever it arrived."""
        one = await self._over("correct", announcement_id)
        await self._again(one, Errand.CORRECT, now, texts=one.texts | {language: text})

    async def withdraw(self, *, announcement_id: int, now: datetime) -> None:
        """It vanishes wherever it arrived, or becomes a line where it is too old for that."""
        one = await self._over("withdraw", announcement_id)
        await self._again(one, Errand.WITHDRAW, now, withdrawn=True)

    async def _again(self, one: Announcement, errand: Errand, now: datetime, **values: Any) -> None:
        values |= {"state": Spread.GOING, "errand": errand, "turn": one.turn + 1, "cursor": 0,
                   "written": False, "changed": 0}  # fmt: skip
        await self._store.apply(moved(one, timer(one, now), bar(one), **values))

    async def _in(self, verb: str, announcement_id: int, state: Spread) -> Announcement:
        one = await self._get(announcement_id)
        if one.state is not state:
            raise NotAllowedNow(verb, one.state)
        return one

    async def _over(self, verb: str, announcement_id: int) -> Announcement:
        one = await self._get(announcement_id)
        if one.state not in OVER or one.withdrawn:
            raise NotAllowedNow(verb, one.state)
        return one

    async def _get(self, announcement_id: int) -> Announcement:
        one = await self._store.get(Announcement, id=announcement_id)
        if one is None:
            raise Unknown("announcement")
        return one
