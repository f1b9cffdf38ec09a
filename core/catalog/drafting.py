"""The catalogue's draft: what staff change collects here and counts for nobody until it is published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.anew import decided_anew
from core.catalog.model import SORTS, Category, Edit, Service, Sort, Thing
from core.catalog.service import MOST, Catalog
from core.catalog.tree import Tree
from core.catalog.values import OF_BOTH, checked
from core.changes import Changes, Insert, Remove, Update
from core.entity import NewId
from core.errors import Invalid, OutOfDate, Unknown
from core.ports import CatalogReads, Store

LONGEST_SIGN = 64


@dataclass(frozen=True, slots=True)
class Author:
    """Of the staff, by Telegram id; `name` is what colleagues read."""

    staff_id: int
    name: str


def sort_of(thing: Thing) -> Sort:
    return Sort.SERVICE if isinstance(thing, Service) else Sort.CATEGORY


def drafted(*, tree: Tree, edits: Iterable[Edit]) -> Tree:
    """The catalogue as it would be with these edits."""
    things = {thing.id: thing for thing in tree.things()}
    for edit in edits:
        live = things.get(edit.subject)
        if edit.gone:
            things.pop(edit.subject, None)
        elif live is not None or edit.fresh:
            before = live.model_dump() if live else {"id": edit.subject}
            things[edit.subject] = SORTS[edit.sort].model_validate(before | edit.said)
    return Tree(
        (one for one in things.values() if isinstance(one, Category)),
        (one for one in things.values() if isinstance(one, Service)),
    )


def differing(*, live: Thing | None, after: Thing) -> dict[str, Any]:
    """The values of `after` that are not those of the live one; of a new one all."""
    values = after.model_dump(mode="json", exclude={"id"})
    before = live.model_dump(mode="json") if live else {}
    return {name: value for name, value in values.items() if live is None or before[name] != value}


class Drafting:
    def __init__(
        self, *, store: Store, catalog: Catalog, reads: CatalogReads, new_id: NewId
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._reads = reads
        self._new_id = new_id

    async def edits(self) -> list[Edit]:
        """The whole draft, in the order in which it was begun."""
        return await self._store.find(Edit, limit=MOST)

    async def tree(self) -> Tree:
        """The catalogue as it would be if the draft were published now."""
        return drafted(tree=self._catalog, edits=await self.edits())

    async def of(self, *, thing_id: int) -> Edit | None:
        """What the draft says about one thing, if anything."""
        return await self._store.get(Edit, subject=thing_id)

    @decided_anew
    async def add_category(
        self, *, parent_id: int | None, names: Mapping[str, str], by: Author, now: datetime
    ) -> Category:
        """A new one at the end; customers see it as soon as it is published. Raises Invalid, Unknown."""
        tree = await self.tree()
        if parent_id is not None:
            tree.category(category_id=parent_id)
        new = self._new_id()
        made = Category(
            id=new, parent_id=parent_id, code=f"c{new}", names=OF_BOTH["names"](names),
            position=_last(tree, Category),
        )  # fmt: skip
        await self.put(things=[made], by=by, now=now)
        return made

    @decided_anew
    async def add_service(
        self, *, category_id: int, names: Mapping[str, str], by: Author, now: datetime
    ) -> Service:
        """A new one at the end of its category, hidden until it is whole and shown. Raises Invalid, Unknown."""
        tree = await self.tree()
        tree.category(category_id=category_id)
        new = self._new_id()
        made = Service(
            id=new, category_id=category_id, code=f"s{new}", names=OF_BOTH["names"](names),
            position=_last(tree, Service), hidden=True,
        )  # fmt: skip
        await self.put(things=[made], by=by, now=now)
        return made

    @decided_anew
    async def change(
        self, *, thing_id: int, values: Mapping[str, Any], by: Author, now: datetime
    ) -> Thing:
        """Sets values together (a price band is two of them). Raises Invalid with the name of the value, Unknown."""
        after = self.changed(thing=(await self.tree()).thing(thing_id=thing_id), values=values)
        await self.put(things=[after], by=by, now=now)
        return after

    @staticmethod
    def changed(*, thing: Thing, values: Mapping[str, Any]) -> Thing:
        """As it would be. Raises Invalid with the name of the value."""
        return type(thing).model_validate(thing.model_dump() | checked(thing=thing, values=values))

    @decided_anew
    async def move(self, *, thing_id: int, steps: int, by: Author, now: datetime) -> None:
        """Changes places with its neighbour: up is -1, down is 1. At the end of the row nothing happens."""
        tree = await self.tree()
        thing = tree.thing(thing_id=thing_id)
        row = tree.beside(thing)
        here = [one.id for one in row].index(thing_id)
        there = min(max(here + steps, 0), len(row) - 1)
        row.insert(there, row.pop(here))
        await self.put(things=in_row(row), by=by, now=now)

    @decided_anew
    async def hang(
        self, *, thing_id: int, category_id: int | None, by: Author, now: datetime
    ) -> Thing:
        """Into another category, as the last there; a category may stand on the first page, too (None).

        Raises Unknown, also for where it can't hang: a category below itself, a service in none.
        """
        tree = await self.tree()
        thing = tree.thing(thing_id=thing_id)
        is_service = isinstance(thing, Service)
        if category_id is None and is_service:
            raise Unknown("category")
        if category_id is not None and category_id not in {one.id for one in tree.homes(thing)}:
            raise Unknown("category")
        name = "category_id" if is_service else "parent_id"
        where = {name: category_id, "position": _last(tree, type(thing))}
        after = thing.model_copy(update=where)
        await self.put(things=[after], by=by, now=now)
        return after

    @decided_anew
    async def remove(self, *, thing_id: int, by: Author, now: datetime) -> None:
        """It goes with the next publication; one that is new goes at once.

        Raises Invalid("thing", "not_empty") for a category with something in it, ("thing", "in_use") for a service with
        `uses`: that one can only be hidden.
        """
        tree = await self.tree()
        thing = tree.thing(thing_id=thing_id)
        await self.check_unused(tree=tree, thing=thing)
        await self.put(things=[], gone=[thing], by=by, now=now)

    async def check_unused(self, *, tree: Tree, thing: Thing) -> None:
        """Raises Invalid as `remove` does."""
        if isinstance(thing, Category):
            if any(tree.everything_in(category_id=thing.id)):
                raise Invalid("thing", "not_empty")
        elif uses := await self._reads.uses(service_id=thing.id):
            raise Invalid("thing", "in_use", {"uses": uses})

    @decided_anew
    async def undo(self, *, thing_id: int) -> None:
        """What the draft says about this one is forgotten. Raises Invalid("thing", "not_empty") as `remove` does."""
        edit = await self.of(thing_id=thing_id)
        if edit is None:
            return
        if edit.fresh and edit.sort is Sort.CATEGORY:
            tree = await self.tree()
            await self.check_unused(tree=tree, thing=tree.category(category_id=thing_id))
        await self._store.apply(Changes().add(*closed(edit)))

    async def discard(self, *, seen: int) -> int:
        """The whole draft is forgotten; how many edits that were. Raises OutOfDate where it isn't as it was `seen`."""
        edits = await self.edits()
        if mark_of(edits=edits) != seen:
            raise OutOfDate()
        changes = Changes()
        for edit in edits:
            changes.add(*closed(edit))
        await self._store.apply(changes)
        return len(edits)

    async def put(
        self, *, things: Sequence[Thing], gone: Sequence[Thing] = (), by: Author, now: datetime
    ) -> None:
        """Things as they are to be, and those to be removed, all or nothing. Raises OutOfDate for who was outrun."""
        edits = {edit.subject: edit for edit in await self.edits()}
        changes = Changes()
        for thing in (*things, *gone):
            live = self._catalog.find(thing_id=thing.id)
            removed = any(one.id == thing.id for one in gone)
            values = {} if removed else differing(live=live, after=thing)
            fresh = Edit(
                id=self._new_id(), sort=sort_of(thing), subject=thing.id, fresh=live is None,
                gone=removed, said=values, staff_id=by.staff_id, name=by.name[:LONGEST_SIGN],
                at=now,
            )  # fmt: skip
            nothing = live is None if removed else not values
            _say(changes, edits.get(thing.id), None if nothing else fresh)
        await self._store.apply(changes)


