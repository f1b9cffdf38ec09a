"""Sends an announcement in small shares, so that nothing else ever waits for it."""

from datetime import datetime, timedelta
from typing import Any, Final

from core.announcements.model import Announcement, Errand, Heads, Spread
from core.announcements.moves import SOON, bar, figures, letter, moved, timer
from core.announcements.ports import Counted, Crowd, Hearer, Sent
from core.errors import AlreadyDone, Invalid, OutOfDate, Unknown
from core.ports import Store

# Letters a second: what Telegram lets a bot say, less what orders say beside it. So many are written ahead that they
# never run out between two looks.
PACE: Final = 28
AHEAD: Final = 2 * PACE
PAUSE: Final = timedelta(seconds=1)
BAR: Final = timedelta(seconds=5)


class Sending:
    def __init__(self, *, store: Store, crowd: Crowd, sent: Sent) -> None:
        self._store = store
        self._crowd = crowd
        self._sent = sent

    async def send(self, *, announcement_id: int, now: datetime) -> Announcement:
        """Begins now, or at the time it was given.

        Raises Invalid("text", "missing"), AlreadyDone for what is no draft any more, Unknown.
        """
        one = await self._get(announcement_id)
        if one.state is not Spread.DRAFT:
            raise AlreadyDone()
        if not one.texts:
            raise Invalid("text", "missing")
        at = max(one.starts_at or now, now)
        begun = {} if at > now else _begun(await self._heads(one, now), now)
        state = Spread.SCHEDULED if at > now else Spread.GOING
        values = {"state": state, "starts_at": at, "turn": 1, **begun}
        await self._store.apply(moved(one, timer(one, at), **values))
        return await self._get(announcement_id)

    async def spread(self, *, announcement_id: int, now: datetime) -> datetime | None:
        """Writes the letters of the next share and counts what became of the former; when to go on, if at all."""
        one = await self._get(announcement_id)
        try:
            if one.state is Spread.SCHEDULED:
                begun = _begun(await self._heads(one, now), now)
                await self._store.apply(moved(one, bar(one), state=Spread.GOING, **begun))
            elif one.state is Spread.GOING:
                return await self._go_on(one, now)
            elif one.state is not Spread.DRAFT:
                return await self._tally(one, now)
        except OutOfDate:  # somebody tapped in this very moment
            return now + PAUSE
        return now + PAUSE if one.state is Spread.SCHEDULED else None

    async def _go_on(self, one: Announcement, now: datetime) -> datetime | None:
        hearers = [] if one.written else await self._next(one, now)
        if hearers:
            more = [letter(one, hearer) for hearer in hearers]
            values: dict[str, Any] = {"cursor": hearers[-1].mark}
            if one.told_at is None or now >= one.told_at + BAR:
                counted = await self._counted(one, now)
                values |= {"told_at": now, **figures(one, counted)}
                await self._store.apply(moved(one, *more, bar(one), **values))
            else:
                await self._store.apply(moved(one, *more, **values))
            return now + PAUSE
        written = one.written or hearers is not None
        return await self._wait(one, await self._counted(one, now), written, now)

    async def _wait(
        self, one: Announcement, counted: Counted, written: bool, now: datetime
    ) -> datetime | None:
        """Nothing to write: until the last letters have left, or there is room for more."""
        values: dict[str, Any] = {"written": written, "told_at": now, **figures(one, counted)}
        if written and not counted.due and not counted.waiting:
            values |= {"state": Spread.DONE, "ended_at": now}
            await self._store.apply(moved(one, bar(one), **values))
            return None
        if any(getattr(one, name) != value for name, value in values.items() if name != "told_at"):
            await self._store.apply(moved(one, bar(one), **values))
        asleep = counted.next_due if written and not counted.due else None
        return max(asleep, now + SOON) if asleep else now + SOON

    async def _next(self, one: Announcement, now: datetime) -> list[Hearer] | None:
        """None while there is no room for more."""
        room = AHEAD - await self._sent.backlog(now=now)
        if room <= 0:
            return None
        if one.errand is not Errand.TELL:
            return await self._sent.arrived(announcement_id=one.id, mark=one.cursor, limit=room)
        return await self._crowd.after(
            audience=one.audience, kind=one.kind, mark=one.cursor, limit=room,
            now=one.began_at or now,
        )  # fmt: skip

    async def _tally(self, one: Announcement, now: datetime) -> datetime | None:
        """What was under way when it was paused or stopped has ended by now; what a dead process held is waited for."""
        counted = await self._counted(one, now)
        await self._store.apply(moved(one, bar(one), told_at=now, **figures(one, counted)))
        return now + SOON if counted.due else None

    async def _counted(self, one: Announcement, now: datetime) -> Counted:
        turn = 0 if one.errand is Errand.TELL else one.turn
        return await self._sent.counted(announcement_id=one.id, turn=turn, now=now)

    async def _heads(self, one: Announcement, now: datetime) -> Heads:
        return await self._crowd.count(audience=one.audience, kind=one.kind, now=now)

    async def _get(self, announcement_id: int) -> Announcement:
        one = await self._store.get(Announcement, id=announcement_id)
        if one is None:
            raise Unknown("announcement")
        return one


def _begun(heads: Heads, now: datetime) -> dict[str, Any]:
    return {
        "began_at": now, "total": heads.reached + heads.muted + heads.blocked,
        "muted": heads.muted, "muted_before": heads.muted, "blocked": heads.blocked,
        "blocked_before": heads.blocked,
    }  # fmt: skip
