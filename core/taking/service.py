"""A matter is taken by one member of the staff: the second hears by whom, and may take it over."""

from collections.abc import Sequence
from datetime import datetime

from core.anew import decided_anew
from core.changes import Changes, Insert, Remove, Update
from core.entity import NewId
from core.errors import OutOfDate, Taken
from core.events import Event
from core.ports import Store
from core.taking.model import Matter, Taking

LONGEST_NAME = 64


class Takings:
    """`staff_id` and `name` are of whoever acts."""

    def __init__(self, *, store: Store, new_id: NewId) -> None:
        self._store = store
        self._new_id = new_id

    async def of(self, *, matter: Matter, subject: int) -> Taking | None:
        """Who has it, if anybody."""
        return await self._store.get(Taking, matter=matter, subject=subject)

    async def among(self, *, matter: Matter, subjects: Sequence[int]) -> dict[int, Taking]:
        """Who has which of these."""
        if not subjects:
            return {}
        found = await self._store.find(Taking, matter=matter, subject=list(subjects))
        return {one.subject: one for one in found}

    async def check(self, *, matter: Matter, subject: int, staff_id: int) -> None:
        """That nobody else has it. Raises Taken."""
        there = await self.of(matter=matter, subject=subject)
        if there is not None:
            _only_own(there, staff_id)

    @decided_anew
    async def take(
        self, *, matter: Matter, subject: int, staff_id: int, name: str, now: datetime
    ) -> None:
        """Of two who take it at once the first has it; whoever has it may take it again. Raises Taken."""
        there = await self.of(matter=matter, subject=subject)
        if there is not None:  # read once: between two looks it may have been taken
            _only_own(there, staff_id)
            return
        taking = Taking(
            id=self._new_id(), matter=matter, subject=subject, staff_id=staff_id,
            name=name[:LONGEST_NAME], at=now,
        )  # fmt: skip
        changes = Changes().add(Insert(taking, otherwise=OutOfDate()))
        await self._store.apply(changes.tell(_event(matter, subject, now)))

    @decided_anew
    async def take_over(
        self, *, matter: Matter, subject: int, staff_id: int, name: str, now: datetime
    ) -> str:
        """From whoever has it; the name of that one, or nothing where nobody had it."""
        there = await self.of(matter=matter, subject=subject)
        if there is None:
            await self.take(matter=matter, subject=subject, staff_id=staff_id, name=name, now=now)
            return ""
        values = {"staff_id": staff_id, "name": name[:LONGEST_NAME], "at": now}
        expect = {"staff_id": there.staff_id}
        changes = Changes().add(Update(Taking, there.id, values, expect, OutOfDate()))
        await self._store.apply(changes.tell(_event(matter, subject, now)))
        return there.name

    async def put_back(self, *, matter: Matter, subject: int, staff_id: int, now: datetime) -> None:
        """Whoever has it has it no longer; for anybody else nothing happens."""
        mine = {"matter": matter, "subject": subject, "staff_id": staff_id}
        changes = Changes().add(Remove(Taking, mine))
        await self._store.apply(changes.tell(_event(matter, subject, now)))


def _only_own(there: Taking, staff_id: int) -> None:
    if there.staff_id != staff_id:
        raise Taken(there.name, there.at)


def _event(matter: Matter, subject: int, now: datetime) -> Event:
    """Its card goes along."""
    return Event(f"{matter}.taken", subject, int(now.timestamp() * 1000))


def in_hand(
    *, matter: Matter, subject: int, staff_id: int, name: str, now: datetime, new_id: NewId
) -> Insert:
    """Whoever does something about it has it, unless somebody has it already."""
    taking = Taking(
        id=new_id(), matter=matter, subject=subject, staff_id=staff_id, name=name[:LONGEST_NAME],
        at=now,
    )  # fmt: skip
    return Insert(taking, or_ignore=True)


def in_nobodys_hands(*, matter: Matter, subject: int) -> Remove:
    """What is decided is in nobody's hands any more."""
    return Remove(Taking, {"matter": matter, "subject": subject})
