"""The half of the finder that reads what was typed: services and people by loose words."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from core.catalog.model import Category, Service
from core.catalog.service import Catalog
from core.entity import Entity
from core.people.model import Provider, ProviderState
from core.ports import SearchIndex, Store
from core.search.addresses import beside_doors
from core.search.latin import stem
from core.search.likeness import likeness
from core.search.normal import normalise
from core.search.pinyin import surname_token
from core.search.query import Vocabulary, familiarity, matter, query_terms
from core.search.rank import rank

WORTH_SHOWING = 0.3
KNOWN_ENOUGH = 0.6
FRESH = timedelta(seconds=60)
NAMESAKES = 50
HONORIFICS = ("师傅", "阿姨", "老师", "大哥", "大姐", "先生", "女士", "小姐", "哥", "姐")
TITLES = frozenset(("master", "mr", "mrs", "ms", "miss", "with", "shifu", "ayi"))
CALLS = frozenset("约找叫请")

E = TypeVar("E", bound=Entity)


class Typed:
    def __init__(self, *, store: Store, catalog: Catalog, index: SearchIndex) -> None:
        self._store = store
        self._catalog = catalog
        self._index = index
        self._known: dict[str, tuple[datetime, int, Vocabulary]] = {}

    async def services(self, *, text: str, now: datetime, limit: int = 8) -> list[Service]:
        """Services the words may mean, the likeliest first."""
        found = await self.ranked(text=text, now=now, limit=limit)
        return [service for service, _ in found]

    async def ranked(
        self, *, text: str, now: datetime, limit: int = 8
    ) -> list[tuple[Service, float]]:
        """The same with how well each fits; only the ratio of two figures says something."""
        worth = query_terms(text=text, vocabulary=await self._vocabulary("service", now))
        if not _telling(text, worth):
            return []
        bookable = {service.id: service for service in self._catalog.services()}
        found = await self._scored("service", worth, limit * 2)
        return [(bookable[ref], score) for ref, score in found if ref in bookable][:limit]

    async def asks_for_service(self, *, text: str, now: datetime) -> bool:
        """Whether the words can hardly be meant for anything else: most of them are about a service."""
        if await self.is_address(text=text, now=now):
            return False
        known = await self._vocabulary("service", now)
        sure = familiarity(text=text, vocabulary=known) >= KNOWN_ENOUGH
        return sure and bool(await self.services(text=text, now=now, limit=1))

    async def is_address(self, *, text: str, now: datetime) -> bool:
        """Whether the words are an address and ask for no service beside it."""
        left = beside_doors(text)
        if left is None:
            return False
        return not familiarity(text=left, vocabulary=await self._vocabulary("service", now))

    async def providers_by_name(
        self, *, text: str, now: datetime, limit: int = 3
    ) -> list[Provider]:
        """Providers whose name was typed, or the surname alone with or without an honorific, or a wish for them."""
        name = surname(text)
        worth = query_terms(text=name, vocabulary=await self._vocabulary("provider", now))
        if len(name) > 1:
            worth = {token: value for token, value in worth.items() if len(token) > 1}
        refs = [ref for ref, _ in await self._scored("provider", worth, limit * 2)]
        found = by_id(await self._store.find(Provider, id=refs, state=ProviderState.APPROVED))
        named = [found[ref] for ref in refs if ref in found]
        if len(named) < limit and await self._may_be_surname(text, name, now):
            named += [one for one in await self._surnamed(name) if one.id not in found]
        return named[:limit]

    async def _surnamed(self, letters: str) -> list[Provider]:
        """Those whose surname sounds so, the best first."""
        heard = await self._scored("provider", {surname_token(letters): 1.0}, NAMESAKES)
        refs = [ref for ref, _ in heard]
        found = await self._store.find(Provider, id=refs, state=ProviderState.APPROVED)
        return sorted(found, key=_place)

    async def _may_be_surname(self, text: str, name: str, now: datetime) -> bool:
        """One word of letters, unless it is a thing people ask for (fan, long) and nobody is addressed by it."""
        if not (name.isascii() and name.isalpha()):
            return False
        known = await self._vocabulary("service", now)
        return stem(name) not in known or bool(TITLES & {*normalise(text).split()})

    async def _scored(
        self, kind: str, worth: Mapping[str, float], limit: int
    ) -> list[tuple[int, float]]:
        """What the index finds, without the tail that shares next to nothing with the words."""
        found = await self._index.best(kind=kind, worth=worth, limit=limit)
        return [(ref, score) for ref, score in found if score >= found[0][1] * WORTH_SHOWING]

    async def _vocabulary(self, kind: str, now: datetime) -> Vocabulary:
        """Kept for a minute, for names are new every day, and until the catalogue is read anew."""
        edition, kept = self._catalog.edition, self._known.get(kind)
        if kept and kept[1] == edition and kept[0] <= now < kept[0] + FRESH:
            return kept[2]
        known = await self._index.vocabulary(kind=kind)
        self._known[kind] = (now, edition, known)
        return known

    def nearest_categories(self, *, text: str, limit: int = 4) -> list[Category]:
        """Top categories whose words look most like the text; in doubt the first ones."""
        ranked = sorted(
            self._catalog.children(parent_id=None),
            key=lambda category: -max(likeness(text, name) for name in self._names(category)),
        )
        return ranked[:limit]

    def _names(self, category: Category) -> Iterable[str]:
        yield from category.names.values()
        for service in self._catalog.services_in(category_id=category.id):
            yield from (*service.names.values(), *service.keywords)
        for child in self._catalog.children(parent_id=category.id):
            yield from self._names(child)


def surname(text: str) -> str:
    """约王师傅 → 王, with mr wang → wang: the name without the honorific, nor the wish for him."""
    words = [word for word in matter(text).split() if word not in TITLES]
    name = " ".join(words) or normalise(text).strip()
    if len(name) > 1 and name[0] in CALLS:
        name = name[1:]
    for honorific in HONORIFICS:
        if name.endswith(honorific) and len(name) > len(honorific):
            return name.removesuffix(honorific)
    return name


def _telling(text: str, worth: Mapping[str, float]) -> bool:
    """A known word tells enough; a single character only if nothing else was said."""
    return any(len(token) > 1 for token in worth) or matter(text) in worth


def _place(provider: Provider) -> int:
    """The place in a list by rating."""
    stars = provider.quality_sum + provider.attitude_sum + provider.skill_sum
    return rank(total=stars / 3, count=provider.rating_count)


def by_id(entities: Iterable[E]) -> dict[int, E]:
    return {entity.id: entity for entity in entities}
