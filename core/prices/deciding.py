"""Staff's side: prices asked for outside the band, with what others ask beside them; what a new band means."""

from dataclasses import dataclass
from datetime import datetime

from core.catalog.model import Service
from core.catalog.service import Catalog
from core.changes import Changes, Update
from core.errors import NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.money import share
from core.people.model import Provider, Skill
from core.ports import Store
from core.prices.market import Market
from core.prices.model import PriceRequest, RequestState
from core.prices.service import Prices, close, found_by_it, within
from core.reasons import given

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Whole:
    """A request with all that staff look at before they decide; `net` is what is left of its price."""

    request: PriceRequest
    service: Service
    provider: Provider
    net: int
    market: Market | None


class PriceDesk:
    def __init__(self, *, store: Store, catalog: Catalog, prices: Prices) -> None:
        self._store = store
        self._catalog = catalog
        self._prices = prices

    async def waiting(self) -> list[Whole]:
        """All that are open, the longest waiting first."""
        open_ = await self._store.find(PriceRequest, state=RequestState.ASKED, order="asked_at")
        return [await self._whole(request) for request in open_]

    async def look(self, *, request_id: int) -> Whole:
        """Raises Unknown."""
        request = await self._store.get(PriceRequest, id=request_id)
        if request is None:
            raise Unknown("price")
        return await self._whole(request)

    async def _whole(self, request: PriceRequest) -> Whole:
        provider = await self._store.get(Provider, id=request.provider_id)
        if provider is None:
            raise Unknown("price")
        around = await self._prices.around(provider=provider, service_id=request.service_id)
        service = self._catalog.service(service_id=request.service_id)
        rate_bp = self._prices.rate_bp(service=service, provider=provider)
        net = request.price - share(amount=request.price, rate_bp=rate_bp)
        return Whole(request, service, provider, net, around)

    async def approve(
        self, *, request_id: int, price: int, by: int | None, now: datetime
    ) -> PriceRequest:  # fmt: skip
        """It counts for new bookings from now on. Raises OutOfDate where another `price` is asked for by now."""
        one = await self._open(request_id, "approve")
        if one.request.price != price:
            raise OutOfDate()
        where = {"provider_id": one.provider.id, "service_id": one.service.id}
        skill = await self._store.get(Skill, **where)
        if skill is None:
            raise NotAllowedNow(verb="approve", state="")
        changes = Changes().add(
            Update(Skill, skill.id, {"price": price}, {"price": skill.price}, OutOfDate()),
            *found_by_it(one.provider, now),
        )
        close(changes, one.request, one.provider, RequestState.APPROVED, now, decided_by=by)
        await self._store.apply(changes)
        return one.request

    async def reject(
        self, *, request_id: int, by: int, reason: str, now: datetime
    ) -> PriceRequest:  # fmt: skip
        """The price of before goes on. Raises Invalid("reason", "missing")."""
        said = given(reason=reason, most=LONGEST_REASON)
        one = await self._open(request_id, "reject")
        changes = Changes()
        close(
            changes, one.request, one.provider, RequestState.REJECTED, now, decided_by=by,
            reason=said,
        )  # fmt: skip
        await self._store.apply(changes)
        return one.request

    async def _open(self, request_id: int, verb: str) -> Whole:
        one = await self.look(request_id=request_id)
        if one.request.state is not RequestState.ASKED:
            raise NotAllowedNow(verb=verb, state=one.request.state)
        return one

    async def follow_band(self, *, service_id: int, now: datetime) -> int:
        """The band was changed: what is asked for and lies inside now counts; prices outside go on and are told.

        How many providers ask a price outside. What is kept in memory may be older than the band: it is read anew.
        """
        service = await self._store.get(Service, id=service_id)
        if service is None:
            return 0
        open_ = await self._store.find(
            PriceRequest, service_id=service_id, state=RequestState.ASKED
        )
        for request in open_:
            if within(service=service, price=request.price):
                await self.approve(request_id=request.id, price=request.price, by=None, now=now)
        skills = await self._store.find(Skill, service_id=service_id, limit=100_000)
        outside = [one for one in skills if not within(service=service, price=one.price)]
        await self._tell(outside, now)
        return len(outside)

    async def _tell(self, outside: list[Skill], now: datetime) -> None:
        ids = [skill.provider_id for skill in outside]
        found = await self._store.find(Provider, id=ids, limit=100_000) if ids else []
        people = {provider.id: provider.person_id for provider in found}
        changes, at = Changes(), int(now.timestamp())
        for skill in outside:
            whom = {"provider": people[skill.provider_id]}
            changes.tell(Event("price.band", skill.id, at, whom))
        await self._store.apply(changes)
