"""Recommended for you: from own orders, favourites, what was looked at, and where the customer is.

Who has switched it off has no history: nothing of it is read, nothing is written, what was kept is gone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.catalog.model import Service
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Remove, Update
from core.entity import NewId
from core.orders.model import Order, State
from core.people.model import Favourite, Person
from core.ports import Store
from core.recommend.model import Glance
from core.recommend.skills import skills_of
from core.search.finder import Finder, Offer, Wish

KEPT = 20  # looks remembered per person
MOST = 5
EACH = 2  # from one source, so that no source has the list for itself
DONE = [State.FINISHED, State.CLOSED]


class Why(StrEnum):
    """The reason a provider is recommended; the order of the members is the order of the list."""

    BOOKED = "booked"
    FAVOURITE = "favourite"
    SEEN = "seen"
    NEARBY = "nearby"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who can come for this service, and why just them."""

    service: Service
    offer: Offer
    why: Why


@dataclass(frozen=True, slots=True)
class _Wanted:
    why: Why
    provider_id: int
    service_id: int


class Recommending:
    def __init__(self, *, store: Store, catalog: Catalog, finder: Finder, new_id: NewId) -> None:
        self._store = store
        self._catalog = catalog
        self._finder = finder
        self._new_id = new_id

    async def looked(
        self, *, person: Person, service_id: int = 0, provider_id: int = 0, now: datetime
    ) -> None:
        """Remembers the last few things looked at, each once; nothing for who does not want suggestions."""
        if not person.recommends:
            return
        known = await self._store.find(Glance, person_id=person.id, order="-at", limit=KEPT * 2)
        seen = (service_id, provider_id)
        if known and (known[0].service_id, known[0].provider_id) == seen:
            return
        again = [g.id for g in known if (g.service_id, g.provider_id) == seen]
        old = [g.id for g in known if g.id not in again][KEPT - 1 :]
        glance = Glance(
            id=self._new_id(), person_id=person.id, service_id=service_id,
            provider_id=provider_id, at=now,
        )  # fmt: skip
        changes = Changes().add(*(Remove(Glance, {"id": gone}) for gone in [*again, *old]))
        await self._store.apply(changes.add(Insert(glance, or_ignore=True)))

    async def switch(self, *, person: Person, on: bool) -> Person:
        """Suggestions on or off; off forgets everything that was looked at."""
        changes = Changes().add(Update(Person, person.id, {"recommends": on}))
        if not on:
            changes.add(Remove(Glance, {"person_id": person.id}))
        await self._store.apply(changes)
        return person.model_copy(update={"recommends": on})

    async def suggestions(self, *, person: Person, now: datetime) -> list[Suggestion]:
        """At most five who can come, each provider once; none for who does not want any."""
        if not person.recommends:
            return []
        glances = await self._store.find(Glance, person_id=person.id, order="-at", limit=KEPT)
        orders = await self._store.find(
            Order, customer_id=person.id, state=DONE, order="-starts_at", limit=10
        )
        hearts = await self._store.find(Favourite, person_id=person.id, order="-id", limit=10)
        interests = _interests(glances, orders)
        wanted = [
            *(_Wanted(Why.BOOKED, o.provider_id, o.service_id) for o in orders),
            *(_Wanted(Why.FAVOURITE, heart.provider_id, 0) for heart in hearts),
            *(_Wanted(Why.SEEN, g.provider_id, g.service_id) for g in glances if g.provider_id),
        ]
        known = await self._known(wanted, interests, person, now)
        return (known + await self._nearby(known, interests, person, now))[:MOST]

    async def _known(
        self, wanted: Sequence[_Wanted], interests: Sequence[int], person: Person, now: datetime
    ) -> list[Suggestion]:
        """Those the customer has met before and who can come now."""
        skills = await skills_of(
            store=self._store, catalog=self._catalog, provider_ids={w.provider_id for w in wanted}
        )
        asked = [
            (one.why, one.provider_id, service_id)
            for one in wanted
            if (service_id := _service(one, skills.get(one.provider_id, []), interests))
        ]
        offers: dict[tuple[int, int], Offer] = {}
        for service_id in dict.fromkeys(service_id for _, _, service_id in asked):
            ids = list(dict.fromkeys(p for _, p, s in asked if s == service_id))
            for offer in await self._among(service_id, ids, person, now):
                offers[offer.provider.id, service_id] = offer
        return list(self._each_once(asked, offers))

    def _each_once(
        self, asked: Sequence[tuple[Why, int, int]], offers: dict[tuple[int, int], Offer]
    ) -> Iterator[Suggestion]:
        told, count = set[int](), dict.fromkeys(Why, 0)
        for why, provider_id, service_id in asked:
            offer = offers.get((provider_id, service_id))
            if offer is None or provider_id in told or count[why] == EACH:
                continue
            told.add(provider_id)
            count[why] += 1
            yield Suggestion(self._catalog.service(service_id=service_id), offer, why)

    async def _among(
        self, service_id: int, ids: Sequence[int], person: Person, now: datetime
    ) -> list[Offer]:
        return await self._finder.among(
            service_id=service_id, provider_ids=ids, lat=person.lat, lon=person.lon, now=now
        )

    async def _nearby(
        self, known: Sequence[Suggestion], interests: Sequence[int], person: Person, now: datetime
    ) -> list[Suggestion]:
        """The best rated around for what the customer cares for, else for the first thing of each category."""
        told = {suggestion.offer.provider.id for suggestion in known}
        found: list[Suggestion] = []
        for service in self._worth_asking(interests):
            if len(known) + len(found) >= MOST:
                break
            page = await self._finder.offers(
                service_id=service.id, lat=person.lat, lon=person.lon, wish=Wish(), page=0,
                now=now, size=MOST,
            )  # fmt: skip
            rated = (o for o in page.items if o.provider.id not in told and o.provider.rating_count)
            if best := next(rated, None):
                told.add(best.provider.id)
                found.append(Suggestion(service, best, Why.NEARBY))
        return found

    def _worth_asking(self, interests: Sequence[int]) -> list[Service]:
        bookable = {service.id: service for service in self._catalog.services()}
        mine = [bookable[i] for i in interests if i in bookable]
        usual = [
            next(iter(self._catalog.services_below(category_id=category.id)), None)
            for category in self._catalog.children(parent_id=None)
        ]
        others = [service for service in usual if service and service not in mine]
        return [*mine[:MOST], *others[:MOST]]


def _interests(glances: Sequence[Glance], orders: Sequence[Order]) -> list[int]:
    """Services the customer cares for, the latest first."""
    looked = [glance.service_id for glance in glances if glance.service_id]
    return list(dict.fromkeys([*looked, *(order.service_id for order in orders)]))


def _service(one: _Wanted, skills: Sequence[int], interests: Sequence[int]) -> int:
    """For which service: the one it was about, else one the customer cares for, else the provider's first."""
    if one.service_id in skills:
        return one.service_id
    return next((i for i in interests if i in skills), skills[0] if skills else 0)
