"""Customers' own affairs: who they are, their language, where they are, the addresses they keep."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from core.changes import Changes, Insert, Once, Reconsider, Remove, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, Unknown
from core.events import Event
from core.people.choices import WAYS, Choices, Kind, Manner, Quiet
from core.people.model import Address, Favourite, Person
from core.ports import Store

MOST_ADDRESSES = 100


class People:
    def __init__(self, *, store: Store, new_id: NewId) -> None:
        self._store = store
        self._new_id = new_id

    async def welcome(
        self, *, telegram_id: int, name: str, language_code: str, now: datetime
    ) -> Person:
        """The person with this Telegram id, made known at the first word."""
        person = await self._store.get(Person, telegram_id=telegram_id)
        if person is not None:
            return person
        person = Person(
            id=self._new_id(), telegram_id=telegram_id, name=name[:64], created_at=now,
            language_code=language_code[:16], seen_at=now,
        )  # fmt: skip
        await self._store.apply(Changes().add(Insert(person, or_ignore=True)))
        known = await self._store.get(Person, telegram_id=telegram_id)
        return known or person

    async def called(self, *, person_id: int, username: str) -> Person:
        """Telegram's name of the person is another one now, or none."""
        return await self._set(person_id, username=username[:64])

    async def find(self, *, telegram_id: int) -> Person | None:
        """The person with this Telegram id, if they ever wrote to us."""
        return await self._store.get(Person, telegram_id=telegram_id)

    async def get(self, *, person_id: int) -> Person:
        """Raises Unknown."""
        person = await self._store.get(Person, id=person_id)
        if person is None:
            raise Unknown("person")
        return person

    async def _set(self, person_id: int, **values: object) -> Person:
        await self._store.apply(Changes().add(Update(Person, person_id, dict(values))))
        return await self.get(person_id=person_id)

    async def choose_language(self, *, person_id: int, language: str) -> Person:
        return await self._set(person_id, language=language)

    async def finish_welcome(self, *, person_id: int) -> Person:
        """The first questions were answered or skipped; they are not asked again."""
        return await self._set(person_id, onboarded=True)

    async def be_at(self, *, person_id: int, lat: float, lon: float, place: str) -> Person:
        """Where the person is; services and providers are looked for around it."""
        return await self._set(person_id, lat=lat, lon=lon, place=place[:80], onboarded=True)

    async def keep_phone(self, *, person_id: int, phone: str) -> Person:
        digits = "".join(c for c in phone if c.isdigit() or c == "+")
        if not 5 <= len(digits) <= 20:
            raise Invalid("phone", "format")
        return await self._set(person_id, phone=digits)

    async def forget_phone(self, *, person_id: int) -> Person:
        return await self._set(person_id, phone=None)

    async def choose(self, *, person_id: int, kind: Kind, manner: Manner) -> Person:
        """How messages of a kind come from now on; news of orders always comes."""
        person = await self.get(person_id=person_id)
        choices = Choices(person.choices).with_manner(kind, manner)
        return await self._choose(person_id, choices, WAYS[kind].side)

    async def be_quiet(self, *, person_id: int, side: str, hours: Quiet | None) -> Person:
        """Between these local minutes of the day nothing sounds in this bot; None: at no time."""
        person = await self.get(person_id=person_id)
        return await self._choose(person_id, Choices(person.choices, side).with_quiet(hours), side)

    async def _choose(self, person_id: int, choices: dict[str, Any], side: str) -> Person:
        """What waits already is looked at anew: it may come now, later than before or not at all."""
        await self._store.apply(
            Changes().add(
                Update(Person, person_id, {"choices": choices}), Reconsider(person_id, side)
            )
        )
        return await self.get(person_id=person_id)

    async def try_out(
        self, *, person_id: int, bot: str, kinds: Sequence[Kind], key: str, now: datetime
    ) -> None:
        """A message of each kind, to hear how it comes; the same `key` sends them once."""
        changes = Changes().add(Once(f"trial:{key}"))
        for number, kind in enumerate(kinds):
            version = int(now.timestamp() * 1000) * len(Kind) + number
            facts = {"bot": bot, "kind": kind.value}
            changes.tell(Event("notice.tried", person_id, version, {"person": person_id}, facts))
        with suppress(AlreadyDone):
            await self._store.apply(changes)

    async def addresses(self, *, person_id: int) -> list[Address]:
        """Saved addresses: the preferred one, then the last used first."""
        found = await self._store.find(Address, person_id=person_id, order="-used_at")
        return sorted(found, key=lambda address: not address.preferred)

    async def address(self, *, person_id: int, address_id: int) -> Address:
        found = await self._store.get(Address, id=address_id, person_id=person_id)
        if found is None:
            raise Unknown("address")
        return found

    async def keep_address(
        self, *, person_id: int, place: str, detail: str, lat: float, lon: float, now: datetime
    ) -> Address:
        """Saves an address (the same words and point only once)."""
        for known in await self.addresses(person_id=person_id):
            if (known.place, known.detail) == (place, detail):
                change = Update(Address, known.id, {"used_at": now, "lat": lat, "lon": lon})
                await self._store.apply(Changes().add(change))
                return known
        kept = Address(
            id=self._new_id(), person_id=person_id, place=place[:80], detail=detail[:200],
            lat=lat, lon=lon, used_at=now,
        )  # fmt: skip
        await self._store.apply(Changes().add(Insert(kept)))
        return kept

    async def label_address(self, *, person_id: int, address_id: int, label: str) -> None:
        await self._change_address(person_id, address_id, label=" ".join(label.split())[:20])

    async def move_address(
        self, *, person_id: int, address_id: int, place: str, lat: float, lon: float
    ) -> None:
        """The same name for another place; its door is asked for anew."""
        await self._change_address(
            person_id, address_id, place=place[:80], lat=lat, lon=lon, detail=""
        )

    async def detail_address(self, *, person_id: int, address_id: int, detail: str) -> None:
        """Street, building and flat."""
        await self._change_address(person_id, address_id, detail=" ".join(detail.split())[:200])

    async def prefer_address(self, *, person_id: int, address_id: int) -> None:
        """This one is offered first from now on, and no other."""
        chosen = await self.address(person_id=person_id, address_id=address_id)
        known = await self._store.find(Address, person_id=person_id, preferred=True)
        before = [Update(Address, a.id, {"preferred": False}) for a in known if a.id != chosen.id]
        change = Update(Address, chosen.id, {"preferred": True})
        await self._store.apply(Changes().add(*before, change))

    async def _change_address(self, person_id: int, address_id: int, **values: object) -> None:
        change = Update(
            Address, address_id, dict(values), {"person_id": person_id}, Unknown("address")
        )
        await self._store.apply(Changes().add(change))

    async def forget_address(self, *, person_id: int, address_id: int) -> None:
        change = Remove(Address, {"id": address_id, "person_id": person_id})
        await self._store.apply(Changes().add(change))

    async def favourites(self, *, person_id: int) -> list[int]:
        """Ids of favourite providers, the latest first."""
        found = await self._store.find(Favourite, person_id=person_id, order="-id")
        return [favourite.provider_id for favourite in found]

    async def set_favourite(self, *, person_id: int, provider_id: int, on: bool) -> None:
        row = Favourite(id=self._new_id(), person_id=person_id, provider_id=provider_id)
        where = {"person_id": person_id, "provider_id": provider_id}
        change = Insert(row, or_ignore=True) if on else Remove(Favourite, where)
        await self._store.apply(Changes().add(change))
