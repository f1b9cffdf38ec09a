"""Tells all customers who want to hear it: written in small shares, so that nothing else has to wait."""

from datetime import datetime, timedelta
from typing import Final, Protocol

from core.announcements.model import Announcement, Spread
from core.changes import Changes, Insert, Timer, Update
from core.entity import NewId
from core.errors import Invalid, Unknown
from core.events import Event
from core.people.choices import Kind
from core.ports import Store

SHARE: Final = 200
PAUSE: Final = timedelta(seconds=1)
LONGEST: Final = 1500
KINDS: Final = frozenset({Kind.NEWS, Kind.OFFERS})


class Audience(Protocol):
    """Customers who can be reached and have not switched this kind off."""

    async def after(self, *, person_id: int, kind: Kind, limit: int) -> list[int]:
        """The next ones in order of their ids."""

    async def count(self, *, kind: Kind) -> int: ...


class Announcements:
    def __init__(self, *, store: Store, audience: Audience, new_id: NewId) -> None:
        self._store = store
        self._audience = audience
        self._new_id = new_id

    async def audience(self, *, kind: Kind) -> int:
        """How many would get it now."""
        return await self._audience.count(kind=kind)

    async def announce(
        self, *, kind: Kind, texts: dict[str, str], coupon_id: int | None, by: int, now: datetime
    ) -> Announcement:
        """Begins to tell it; people read it in their language, or not at all where there is no text in it.

        Raises Invalid("text", "missing" | "too_long").
        """
        told = {language: text.strip() for language, text in texts.items() if text.strip()}
        if not told or kind not in KINDS:
            raise Invalid("text", "missing")
        if max(map(len, told.values())) > LONGEST:
            raise Invalid("text", "too_long", {"most": LONGEST})
        one = Announcement(
            id=self._new_id(), kind=kind, texts=told, coupon_id=coupon_id, by=by, created_at=now
        )
        timer = Timer("announcement.spread", one.id, now, f"announcement:{one.id}")
        await self._store.apply(Changes().add(Insert(one), timer))
        return one

    async def get(self, *, announcement_id: int) -> Announcement:
        """Raises Unknown."""
        one = await self._store.get(Announcement, id=announcement_id)
        if one is None:
            raise Unknown("announcement")
        return one

    async def latest(self, *, language: str) -> list[Announcement]:
        """What was told in this language, the latest first; what was stopped is not among it."""
        going_or_done = [Spread.GOING, Spread.DONE]
        found = await self._store.find(
            Announcement, state=going_or_done, order="-created_at", limit=50
        )
        return [one for one in found if language in one.texts][:20]

    async def spread(self, *, announcement_id: int, now: datetime) -> datetime | None:
        """Writes the letters of the next share; when to go on, None when everybody has theirs."""
        one = await self.get(announcement_id=announcement_id)
        if one.state is not Spread.GOING:
            return None
        people = await self._audience.after(person_id=one.reached, kind=one.kind, limit=SHARE)
        if not people:
            await self._move(one, state=Spread.DONE)
            return None
        letters = [
            Event("announcement.sent", one.id, person, {"customer": person}) for person in people
        ]
        await self._move(one, *letters, reached=people[-1], sent=one.sent + len(people))
        return now + PAUSE

    async def stop(self, *, announcement_id: int) -> Announcement:
        """What has not left yet stays; stopping twice is fine."""
        one = await self.get(announcement_id=announcement_id)
        if one.state is not Spread.STOPPED:
            await self._move(one, state=Spread.STOPPED)
        return await self.get(announcement_id=announcement_id)

    async def _move(self, one: Announcement, *events: Event, **values: object) -> None:
        values |= {"version": one.version + 1}
        change = Update(Announcement, one.id, dict(values), {"version": one.version})
        await self._store.apply(Changes().add(change).tell(*events))
