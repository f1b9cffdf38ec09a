"""The favourites as a list to book from: what each does first of all, at which price, from when on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.catalog.model import Service
from core.catalog.service import Catalog
from core.people.model import Person, Provider
from core.people.providers import Providers
from core.ports import Store
from core.recommend.skills import skills_of
from core.search.finder import Finder, Offer


@dataclass(frozen=True, slots=True)
class Dear:
    """One favourite; without an offer nobody can book them here in the next two weeks."""

    provider: Provider
    service: Service | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class DearPage:
    items: tuple[Dear, ...]
    number: int
    pages: int


class Favourites:
    def __init__(
        self, *, store: Store, catalog: Catalog, providers: Providers, finder: Finder
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._providers = providers
        self._finder = finder

    async def page(self, *, person: Person, number: int, now: datetime, size: int = 3) -> DearPage:
        """The latest first; those who left are not among them."""
        every = await self._providers.favourites(person_id=person.id)
        pages = max(1, -(-len(every) // size))
        number = min(max(number, 0), pages - 1)
        shown = every[number * size : (number + 1) * size]
        return DearPage(tuple(await self._offered(shown, person, now)), number, pages)

    async def _offered(
        self, shown: Sequence[Provider], person: Person, now: datetime
    ) -> list[Dear]:
        """Each with the first of their services that can be had at the customer's place."""
        skills = await skills_of(
            store=self._store, catalog=self._catalog, provider_ids=[of.id for of in shown]
        )
        found: dict[int, Dear] = {}
        for service_id in dict.fromkeys(s for of in shown for s in skills[of.id]):
            asked = [of.id for of in shown if service_id in skills[of.id] and of.id not in found]
            for offer in await self._finder.among(
                service_id=service_id, provider_ids=asked, lat=person.lat, lon=person.lon, now=now
            ):
                service = self._catalog.service(service_id=service_id)
                found[offer.provider.id] = Dear(offer.provider, service, offer)
        return [found.get(of.id, Dear(of)) for of in shown]
