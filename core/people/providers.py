"""A provider as customers see one: what he does at which price, his papers, the heart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.availability.service import Availability
from core.catalog.model import Service
from core.catalog.service import Catalog
from core.errors import Unknown
from core.people.model import (
    Certificate,
    CertificateState,
    Favourite,
    Provider,
    ProviderState,
    Skill,
)
from core.ports import Store


@dataclass(frozen=True, slots=True)
class Priced:
    """A service and what this provider asks for it."""

    service: Service
    price: int


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """All that the provider's page shows. `certificates` are those staff have verified, fresh or expired."""

    provider: Provider
    offers: tuple[Priced, ...]
    certificates: tuple[Certificate, ...]
    favourite: bool
    today: date

    @property
    def verified(self) -> bool:
        """Staff have seen a paper that is good today."""
        return any(paper.valid(today=self.today) for paper in self.certificates)

    def price(self, *, service_id: int) -> int | None:
        return next((o.price for o in self.offers if o.service.id == service_id), None)


def certified(*, service: Service, certificates: Iterable[Certificate], today: date) -> bool:
    """Whether these papers allow the service today."""
    if not service.certificate:
        return True
    return any(c.kind == service.certificate and c.valid(today=today) for c in certificates)


class Providers:
    def __init__(self, *, store: Store, catalog: Catalog, availability: Availability) -> None:
        self._store = store
        self._catalog = catalog
        self._availability = availability

    async def get(self, *, provider_id: int) -> Provider:
        """Raises Unknown for everybody who isn't approved (any more)."""
        provider = await self._store.get(Provider, id=provider_id, state=ProviderState.APPROVED)
        if provider is None:
            raise Unknown("provider")
        return provider

    async def page(self, *, provider_id: int, person_id: int, now: datetime) -> ProviderPage:
        """Raises Unknown."""
        provider = await self.get(provider_id=provider_id)
        papers = await self._store.find(
            Certificate, provider_id=provider_id, state=CertificateState.VERIFIED, order="kind"
        )
        heart = await self._store.get(Favourite, person_id=person_id, provider_id=provider_id)
        today = self._availability.today(now=now)
        offers = await self._offers(provider_id, papers, today)
        return ProviderPage(provider, offers, tuple(papers), heart is not None, today)

    async def prices(
        self, *, provider: Provider | None, service_ids: Sequence[int]
    ) -> dict[int, int]:
        """His price for each of these services. Raises Unknown when he doesn't offer one (any more)."""
        if provider is None or provider.state is not ProviderState.APPROVED:
            raise Unknown("provider")
        skills = await self._store.find(
            Skill, provider_id=provider.id, service_id=list(service_ids), active=True
        )
        if len(skills) != len(service_ids):
            raise Unknown("provider")
        return {skill.service_id: skill.price for skill in skills}

    async def check(self, *, provider_id: int, service_ids: Sequence[int], now: datetime) -> None:
        """Raises Unknown when he may not do one of them today: a certificate has run out, a service is gone."""
        offers = await self.offers(provider_id=provider_id, now=now)
        if not {*service_ids} <= {offer.service.id for offer in offers}:
            raise Unknown("provider")

    async def offers(self, *, provider_id: int, now: datetime) -> tuple[Priced, ...]:
        """The services this provider may do today, with his prices, in the catalogue's order."""
        papers = await self._store.find(
            Certificate, provider_id=provider_id, state=CertificateState.VERIFIED
        )
        return await self._offers(provider_id, papers, self._availability.today(now=now))

    async def _offers(
        self, provider_id: int, papers: list[Certificate], today: date
    ) -> tuple[Priced, ...]:
        skills = await self._store.find(Skill, provider_id=provider_id, active=True)
        prices = {skill.service_id: skill.price for skill in skills}
        return tuple(
            Priced(service, prices[service.id])
            for service in self._catalog.services()
            if service.id in prices and certified(service=service, certificates=papers, today=today)
        )

    async def favourites(self, *, person_id: int) -> list[Provider]:
        """The customer's favourites, the latest first; those who left are not among them."""
        hearts = await self._store.find(Favourite, person_id=person_id, order="-id")
        ids = [heart.provider_id for heart in hearts]
        found = (
            await self._store.find(Provider, id=ids, state=ProviderState.APPROVED) if ids else []
        )
        by_id = {provider.id: provider for provider in found}
        return [by_id[provider_id] for provider_id in ids if provider_id in by_id]
