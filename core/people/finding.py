"""Finding people as staff remember them: a name in signs or letters, a phone or its end, an order, Telegram's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.changes import Changes, Update
from core.ids import read_order_number
from core.orders.model import Order
from core.people.model import Person, Provider
from core.people.phones import read_phone, spellings
from core.people.sounds import sounds
from core.ports import Store
from core.search.normal import normalise

PAGE = 8
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, and the provider that he is if he is one."""

    person: Person
    provider: Provider | None = None


@dataclass(frozen=True, slots=True)
class FoundPeople:
    """One page of people, who came to us last on top."""

    people: tuple[Somebody, ...]
    number: int = 0
    total: int = 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


class PersonSearch(Protocol):
    """The query behind it."""

    async def matching(
        self, *, words: Sequence[str], limit: int, offset: int
    ) -> tuple[list[int], int]:
        """(ids of one page, how many there are): people of whom every word is part of a name, the end of a phone, or
        all of an id or a Telegram name.
        """


class PeopleFinder:
    def __init__(self, *, store: Store, search: PersonSearch) -> None:
        self._store = store
        self._search = search

    async def find(self, *, text: str, page: int = 0) -> FoundPeople:
        """A complete order number finds the two sides of that order."""
        if number := read_order_number(text):
            ids = await self._sides(number)
            return FoundPeople(await self._known(ids), 0, len(ids))
        if not (words := typed(text=text)):
            return FoundPeople(())
        await self.spell()
        page = max(page, 0)
        ids, total = await self._search.matching(words=words, limit=PAGE, offset=page * PAGE)
        return FoundPeople(await self._known(ids), page, total)

    async def _sides(self, number: str) -> list[int]:
        order = await self._store.get(Order, number=number)
        if order is None:
            return []
        provider = await self._store.get(Provider, id=order.provider_id)
        return [order.customer_id, *([provider.person_id] if provider else [])]

    async def _known(self, ids: Sequence[int]) -> tuple[Somebody, ...]:
        if not ids:
            return ()
        people = {one.id: one for one in await self._store.find(Person, id=list(ids))}
        firms = {one.person_id: one for one in await self._store.find(Provider, person_id=ids)}
        return tuple(Somebody(people[i], firms.get(i)) for i in ids if i in people)

    async def spell(self) -> None:
        """Whoever came in, or was called otherwise, since the last search gets the spellings of the name."""
        while found := await self._store.find(Person, sounds="", limit=_AT_ONCE):
            firms = await self._store.find(Provider, person_id=[one.id for one in found])
            called = {firm.person_id: firm.name for firm in firms}
            changes = Changes()
            for one in found:
                spelled = sounds(names=[one.name, called.get(one.id, "")]) or "–"
                changes.add(Update(Person, one.id, {"sounds": spelled}))
            await self._store.apply(changes)


def typed(*, text: str) -> list[str]:
    """The words to look for; a phone number is one, however it is grouped, and without the code of its country."""
    bare = text.strip().lstrip("@")
    if (phone := read_phone(bare)) and "@" not in text:
        return [min(spellings(phone), key=len).lstrip("+")]
    return normalise(bare).split()[:6]
