"""Writing an announcement: everything is kept at once and can be changed until it begins."""

from datetime import datetime
from typing import Final

from core.announcements.model import Announcement, Heads, Side, Spread
from core.announcements.ports import Crowd
from core.changes import Changes, Insert, Remove, Update
from core.entity import NewId
from core.errors import Invalid, OutOfDate, Unknown
from core.people.choices import Kind
from core.places import Area
from core.ports import Store

LONGEST: Final = 3000
BELOW_A_PHOTO: Final = 900
KINDS: Final = frozenset({Kind.NEWS, Kind.OFFERS})
LABEL: Final = 30


class Composing:
    def __init__(self, *, store: Store, crowd: Crowd, new_id: NewId) -> None:
        self._store = store
        self._crowd = crowd
        self._new_id = new_id

    async def begin(self, *, by: int, person_id: int, now: datetime) -> Announcement:
        """The one this member is writing; each has one at a time."""
        mine = await self.mine(by=by)
        if mine is not None:
            return mine
        one = Announcement(id=self._new_id(), by=by, person_id=person_id, created_at=now)
        await self._store.apply(Changes().add(Insert(one)))
        return one

    async def mine(self, *, by: int) -> Announcement | None:
        """What this member is writing."""
        return await self._store.get(Announcement, by=by, state=Spread.DRAFT)

    async def draft(self, *, announcement_id: int) -> Announcement:
        """Raises Unknown, also for what is no draft any more."""
        one = await self._store.get(Announcement, id=announcement_id, state=Spread.DRAFT)
        if one is None:
            raise Unknown("announcement")
        return one

    async def heads(self, *, announcement_id: int, now: datetime) -> Heads:
        """How many it is for, as things are now."""
        one = await self.draft(announcement_id=announcement_id)
        return await self._crowd.count(audience=one.audience, kind=one.kind, now=now)

    async def word(self, *, announcement_id: int, language: str, text: str, length: int) -> None:
        """The text (markup) in a language, empty to leave it out; `length` is what is seen of it.

        Raises Invalid("text", "too_long").
        """
        one = await self.draft(announcement_id=announcement_id)
        most = longest(photo=one.photo_id is not None)
        if length > most:
            raise Invalid("text", "too_long", {"most": most})
        texts = {name: kept for name, kept in one.texts.items() if name != language}
        await self._set(one, texts=texts | ({language: text} if text else {}))

    async def picture(self, *, announcement_id: int, file_id: int | None, length: int) -> None:
        """`length` of the longest text. Raises Invalid("text", "too_long") where it has no room below a photo."""
        one = await self.draft(announcement_id=announcement_id)
        if file_id is not None and length > BELOW_A_PHOTO:
            raise Invalid("text", "too_long", {"most": BELOW_A_PHOTO})
        await self._set(one, photo_id=file_id)

    async def opens(
        self, *, announcement_id: int, coupon_id: int | None = None, service_id: int | None = None,
        url: str = "", label: str = "", kind: Kind = Kind.NEWS,
    ) -> None:  # fmt: skip
        """What the button leads to, or no button; an offer without a deal leads to all of them.

        Raises Invalid("link", "format").
        """
        one = await self.draft(announcement_id=announcement_id)
        if url and (not url.startswith("https://") or len(url) > 500 or " " in url):
            raise Invalid("link", "format")
        target = {"coupon_id": coupon_id, "service_id": service_id, "url": url}
        await self._set(one, **target, label=label[:LABEL], kind=kind)

    async def aim(
        self, *, announcement_id: int, side: Side, area: Area, language: str, ordered: int
    ) -> None:
        """Whom it is for; what providers have no need of is not kept for them."""
        one = await self.draft(announcement_id=announcement_id)
        ordered = ordered if side is Side.CUSTOMERS else 0
        await self._set(
            one, side=side, city=area.city, district=area.district, language=language,
            ordered=ordered,
        )  # fmt: skip

    async def time(self, *, announcement_id: int, at: datetime | None) -> None:
        """When it is to begin, None for at once."""
        one = await self.draft(announcement_id=announcement_id)
        await self._set(one, starts_at=at)

    async def discard(self, *, announcement_id: int) -> None:
        """Thrown away; one that is no draft any more stays."""
        where = {"id": announcement_id, "state": Spread.DRAFT}
        await self._store.apply(Changes().add(Remove(Announcement, where)))

    async def _set(self, one: Announcement, **values: object) -> None:
        values |= {"version": one.version + 1}
        expect = {"version": one.version, "state": Spread.DRAFT}
        change = Update(Announcement, one.id, dict(values), expect, OutOfDate())
        await self._store.apply(Changes().add(change))


def longest(*, photo: bool) -> int:
    """Characters of a text that have room in one message."""
    return BELOW_A_PHOTO if photo else LONGEST
