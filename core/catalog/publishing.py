"""The draft becomes what customers see: looked at first with all that it means, then all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from core.catalog.differences import Difference, Fate, Obstacle, differences, obstacles
from core.catalog.drafting import Drafting, closed, drafted, mark_of
from core.catalog.model import Edit, Service
from core.catalog.service import Catalog
from core.catalog.tree import Tree
from core.changes import Changes, Insert, Remove, Terms, Timer, Update
from core.errors import Invalid, NotAllowedNow, OutOfDate
from core.people.model import Skill
from core.ports import CatalogReads, Store
from core.search.terms import index_terms


@dataclass(frozen=True, slots=True)
class Outside:
    """Providers whose prices lie outside the new band; `names` of some of them."""

    service: Service
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing would do. `uncertified`: how many offer a service without the certificate it will need;
    `visits`: how many are booked of one that vanishes from sight, they take place. `seen` is the draft's mark.
    """

    seen: int
    edits: Sequence[Edit]
    differences: Sequence[Difference]
    obstacles: Sequence[Obstacle]
    outside: Sequence[Outside] = ()
    uncertified: Sequence[tuple[Service, int]] = ()
    visits: Sequence[tuple[Service, int]] = ()
    used: Sequence[Service] = field(default=())

    @property
    def possible(self) -> bool:
        return bool(self.differences) and not self.obstacles and not self.used

    @property
    def moves_money(self) -> bool:
        return any(one.moves_money for one in self.differences)


class Publishing:
    def __init__(
        self, *, store: Store, catalog: Catalog, drafting: Drafting, reads: CatalogReads,
        zone: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._drafting = drafting
        self._reads = reads
        self._zone = ZoneInfo(zone)

    async def look(self, *, now: datetime) -> Publication:
        """With everything that stands against it or that somebody should know before."""
        edits = await self._drafting.edits()
        after = drafted(tree=self._catalog, edits=edits)
        found = differences(before=self._catalog, after=after)
        services = [one for one in found if isinstance(one.thing, Service)]
        return Publication(
            mark_of(edits=edits), edits, found, obstacles(before=self._catalog, edits=edits),
            outside=[out for one in services if (out := await self._outside(one))],
            uncertified=[few for one in services if (few := await self._uncertified(one, now))],
            visits=await self._visits(after),
            used=[
                one.thing for one in services
                if isinstance(one.thing, Service) and one.fate is Fate.REMOVED
                and await self._reads.uses(service_id=one.thing.id)
            ],
        )  # fmt: skip

    async def _outside(self, one: Difference) -> Outside | None:
        service = one.thing
        if not isinstance(service, Service) or not {"price_low", "price_high"} & set(one.values):
            return None
        count, names = await self._reads.outside(
            service_id=service.id, low=service.price_low, high=service.price_high
        )
        return Outside(service, count, tuple(names)) if count else None

    async def _uncertified(
        self, one: Difference, now: datetime
    ) -> tuple[Service, int] | None:  # fmt: skip
        service = one.thing
        if not isinstance(service, Service) or "certificate" not in one.values:
            return None
        if service.certificate is None:
            return None
        count = await self._reads.uncertified(
            service_id=service.id, kind=service.certificate, today=now.astimezone(self._zone).date()
        )
        return (service, count) if count else None

    async def _visits(self, after: Tree) -> list[tuple[Service, int]]:
        told = []
        for service in self._catalog.services():
            there = after.find(thing_id=service.id)
            if there is None or not after.seen(there):
                count = await self._reads.open_visits(service_id=service.id)
                told += [(service, count)] if count else []
        return told

    async def publish(self, *, seen: int, now: datetime) -> Publication:
        """All of the draft as it was `seen`; orders that were placed keep what they were promised.

        Raises OutOfDate where somebody went on with the draft, Invalid("draft", "obstacles"), NotAllowedNow for an
        empty one.
        """
        what = await self.look(now=now)
        if what.seen != seen:
            raise OutOfDate()
        if not what.edits:
            raise NotAllowedNow(verb="publish", state="")
        if what.obstacles or what.used:
            raise Invalid("draft", "obstacles")
        after = drafted(tree=self._catalog, edits=what.edits)
        changes = written(what.differences)
        changes.add(*found_by_words(before=self._catalog, after=after))
        await self._follow(changes, what, now)
        for edit in what.edits:
            changes.add(*closed(edit))
        await self._store.apply(changes)
        await self._catalog.reload()
        return what

    async def _follow(self, changes: Changes, what: Publication, now: datetime) -> None:
        """Providers' prices and their places in lists follow by themselves a moment later."""
        for one in what.differences:
            key = f"{one.thing.id}:{what.seen}"
            if {"price_low", "price_high"} & set(one.values):
                changes.add(Timer("service.band", one.thing.id, now, f"service.band:{key}"))
            if "certificate" in one.values:
                for skill in await self._store.find(Skill, service_id=one.thing.id, limit=100_000):
                    of = skill.provider_id
                    changes.add(Timer("provider.reindex", of, now, f"provider.reindex:{of}:{key}"))


def written(found: Sequence[Difference]) -> Changes:
    """Rows in an order in which each finds what it hangs on."""
    changes = Changes()
    for one in found:
        if one.fate is Fate.ADDED:
            changes.add(Insert(one.thing, otherwise=OutOfDate()))
    for one in found:
        if one.values:
            values = {name: one.now(name) for name in one.values}
            changes.add(Update(type(one.thing), one.thing.id, values))
    gone = [one.thing for one in found if one.fate is Fate.REMOVED]
    for thing in reversed(gone):
        changes.add(Remove(type(thing), {"id": thing.id}))
    return changes


def found_by_words(*, before: Tree, after: Tree) -> list[Terms]:
    """The words under which each service is found, of those for which they changed."""
    services = [
        one for tree in (before, after) for one in tree.things() if isinstance(one, Service)
    ]
    return [
        Terms("service", service_id, words)
        for service_id in dict.fromkeys(one.id for one in services)
        if (words := _words(after, service_id)) != _words(before, service_id)
    ]


def _words(tree: Tree, service_id: int) -> dict[str, float]:
    service = tree.find(thing_id=service_id)
    return terms_of(service=service) if isinstance(service, Service) and tree.seen(service) else {}


def terms_of(*, service: Service) -> dict[str, float]:
    return index_terms(names=service.names.values(), keywords=service.keywords)
