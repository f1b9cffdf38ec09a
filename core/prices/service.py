"""A provider's own services: prices changed, services added, paused and given up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from core.availability.service import Availability
from core.catalog.model import Service
from core.catalog.service import Catalog
from core.catalog.values import HIGHEST_PRICE
from core.changes import Change, Changes, Insert, Remove, Timer, Update
from core.entity import NewId
from core.errors import Invalid, NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.levels.table import off_bp
from core.money import BASIS, share
from core.people.applications import MOST_SERVICES, check_price
from core.people.model import (
    Certificate,
    CertificateState,
    Provider,
    ProviderState,
    Skill,
    last_day,
)
from core.people.own import provider_of
from core.people.providers import certified
from core.ports import MarketReads, Store
from core.prices.market import Market, market
from core.prices.model import PriceRequest, RequestState
from core.rules import Rules
from core.taking.model import Matter
from core.taking.service import in_nobodys_hands

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Asking:
    """A service as one provider offers it, at the commission of his level.

    `lacks`: the certificate without which no orders come; `ends`: the last day of the one there is, if that is near.
    """

    service: Service
    skill: Skill
    rate_bp: int
    request: PriceRequest | None
    market: Market | None
    lacks: str = ""
    being_checked: bool = False
    ends: date | None = None

    @property
    def inside(self) -> bool:
        """Whether the price that counts lies in the band."""
        return within(service=self.service, price=self.skill.price)

    def net(self, *, price: int) -> int:
        """What is left of a price after commission."""
        return price - share(amount=price, rate_bp=self.rate_bp)


def _as_round(price: int, example: int) -> int:
    """Down to the noughts that the example ends with."""
    unit = 1
    while example and example % (unit * 10) == 0:
        unit *= 10
    return price // unit * unit


def within(*, service: Service, price: int) -> bool:
    return service.price_low <= price <= service.price_high


class Prices:
    """`person_id` is the provider's own. All raise Unknown for what he doesn't offer, NotAllowedNow unless he works."""

    def __init__(
        self, *, store: Store, catalog: Catalog, availability: Availability, reads: MarketReads,
        rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._availability = availability
        self._reads = reads
        self._rules = rules
        self._new_id = new_id

    async def mine(self, *, person_id: int, now: datetime) -> list[Asking]:
        """All of them in the order of the catalogue, without what others ask."""
        provider = await self._working(person_id)
        skills = await self._store.find(Skill, provider_id=provider.id)
        by_service = {skill.service_id: skill for skill in skills}
        mine = [s for s in self._catalog.services() if s.id in by_service]
        return await self._asking(provider, mine, [by_service[s.id] for s in mine], now)

    async def one(self, *, person_id: int, service_id: int, now: datetime) -> Asking:
        """With what others nearby ask, where they are enough."""
        provider = await self._working(person_id)
        service, skill = await self._skill(provider, service_id)
        [found] = await self._asking(provider, [service], [skill], now)
        around = await self.around(provider=provider, service_id=service_id)
        return replace(found, market=around)

    async def _asking(
        self, provider: Provider, services: Sequence[Service], skills: Sequence[Skill],
        now: datetime,
    ) -> list[Asking]:  # fmt: skip
        papers = await self._store.find(Certificate, provider_id=provider.id)
        open_ = await self._store.find(
            PriceRequest, provider_id=provider.id, state=RequestState.ASKED
        )
        requests, today = {one.service_id: one for one in open_}, self._availability.today(now=now)
        sent = {p.kind for p in papers if p.state is CertificateState.SENT}
        return [
            Asking(
                service, skill, self.rate_bp(service=service, provider=provider),
                requests.get(service.id), None,
                "" if certified(service=service, certificates=papers, today=today)
                else service.certificate or "",
                service.certificate in sent, self._ends(service, papers, today),
            )
            for service, skill in zip(services, skills, strict=True)
        ]  # fmt: skip

    def _ends(self, service: Service, papers: Sequence[Certificate], today: date) -> date | None:
        """The last day of what the service needs, where a warning is due."""
        needs = [service.certificate] if service.certificate else []
        last = last_day(papers=papers, needs=needs)
        soon = today + timedelta(days=self._rules.number("paper_first_days"))
        return last if today <= last <= soon else None

    def rate_bp(self, *, service: Service, provider: Provider) -> int:
        """The commission on new bookings: lower on higher levels."""
        return max(0, service.commission_bp - off_bp(level=provider.level, rules=self._rules))

    async def around(self, *, provider: Provider, service_id: int) -> Market | None:
        """What others ask who come to where this provider is."""
        if provider.lat is None or provider.lon is None:
            return None
        prices = await self._reads.around(
            service_id=service_id, lat=provider.lat, lon=provider.lon, but=provider.id
        )
        return market(prices=prices, least=self._rules.number("market_providers"))

    def bounds(self, *, service: Service) -> tuple[int, int]:
        """The lowest and the highest price that may be asked for at all, as round as the band is."""
        factor = self._rules.number("price_ask_bp")
        low = max(1, _as_round(service.price_low * BASIS // factor, service.price_low))
        return low, min(HIGHEST_PRICE, service.price_high * factor // BASIS)

    async def ask(
        self, *, person_id: int, service_id: int, price: int, now: datetime, note: str = ""
    ) -> PriceRequest | None:
        """Inside the band it counts at once (None), outside it waits for staff; booked visits keep their price.

        An open request is amended, or overtaken by a price inside. Raises Invalid("price", "absurd") with the bounds.
        """
        provider = await self._working(person_id)
        service, skill = await self._skill(provider, service_id)
        low, high = self.bounds(service=service)
        if not within(service=service, price=price) and not low <= price <= high:
            raise Invalid("price", "absurd", {"low": low, "high": high})
        open_ = await self._open(skill)
        if within(service=service, price=price) or price == skill.price:
            await self._count(provider, skill, open_, price, now)
            return None
        return await self._request(provider, skill, open_, price, " ".join(note.split()), now)

    async def _count(
        self, provider: Provider, skill: Skill, open_: PriceRequest | None, price: int,
        now: datetime,
    ) -> None:  # fmt: skip
        changes = Changes().add(
            Update(Skill, skill.id, {"price": price}, {"price": skill.price}, OutOfDate())
        )
        if open_ is not None:
            close(changes, open_, provider, RequestState.WITHDRAWN, now)
        await self._write(changes, provider, now)

    async def _request(
        self, provider: Provider, skill: Skill, open_: PriceRequest | None, price: int, note: str,
        now: datetime,
    ) -> PriceRequest:  # fmt: skip
        fresh = PriceRequest(
            id=open_.id if open_ else self._new_id(), provider_id=provider.id,
            service_id=skill.service_id, former=skill.price, price=price,
            note=note[:LONGEST_NOTE] or (open_.note if open_ else ""),
            version=open_.version + 1 if open_ else 1, asked_at=now,
        )  # fmt: skip
        changes = Changes()
        if open_ is None:
            changes.add(Insert(fresh, otherwise=OutOfDate()))
        else:
            values = fresh.model_dump(include={"former", "price", "note", "version", "asked_at"})
            changes.add(amended(open_, values))
        changes.tell(told("price.asked", fresh, provider))
        await self._store.apply(changes)
        return fresh

    async def withdraw(self, *, person_id: int, service_id: int, now: datetime) -> None:
        """The wish for another price is taken back. Raises NotAllowedNow once staff decided."""
        provider = await self._working(person_id)
        _, skill = await self._skill(provider, service_id)
        open_ = await self._open(skill)
        if open_ is None:
            raise NotAllowedNow(verb="withdraw", state="")
        changes = Changes()
        close(changes, open_, provider, RequestState.WITHDRAWN, now)
        await self._store.apply(changes)

    async def pause(
        self, *, person_id: int, service_id: int, active: bool, now: datetime
    ) -> None:  # fmt: skip
        """New bookings of it come, or stay away for a while."""
        provider = await self._working(person_id)
        _, skill = await self._skill(provider, service_id)
        await self._write(Changes().add(Update(Skill, skill.id, {"active": active})), provider, now)

    async def give_up(self, *, person_id: int, service_id: int, now: datetime) -> None:
        """He doesn't offer it any more; visits that are booked stay. Raises Invalid("services", "last")."""
        provider = await self._working(person_id)
        _, skill = await self._skill(provider, service_id)
        if await self._store.count(Skill, provider_id=provider.id) < 2:
            raise Invalid("services", "last")
        changes = Changes().add(Remove(Skill, {"id": skill.id}))
        if (open_ := await self._open(skill)) is not None:
            close(changes, open_, provider, RequestState.WITHDRAWN, now)
        await self._write(changes, provider, now)

    async def add(self, *, person_id: int, service_id: int, price: int, now: datetime) -> None:
        """One more service; one that needs a certificate gets orders once staff have seen it.

        Raises Invalid("price", "band"), ("services", "too_many").
        """
        provider = await self._working(person_id)
        service = self._catalog.bookable(service_id=service_id)
        check_price(service=service, price=price)
        if await self._store.count(Skill, provider_id=provider.id) >= MOST_SERVICES:
            raise Invalid("services", "too_many", {"most": MOST_SERVICES})
        skill = Skill(
            id=self._new_id(), provider_id=provider.id, service_id=service_id, price=price
        )
        await self._write(Changes().add(Insert(skill, otherwise=OutOfDate())), provider, now)

    async def show_paper(self, *, person_id: int, now: datetime, **values: Any) -> Certificate:
        """One more certificate (kind, number, expires_on, file_id); staff look at it."""
        provider = await self._working(person_id)
        paper = Certificate(id=self._new_id(), provider_id=provider.id, **values)
        waiting = {
            "provider_id": provider.id, "kind": paper.kind, "state": CertificateState.SENT,
        }  # fmt: skip
        changes = Changes().add(Remove(Certificate, waiting), Insert(paper))
        await self._store.apply(changes.tell(Event("paper.sent", paper.id, 1)))
        return paper

    async def _working(self, person_id: int) -> Provider:
        provider = await provider_of(store=self._store, person_id=person_id)
        if provider.state is not ProviderState.APPROVED:
            raise NotAllowedNow(verb="prices", state=provider.state)
        return provider

    async def _skill(self, provider: Provider, service_id: int) -> tuple[Service, Skill]:
        service = self._catalog.bookable(service_id=service_id)
        skill = await self._store.get(Skill, provider_id=provider.id, service_id=service_id)
        if skill is None:
            raise Unknown("service")
        return service, skill

    async def _open(self, skill: Skill) -> PriceRequest | None:
        return await self._store.get(
            PriceRequest, provider_id=skill.provider_id, service_id=skill.service_id,
            state=RequestState.ASKED,
        )  # fmt: skip

    async def _write(self, changes: Changes, provider: Provider, now: datetime) -> None:
        """With the provider found anew by what he offers now."""
        await self._store.apply(changes.add(*found_by_it(provider, now)))


