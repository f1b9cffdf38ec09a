"""What staff correct of somebody's particulars: each is checked, and written together with its line of the log."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.changes import Change, Changes, Timer, Update
from core.errors import Invalid, OutOfDate, Unknown
from core.people.applications import LARGEST_RADIUS_M, SMALLEST_RADIUS_M
from core.people.model import Person, Provider, ProviderState, Staff
from core.people.phones import read_phone, spellings
from core.people.staff import StaffRoom
from core.ports import Geography, Store

LONGEST_NAME = 40
LANGUAGES = ("zh_CN", "en")


class Part(StrEnum):
    """What can be corrected; from FIRM on only a provider's."""

    NAME = "name"
    PHONE = "phone"
    LANGUAGE = "language"
    FIRM = "firm"
    AREA = "area"
    RADIUS = "radius"


OF_PROVIDERS = frozenset({Part.FIRM, Part.AREA, Part.RADIUS})


@dataclass(frozen=True, slots=True)
class Correction:
    """`old` and `new` as people read them; `person` and `firm` are the columns that change; `line` is for the log."""

    part: Part
    old: str
    new: str
    person: dict[str, object] = field(default_factory=dict)
    firm: dict[str, object] = field(default_factory=dict)
    line: str = ""


class Mending:
    def __init__(self, *, store: Store, staff: StaffRoom, places: Geography) -> None:
        self._store = store
        self._staff = staff
        self._places = places
        self._read: dict[Part, Callable[[Person, Provider | None, str], Awaitable[Correction]]] = {
            Part.NAME: self._name, Part.PHONE: self._phone, Part.LANGUAGE: self._language,
            Part.FIRM: self._firm, Part.AREA: self._area, Part.RADIUS: self._radius,
        }  # fmt: skip

    async def check(self, *, person_id: int, part: Part, text: str) -> Correction:
        """What it would be. Raises Invalid, Unknown."""
        person, provider = await self._who(person_id)
        return await self._read[part](person, provider, " ".join(text.split()))

    async def correct(
        self, *, person_id: int, part: Part, text: str, member: Staff, now: datetime
    ) -> Correction:
        """Raises Invalid, OutOfDate where somebody else corrected it meanwhile, Unknown."""
        person, provider = await self._who(person_id)
        said = await self._read[part](person, provider, " ".join(text.split()))
        reason = said.line or f"{said.old} → {said.new}"
        line = self._staff.line(
            member=member, action="people.edit", reason=reason, person=person, now=now
        )
        changes = Changes().add(*self._written(said, person, provider, now), line)
        await self._store.apply(changes)
        return said

    async def _who(self, person_id: int) -> tuple[Person, Provider | None]:
        person = await self._store.get(Person, id=person_id)
        if person is None or person.telegram_id < 0:
            raise Unknown("person")
        return person, await self._store.get(Provider, person_id=person_id)

    @staticmethod
    def _written(
        said: Correction, person: Person, provider: Provider | None, now: datetime
    ) -> list[Change]:
        changes: list[Change] = []
        if said.person:
            as_it_was = {name: getattr(person, name) for name in said.person if name != "sounds"}
            changes.append(Update(Person, person.id, said.person, as_it_was, OutOfDate()))
        if said.firm and provider is not None:
            version = provider.version + 1
            key = f"provider.reindex:{provider.id}:{version}"
            values = said.firm | {"version": version}
            changes += [
                Update(Provider, provider.id, values, {"version": provider.version}, OutOfDate()),
                Timer("provider.reindex", provider.id, now, key),
            ]
        return changes

    @staticmethod
    async def _name(person: Person, _: Provider | None, text: str) -> Correction:
        _check_name(text)
        return Correction(Part.NAME, person.name, text, {"name": text, "sounds": ""})

    async def _phone(self, person: Person, provider: Provider | None, text: str) -> Correction:
        """Nobody vouches for what was typed; one number, one provider. The log, which all read, has its end alone."""
        number = read_phone(text)
        if number is None:
            raise Invalid("phone", "format")
        if provider is not None:
            await self._check_free(number, provider)
        firm: dict[str, object] = {"phone_typed": True} if provider else {}
        old, line = _end(person.phone), f"{_end(person.phone)} → {_end(number)}"
        return Correction(Part.PHONE, old, number, {"phone": number}, firm, line)

    async def _check_free(self, number: str, provider: Provider) -> None:
        others = await self._store.find(Person, phone=spellings(number))
        ids = [one.id for one in others if one.id != provider.person_id]
        if ids and await self._store.count(
            Provider, person_id=ids, state=[ProviderState.APPROVED, ProviderState.FROZEN]
        ):
            raise Invalid("phone", "taken")

    @staticmethod
    async def _language(person: Person, _: Provider | None, text: str) -> Correction:
        if text not in LANGUAGES:
            raise Invalid("language", "format")
        return Correction(Part.LANGUAGE, person.language or "–", text, {"language": text})

    @staticmethod
    async def _firm(_: Person, provider: Provider | None, text: str) -> Correction:
        _check_name(text)
        return Correction(Part.FIRM, _his(provider).name, text, {"sounds": ""}, {"name": text})

    async def _area(self, _: Person, provider: Provider | None, text: str) -> Correction:
        found = await self._places.find(text=text, limit=1)
        if not found:
            raise Invalid("place", "unknown")
        [place] = found
        name = place.name[:80]
        firm: dict[str, object] = {"place": name, "lat": place.lat, "lon": place.lon}
        return Correction(Part.AREA, _his(provider).place or "–", name, {}, firm)

    @staticmethod
    async def _radius(_: Person, provider: Provider | None, text: str) -> Correction:
        try:
            metres = round(float(text.lower().removesuffix("km").replace(",", ".")) * 1000)
        except ValueError:
            raise Invalid("radius", "bounds") from None
        if not SMALLEST_RADIUS_M <= metres <= LARGEST_RADIUS_M:
            raise Invalid("radius", "bounds")
        old = f"{_his(provider).radius_m / 1000:g} km"
        return Correction(Part.RADIUS, old, f"{metres / 1000:g} km", {}, {"radius_m": metres})


def _his(provider: Provider | None) -> Provider:
    if provider is None:
        raise Unknown("provider")
    return provider


def _end(phone: str | None) -> str:
    return f"…{phone[-4:]}" if phone else "–"


def _check_name(text: str) -> None:
    if not 2 <= len(text) <= LONGEST_NAME or not any(sign.isalpha() for sign in text):
        raise Invalid("name", "format", {"most": LONGEST_NAME})
