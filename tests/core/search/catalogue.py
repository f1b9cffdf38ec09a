"""The demo city as the search sees it: names and keywords of its services, names of its providers."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from core.catalog.model import Category, Service
from core.catalog.service import Catalog
from core.people.model import Provider, ProviderState
from core.search.query import Vocabulary
from core.search.terms import index_terms, name_terms
from core.search.typed import Typed
from core.when.reading import read
from db import demo

NOW = datetime(2026, 11, 27, 1, 10, tzinfo=UTC)
ZONE = "Asia/Shanghai"


class Index:
    """The table of terms in memory, ranked as the database does it."""

    def __init__(self, terms: Mapping[str, Mapping[int, dict[str, float]]]) -> None:
        self.terms = terms

    async def vocabulary(self, *, kind: str) -> Vocabulary:
        terms = self.terms[kind]
        frequency = Counter(token for known in terms.values() for token in known)
        return Vocabulary(documents=len(terms), frequency=frequency)

    async def best(
        self, *, kind: str, worth: Mapping[str, float], limit: int
    ) -> list[tuple[int, float]]:
        scores = {
            ref: sum(known[token] * value for token, value in worth.items() if token in known)
            for ref, known in self.terms[kind].items()
        }
        found = sorted((-score, ref) for ref, score in scores.items() if score)
        return [(ref, -score) for score, ref in found[:limit]]


class Shelf:
    """A store that only reads, out of memory."""

    def __init__(self, *things: Any) -> None:
        self._things = things

    async def find(self, kind: type[Any], /, *, limit: int = 1000, **equals: Any) -> list[Any]:
        ids = equals.get("id")
        of_kind = [thing for thing in self._things if isinstance(thing, kind)]
        return [t for t in of_kind if ids is None or t.id in ids][:limit]


def services() -> list[Service]:
    """Those of the demo city."""
    return [
        Service(
            id=number, category_id=1, code=raw.code, names=raw.names, keywords=list(raw.keywords)
        )
        for number, raw in enumerate(demo.load_city(NOW).services, start=1)
    ]  # fmt: skip


def service_index() -> tuple[dict[int, str], Index]:
    """Codes by id, and the table of terms of all services."""
    known = services()
    terms = {s.id: index_terms(names=s.names.values(), keywords=s.keywords) for s in known}
    return {service.id: service.code for service in known}, Index({"service": terms})


async def finder() -> Typed:
    """Core's own search by words over the demo city."""
    known, (_, index) = services(), service_index()
    people = [
        Provider(
            id=number, person_id=number, name=raw.name, state=ProviderState.APPROVED,
            created_at=NOW,
        )
        for number, raw in enumerate(demo.load_city(NOW).providers, start=1)
    ]  # fmt: skip
    shelf: Any = Shelf(Category(id=1, code="all", names={"en": "All"}), *known, *people)
    catalog = Catalog(store=shelf)
    await catalog.reload()
    names = {p.id: name_terms(name=p.name) for p in people}
    index = Index({**index.terms, "provider": names})
    return Typed(store=shelf, catalog=catalog, index=index)


async def found(typed: Typed, text: str) -> list[str]:
    """What is shown first for a text, the time in it set aside: codes of services, then @names of people."""
    said = read(text, now=NOW, zone=ZONE)
    rest = said.rest if said else text
    services = await typed.services(text=rest, now=NOW, limit=3)
    people = await typed.providers_by_name(text=rest, now=NOW)
    return [*(s.code for s in services), *(f"@{p.name}" for p in people)]
