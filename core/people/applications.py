"""Becoming a provider: an application that is saved at each answer, sent, taken back; staff's side is judging.py."""

from datetime import date, datetime
from typing import Any

from core.availability.service import Availability
from core.catalog.model import Service
from core.catalog.service import Catalog
from core.changes import Change, Changes, Insert, Remove, Update
from core.entity import NewId
from core.errors import AlreadyDone, Frozen, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.inquiries.model import Inquiry
from core.inquiries.service import over
from core.people.dossier import EDITABLE, NOT_SAID, Application, kinds_of, missing, ordered
from core.people.model import (
    Certificate,
    CertificateState,
    Hours,
    Person,
    Provider,
    ProviderState,
    Skill,
)
from core.people.phones import read_phone, spellings
from core.ports import Store
from core.relay.masking import crossing
from core.rules import Rules
from core.taking.model import Matter
from core.taking.service import in_nobodys_hands

MOST_YEARS, LONGEST_NAME, LONGEST_BIO, MOST_SERVICES = 60, 40, 600, 20
SMALLEST_RADIUS_M, LARGEST_RADIUS_M = 1_000, 50_000


class Applications:
    """Answers may be given in any order while nothing was sent, and again after a rejection."""

    def __init__(
        self, *, store: Store, catalog: Catalog, availability: Availability, rules: Rules,
        new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._availability = availability
        self._rules = rules
        self._new_id = new_id

    async def provider_of(self, *, person_id: int) -> Provider | None:
        """The person as a provider, or None for somebody who never applied."""
        return await self._store.get(Provider, person_id=person_id)

    async def begin(self, *, person_id: int, now: datetime) -> Application:
        """A fresh application, or the one that is there. Raises SwitchedOff, Frozen, Unknown."""
        person = await self._store.get(Person, id=person_id)
        if person is None:
            raise Unknown("person")
        if person.frozen:
            raise Frozen(person.frozen_reason)
        if await self.provider_of(person_id=person_id) is None:
            self._rules.require("applications_open")
        fresh = Provider(id=self._new_id(), person_id=person_id, years=NOT_SAID, created_at=now)
        await self._store.apply(Changes().add(Insert(fresh, or_ignore=True)))
        return await self.open(person_id=person_id)

    async def open(self, *, person_id: int) -> Application:
        """Raises Unknown for somebody who never applied."""
        provider = await self._store.get(Provider, person_id=person_id)
        if provider is None:
            raise Unknown("application")
        return await self._load(provider)

    async def look(self, *, provider_id: int) -> Application:
        """The same for staff."""
        provider = await self._store.get(Provider, id=provider_id)
        if provider is None:
            raise Unknown("application")
        return await self._load(provider)

    async def _load(self, provider: Provider) -> Application:
        person = await self._store.get(Person, id=provider.person_id)
        if person is None:
            raise Unknown("application")
        skills = await self._store.find(Skill, provider_id=provider.id)
        papers = await self._store.find(Certificate, provider_id=provider.id)
        hours = await self._store.find(Hours, provider_id=provider.id, order="weekday, start_min")
        services = [self._catalog.service(service_id=skill.service_id) for skill in skills]
        needed = frozenset(s.certificate for s in services if s.certificate)
        asked = await self._store.find(Inquiry, provider_id=provider.id, order="asked_at")
        return Application(
            provider, person, tuple(skills), tuple(papers), tuple(hours), needed, tuple(asked)
        )

    async def _editable(self, person_id: int) -> Provider:
        provider = await self._store.get(Provider, person_id=person_id)
        if provider is None:
            raise Unknown("application")
        if provider.state not in EDITABLE:
            raise NotAllowedNow(verb="apply", state=provider.state)
        return provider

    async def _save(
        self, provider: Provider, *others: Change, part: str, **values: Any
    ) -> Application:
        """What was answered; a part that staff wanted mended counts as mended with it."""
        values["version"] = provider.version + 1
        values["mend"] = ordered(parts=[name for name in provider.mends if name != part])
        expect = {"version": provider.version, "state": provider.state}
        changes = Changes().add(
            Update(Provider, provider.id, values, expect=expect, otherwise=OutOfDate()), *others
        )
        await self._store.apply(changes)
        return await self.look(provider_id=provider.id)

    async def mended(self, *, person_id: int, part: str) -> Application:
        """An answer that is kept elsewhere (area, hours) was given. Raises NotAllowedNow once it was sent."""
        return await self._save(await self._editable(person_id), part=part)

    async def set_name(self, *, person_id: int, name: str) -> Application:
        """Raises Invalid("name", "format")."""
        name = " ".join(name.split())
        if not 2 <= len(name) <= LONGEST_NAME or not any(c.isalpha() for c in name):
            raise Invalid("name", "format", {"most": LONGEST_NAME})
        anew = Update(Person, person_id, {"sounds": ""})
        return await self._save(
            await self._editable(person_id), anew, part="name",
            name=crossing(text=name, rules=self._rules).text,
        )  # fmt: skip

    async def set_phone(self, *, person_id: int, phone: str, typed: bool = False) -> Application:
        """A number that Telegram vouches for, or one that was `typed`: staff see which.

        Raises Invalid("phone", "format" | "taken").
        """
        number = read_phone(phone)
        if number is None:
            raise Invalid("phone", "format")
        provider = await self._editable(person_id)
        await self._check_phone(number, provider)
        kept = Update(Person, person_id, {"phone": number})
        return await self._save(provider, kept, part="phone", phone_typed=typed)

    async def _check_phone(self, phone: str, provider: Provider) -> None:
        """One number, one provider; what somebody only fills in keeps it from nobody."""
        known = await self._store.find(Person, phone=spellings(phone))
        ids = [person.id for person in known if person.id != provider.person_id]
        others = await self._store.find(Provider, person_id=ids) if ids else []
        if any(other.state is not ProviderState.DRAFT for other in others):
            raise Invalid("phone", "taken")

    async def set_photo(self, *, person_id: int, file_id: int) -> Application:
        return await self._save(await self._editable(person_id), part="photo", photo_id=file_id)

    async def set_years(self, *, person_id: int, years: int) -> Application:
        """Raises Invalid("years", "bounds")."""
        if not 0 <= years <= MOST_YEARS:
            raise Invalid("years", "bounds", {"most": MOST_YEARS})
        return await self._save(await self._editable(person_id), part="years", years=years)

    async def set_bio(self, *, person_id: int, text: str, language: str) -> Application:
        """What customers read about the provider, in the language it was written in; empty takes it away."""
        text = text.strip()
        if len(text) > LONGEST_BIO:
            raise Invalid("bio", "too_long", {"most": LONGEST_BIO})
        told = crossing(text=text, rules=self._rules).text
        return await self._save(
            await self._editable(person_id), part="bio", bio={language: told} if told else {}
        )

    async def offer(self, *, person_id: int, service_id: int, price: int) -> Application:
        """Adds a service or changes its price. Raises Invalid("price", "band") outside the service's band."""
        service = self._catalog.service(service_id=service_id)
        check_price(service=service, price=price)
        provider = await self._editable(person_id)
        known = await self._store.get(Skill, provider_id=provider.id, service_id=service_id)
        if known is not None:
            return await self._save(
                provider, Update(Skill, known.id, {"price": price}), part="services"
            )
        if await self._store.count(Skill, provider_id=provider.id) >= MOST_SERVICES:
            raise Invalid("services", "too_many", {"most": MOST_SERVICES})
        skill = Skill(
            id=self._new_id(), provider_id=provider.id, service_id=service_id, price=price
        )
        return await self._save(provider, Insert(skill, otherwise=OutOfDate()), part="services")

    async def withdraw_service(self, *, person_id: int, service_id: int) -> Application:
        provider = await self._editable(person_id)
        where = {"provider_id": provider.id, "service_id": service_id}
        return await self._save(provider, Remove(Skill, where), part="services")

    async def set_paper(
        self, *, person_id: int, kind: str, now: datetime, **values: Any
    ) -> Application:
        """Number, expires_on (None: for good) or file_id of one certificate; each is kept as it comes.

        Raises Invalid for a number without a sign in it or a day that is over, Unknown for a kind no service asks for.
        """
        values = _checked_paper(values, today=self._availability.today(now=now))
        values |= {"state": CertificateState.SENT, "warned": 0}
        provider = await self._editable(person_id)
        if kind not in kinds_of(services=self._catalog.services()):
            raise Unknown("certificate")
        known = await self._store.get(Certificate, provider_id=provider.id, kind=kind)
        if known is not None:
            return await self._save(provider, Update(Certificate, known.id, values), part="papers")
        paper = Certificate(id=self._new_id(), provider_id=provider.id, kind=kind, **values)
        return await self._save(provider, Insert(paper, otherwise=OutOfDate()), part="papers")

    async def forget_paper(self, *, person_id: int, kind: str) -> Application:
        provider = await self._editable(person_id)
        return await self._save(
            provider, Remove(Certificate, {"provider_id": provider.id, "kind": kind}), part="papers"
        )

    async def submit(self, *, person_id: int, now: datetime) -> Application:
        """Sends the application to staff.

        Raises AlreadyDone when it was sent, Invalid("application", "incomplete") with what lacks, ("phone", "taken").
        """
        application = await self.open(person_id=person_id)
        if application.provider.state is ProviderState.APPLIED:
            raise AlreadyDone()
        if not application.editable:
            raise NotAllowedNow(verb="submit", state=application.provider.state)
        if lacking := missing(application=application):
            raise Invalid("application", "incomplete", {"missing": lacking})
        await self._check_phone(application.person.phone or "", application.provider)
        await self._store.apply(
            moved(application.provider, ProviderState.APPLIED, "application.submitted")
        )
        return await self.open(person_id=person_id)

    async def take_back(self, *, person_id: int) -> Application:
        """The applicant wants to change something before staff decide. Raises NotAllowedNow once they have."""
        provider = await self._store.get(Provider, person_id=person_id)
        if provider is None:
            raise Unknown("application")
        if provider.state is not ProviderState.APPLIED:
            raise NotAllowedNow(verb="take_back", state=provider.state)
        changes = moved(provider, ProviderState.DRAFT, "application.taken_back")
        open_ = await self._store.find(Inquiry, provider_id=provider.id, answered_at=None)
        await self._store.apply(changes.tell(*over(inquiries=open_, provider=provider)))
        return await self.look(provider_id=provider.id)


def moved(
    provider: Provider, state: ProviderState, event: str, *others: Change, reason: str = "",
    mend: str = "",
) -> Changes:  # fmt: skip
    """The application in another state, as long as nobody else moved it meanwhile."""
    version = provider.version + 1
    turned_down = state is ProviderState.REJECTED and not mend
    values = {
        "state": state, "reason": reason, "mend": mend, "turned_down": turned_down,
        "version": version,
    }  # fmt: skip
    expect = {"version": provider.version, "state": provider.state}
    facts = {"bot": "provider", "provider": provider.id, "part": mend, "reason": reason}
    changes = Changes().add(
        Update(Provider, provider.id, values, expect=expect, otherwise=OutOfDate()), *others,
        in_nobodys_hands(matter=Matter.APPLICATION, subject=provider.id),
    )  # fmt: skip
    return changes.tell(Event(event, provider.id, version, {"person": provider.person_id}, facts))


def check_price(*, service: Service, price: int) -> None:
    """Raises Invalid("price", "band") with the band."""
    if not service.price_low <= price <= service.price_high:
        band = {"low": service.price_low, "high": service.price_high}
        raise Invalid("price", "band", dict(band))


def _checked_paper(values: dict[str, Any], *, today: date) -> dict[str, Any]:
    if "number" in values:
        number = " ".join(str(values["number"]).split())
        if not 3 <= len(number) <= 40 or not any(c.isalnum() for c in number):
            raise Invalid("number", "format")
        values = values | {"number": number}
    expires = values.get("expires_on")
    if expires is not None and expires < today:
        raise Invalid("expires_on", "over")
    return values
