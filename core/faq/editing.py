"""Staff write, order, hide and remove what is frequently asked; who writes about the same thing second is told."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from core.anew import decided_anew
from core.changes import Changes, Insert, Once, Remove, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, OutOfDate, Unknown
from core.faq.checking import checked
from core.faq.model import TEXTS, Chapter, Question, Thing, Topic
from core.faq.service import MOST, chapters
from core.ports import Store

T = TypeVar("T", Topic, Question)
LONGEST_SIGN = 64


class FaqEditing:
    """`by` is how colleagues know whoever does it."""

    def __init__(self, *, store: Store, new_id: NewId) -> None:
        self._store = store
        self._new_id = new_id

    async def begin(self, *, first: Sequence[tuple[Topic, Sequence[Question]]]) -> None:
        """What a platform begins with, once for all: what staff remove later stays away."""
        changes = Changes().add(Once("faq:begun"))
        if not await self._store.count(Topic):
            for position, (topic, questions) in enumerate(first):
                made = topic.model_copy(update={"id": self._new_id(), "position": position})
                changes.add(Insert(made), *self._below(made, questions))
        try:
            await self._store.apply(changes)
        except AlreadyDone:
            return

    def _below(self, topic: Topic, questions: Sequence[Question]) -> list[Insert]:
        return [
            Insert(one.model_copy(
                update={"id": self._new_id(), "topic_id": topic.id, "position": position}
            ))
            for position, one in enumerate(questions)
        ]  # fmt: skip

    async def every(self, *, side: str) -> list[Chapter]:
        """With what is hidden, and topics that have nothing in them."""
        return await chapters(store=self._store, side=side)

    async def topic(self, *, topic_id: int) -> Topic:
        """Raises Unknown."""
        return await self._get(Topic, topic_id)

    async def question(self, *, question_id: int) -> Question:
        """Raises Unknown."""
        return await self._get(Question, question_id)

    async def _get(self, kind: type[T], thing_id: int) -> T:
        found = await self._store.get(kind, id=thing_id)
        if found is None:
            raise Unknown("faq")
        return found

    async def row(self, *, thing: Thing) -> Sequence[Thing]:
        """Itself and those beside it, in their order."""
        if isinstance(thing, Question):
            return await self._store.find(
                Question, topic_id=thing.topic_id, order="position, id", limit=MOST
            )
        return await self._store.find(Topic, side=thing.side, order="position, id", limit=MOST)

    @decided_anew
    async def add(self, *, thing: Thing, by: str, now: datetime) -> Thing:
        """At the end of its row, for readers to see. Raises Invalid, Unknown where its topic is gone."""
        row = await self.row(thing=thing)
        made = checked(thing=thing).model_copy(update={
            "id": self._new_id(), "position": max((one.position for one in row), default=-1) + 1,
            "version": 1, "changed_by": by[:LONGEST_SIGN], "changed_at": now,
        })  # fmt: skip
        changes = Changes()
        if isinstance(made, Question):  # so nobody removes the topic as empty meanwhile
            topic = await self.topic(topic_id=made.topic_id)
            changes.add(_next(topic))
        await self._store.apply(changes.add(Insert(made, otherwise=OutOfDate())))
        return made

    async def change(self, *, thing: Thing, by: str, now: datetime) -> Thing:
        """Its words as they are to be, if it still is in the version they were written for.

        Raises Invalid, OutOfDate where somebody else wrote meanwhile or removed it.
        """
        after = checked(thing=thing)
        said = {name: getattr(after, name) for name in TEXTS[type(after)]}
        said |= {"changed_by": by[:LONGEST_SIGN], "changed_at": now}
        await self._store.apply(Changes().add(_next(thing, **said)))
        return after.model_copy(update=said | {"version": thing.version + 1})

    @decided_anew
    async def move(self, *, thing: Thing, steps: int) -> bool:
        """Changes places with its neighbour: up is -1, down is 1. Whether there was one."""
        row = list(await self.row(thing=thing))
        here = next((place for place, one in enumerate(row) if one.id == thing.id), None)
        if here is None:
            raise Unknown("faq")
        there = min(max(here + steps, 0), len(row) - 1)
        row.insert(there, row.pop(here))
        changes = Changes()
        for place, one in enumerate(row):
            if one.position != place:
                seen = {"position": one.position}
                changes.add(Update(type(one), one.id, {"position": place}, expect=seen))
        await self._store.apply(changes)
        return here != there

    async def hide(self, *, thing: Thing, hidden: bool, by: str, now: datetime) -> None:
        """Readers don't find it, or find it again. Raises AlreadyDone."""
        said = {"hidden": hidden, "changed_by": by[:LONGEST_SIGN], "changed_at": now}
        other = {"hidden": not hidden}
        await self._store.apply(
            Changes().add(
                Update(type(thing), thing.id, said, expect=other, otherwise=AlreadyDone())
            )
        )

    async def remove(self, *, thing: Thing, version: int) -> None:
        """For good. Raises Invalid("faq_topic", "not_empty"), OutOfDate where it isn't as it was shown."""
        if isinstance(thing, Topic) and await self._store.count(Question, topic_id=thing.id):
            raise Invalid("faq_topic", "not_empty")
        seen = thing.model_copy(update={"version": version})
        await self._store.apply(Changes().add(_next(seen), Remove(type(thing), {"id": thing.id})))


def _next(thing: Thing, **said: object) -> Update:
    """The next version, provided that it still is in this one."""
    values = said | {"version": thing.version + 1}
    return Update(type(thing), thing.id, values, {"version": thing.version}, OutOfDate())