def found_by_it(provider: Provider, now: datetime) -> list[Change]:
    """What the search knows of the provider's services follows."""
    version = provider.version + 1
    return [
        Update(
            Provider, provider.id, {"version": version}, {"version": provider.version}, OutOfDate()
        ),
        Timer("provider.reindex", provider.id, now, f"provider.reindex:{provider.id}:{version}"),
    ]


def amended(request: PriceRequest, values: dict[str, Any]) -> Update:
    """Something else about an open request, as long as nobody else touched it."""
    expect = {"version": request.version, "state": RequestState.ASKED}
    return Update(PriceRequest, request.id, values, expect, OutOfDate())


def close(
    changes: Changes, request: PriceRequest, provider: Provider, state: RequestState,
    now: datetime, **more: Any,
) -> None:  # fmt: skip
    """The end of a request, told to whom it concerns."""
    values = {"state": state, "version": request.version + 1, "decided_at": now} | more
    gone = in_nobodys_hands(matter=Matter.PRICE, subject=request.id)
    changes.add(amended(request, values), gone)
    changes.tell(told(f"price.{state}", request.model_copy(update=values), provider))


def told(name: str, request: PriceRequest, provider: Provider) -> Event:
    return Event(name, request.id, request.version, {"provider": provider.person_id})
