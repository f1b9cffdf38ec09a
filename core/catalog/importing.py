"""A file of the whole catalogue is compared with the draft, and taken into it if staff say so: all of it or nothing."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.catalog.differences import Difference, Fate, differences
from core.catalog.drafting import Author, Drafting, mark_of
from core.catalog.model import SORTS, Service, Sort, Thing
from core.catalog.service import Catalog
from core.catalog.sheet.nodes import Mistake
from core.catalog.sheet.reading import Reader, Row
from core.catalog.sheet.writing import written
from core.catalog.tree import Tree
from core.catalog.values import lacks
from core.entity import NewId
from core.errors import OutOfDate
from core.ports import CatalogReads


@dataclass(frozen=True, slots=True)
class Comparison:
    """The file beside the draft: what would be different, or what is wrong with the file.

    `kept`: things that the file lacks and that are in use, they are hidden. `seen` is the draft's mark.
    """

    seen: int
    mistakes: Sequence[Mistake] = ()
    differences: Sequence[Difference] = ()
    kept: Sequence[Thing] = ()
    put: Sequence[Thing] = ()

    @property
    def gone(self) -> list[Thing]:
        return [one.thing for one in self.differences if one.fate is Fate.REMOVED]


class Importing:
    def __init__(
        self, *, catalog: Catalog, drafting: Drafting, reads: CatalogReads, new_id: NewId,
        currency: str,
    ) -> None:  # fmt: skip
        self._catalog = catalog
        self._drafting = drafting
        self._reads = reads
        self._new_id = new_id
        self._currency = currency

    async def export(self, *, head: str) -> str:
        """The catalogue as the draft has it; `head` are comments for whoever opens the file."""
        return written(tree=await self._drafting.tree(), currency=self._currency, head=head)

    async def compare(self, *, content: str) -> Comparison:
        """What taking the file into the draft would change; nothing is written."""
        seen = mark_of(edits=await self._drafting.edits())
        sheet = await asyncio.to_thread(Reader(currency=self._currency).read, content)
        if sheet.mistakes:
            return Comparison(seen, sheet.mistakes)
        tree = await self._drafting.tree()
        things = self._things(sheet.rows, tree)
        if wrong := _not_whole(sheet.rows, things):
            return Comparison(seen, wrong)
        kept = [one for one in _missing(tree, things) if await self._used(one, tree)]
        put = [*things, *(one.model_copy(update={"hidden": True}) for one in kept)]
        after = Tree(
            (one for one in put if not isinstance(one, Service)),
            (one for one in put if isinstance(one, Service)),
        )
        return Comparison(seen, (), differences(before=tree, after=after), kept, put)

    async def _used(self, thing: Thing, tree: Tree) -> bool:
        """A category is kept for the services in it that are."""
        if isinstance(thing, Service):
            return bool(await self._reads.uses(service_id=thing.id))
        categories, services = tree.everything_in(category_id=thing.id)
        inside: list[Thing] = [*categories, *services]
        return any([await self._used(one, tree) for one in inside])

    def _things(self, rows: Sequence[Row], tree: Tree) -> list[Thing]:
        """Rows with the ids of what has their codes already, new ids for the others."""
        known = {_key(one): one for one in (*self._catalog.things(), *tree.things())}
        ids = {
            row.code: known[key].id if (key := (row.service, row.code)) in known else self._new_id()
            for row in rows
        }
        places = _places(rows, known)
        return [_thing(row, ids, places[row.code]) for row in rows]

    async def take(self, *, content: str, seen: int, by: Author, now: datetime) -> Comparison:
        """Into the draft in one go, nothing of a file with mistakes. Raises OutOfDate unless it is as it was `seen`."""
        what = await self.compare(content=content)
        if what.seen != seen:
            raise OutOfDate()
        if not what.mistakes:
            await self._drafting.put(things=what.put, gone=what.gone, by=by, now=now)
        return what


def _key(thing: Thing) -> tuple[bool, str]:
    return isinstance(thing, Service), thing.code


def _thing(row: Row, ids: Mapping[str, int], place: int) -> Thing:
    above = ids[row.parent] if row.parent else None
    its = {"id": ids[row.code], "code": row.code, "position": place}
    its["category_id" if row.service else "parent_id"] = above
    kind = SORTS[Sort.SERVICE if row.service else Sort.CATEGORY]
    return kind.model_validate(dict(row.values) | its)


def _missing(tree: Tree, things: Sequence[Thing]) -> list[Thing]:
    there = {one.id for one in things}
    return [one for one in tree.things() if one.id not in there]


def _not_whole(rows: Sequence[Row], things: Sequence[Thing]) -> list[Mistake]:
    """What customers are to see must be bookable."""
    return [
        Mistake(row.line, "lacks", row.code, {"thing": thing, "lacks": name})
        for row, thing in zip(rows, things, strict=True)
        if not thing.hidden
        for name in lacks(thing=thing)
    ]


def _places(rows: Sequence[Row], known: dict[tuple[bool, str], Thing]) -> dict[str, int]:
    """Neighbours stand in the order of the file; where that is the order they have, they keep their places."""
    neighbours: dict[tuple[bool, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        neighbours[row.service, row.parent].append(row)
    last = max((one.position for one in known.values()), default=-1)
    found: dict[str, int] = {}
    for row_of in neighbours.values():
        had = [known[key].position for row in row_of if (key := (row.service, row.code)) in known]
        places = sorted(set(had))
        fresh = len(row_of) - len(places)
        places += range(last + 1, last + 1 + fresh)
        last += fresh
        found |= {row.code: place for row, place in zip(row_of, places, strict=True)}
    return found