def _say(changes: Changes, before: Edit | None, after: Edit | None) -> None:
    """One edit in place of the one before; what would change nothing is none."""
    if before is None:
        if after is not None:
            changes.add(Insert(after, otherwise=OutOfDate()))
    elif after is None:
        changes.add(*closed(before))
    elif (before.said, before.gone) != (after.said, after.gone):
        said = after.model_dump(include={"said", "gone", "staff_id", "name", "at"})
        changes.add(_amended(before, said))


def _amended(edit: Edit, said: dict[str, Any]) -> Update:
    version = {"version": edit.version + 1}
    return Update(Edit, edit.id, said | version, {"version": edit.version}, OutOfDate())


def closed(edit: Edit) -> list[Update | Remove]:
    """It is no longer part of the draft, provided that nobody else touched it."""
    return [_amended(edit, {}), Remove(Edit, {"id": edit.id})]


def in_row(row: Sequence[Thing]) -> list[Thing]:
    """The same places of the whole list, given out in this order."""
    places = sorted({one.position for one in row})
    if len(places) < len(row):  # two stood at the same place
        places = list(range(places[0], places[0] + len(row)))
    return [
        one.model_copy(update={"position": place}) for one, place in zip(row, places, strict=True)
    ]


def mark_of(*, edits: Sequence[Edit]) -> int:
    """A figure by which another state of the draft is known."""
    return sum((edit.id % 1_000_003) * edit.version for edit in edits) % 2**31


def _last(tree: Tree, kind: type[Thing]) -> int:
    return max((one.position for one in tree.things() if isinstance(one, kind)), default=-1) + 1
