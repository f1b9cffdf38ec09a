"""What core asks of the rings around it, as narrow protocols."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from core.availability.diary import Diary
from core.changes import Changes
from core.entity import Entity
from core.files.model import Kept
from core.ledger.balances import Balances, Booked, Entry, OnHold
from core.places import Place
from core.privacy.model import Holding
from core.receipts.model import Moved
from core.search.query import Vocabulary

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, slots=True)
class Of:
    """As a value: any that `column` has in the rows of `kind` with these values."""

    kind: type[Entity]
    column: str
    equals: Mapping[str, Any]


class Store(Protocol):
    """Reads entities, writes change sets. Reads see the last commit."""

    async def get(self, kind: type[E], /, **equals: Any) -> E | None:
        """The one entity with these values (values may be enums, datetimes, None)."""

    async def with_others(
        self, kind: type[Entity], others: Mapping[str, type[Entity]], /, *, id: int
    ) -> tuple[Any, ...] | None:
        """The entity with this id and those that its columns name, in one hop and of one moment; None without one."""

    async def find(
        self,
        kind: type[E],
        /,
        *,
        order: str = "id",
        limit: int = 1000,
        offset: int = 0,
        **equals: Any,
    ) -> list[E]:
        """All with these values; a list or set means "any of", and so does `Of` other rows.

        `order` may be "-created_at" for descending.
        """

    async def count(self, kind: type[E], /, **equals: Any) -> int: ...

    async def apply(self, changes: Changes) -> None:
        """Writes all or nothing; raises the `otherwise` of the first guard that fails."""


class Claims(Protocol):
    """The time of providers, free and taken."""

    async def diaries(
        self, *, provider_ids: Sequence[int], start: datetime, end: datetime, now: datetime,
        holds: bool = True, but: int | None = None,
    ) -> dict[int, Diary]:  # fmt: skip
        """Hours and live claims per provider: those that lie in the span, in order of time; without `holds` only what
        is firmly booked. Those of the order `but` don't count.
        """


class FileStore(Protocol):
    """Bytes on disk; see core/files/model.py."""

    async def keep(
        self, *, content: bytes, mime: str, name: str, owner_id: int | None, now: datetime
    ) -> Kept: ...

    async def read(self, file_id: int) -> tuple[str, str, bytes] | None:
        """(name, mime, content)"""

    async def drop(self, *, file_id: int) -> None:
        """The file leaves with all that is known of it; may be done twice."""

    async def wipe(self, *, paths: Sequence[str]) -> None:
        """These leave the disk; their rows are gone already."""


class Holdings(Protocol):
    """A person's rows of any table, by the map of personal data (core/privacy/map.py)."""

    async def count(self, holding: Holding, *, person_id: int, telegram_id: int) -> int: ...

    async def rows(
        self, holding: Holding, *, person_id: int, telegram_id: int
    ) -> list[dict[str, Any]]:
        """As they are kept, without what is others' affair."""

    async def files(self, *, person_id: int, telegram_id: int) -> set[int]:
        """Ids of all files that the rows speak of."""


class Erasures(Protocol):
    """Who was erased, kept where no restored backup reaches it."""

    async def note(self, *, person_id: int) -> None: ...

    async def noted(self) -> list[int]: ...


class Geography(Protocol):
    """Names of places and their points."""

    async def find(self, *, text: str, limit: int = 5) -> list[Place]:
        """Places a typed text may mean, the likeliest first; empty when nothing fits."""

    def mentioned(self, *, text: str) -> Place | None:
        """The known place that a sentence about something else names for certain."""

    def district(self, *, text: str) -> str | None:
        """The district it names."""

    def district_alone(self, *, text: str) -> str | None:
        """The district, where the words name nothing else."""

    def within(self, *, district: str, limit: int = 5) -> list[Place]:
        """Some places of a district, the best known first."""

    def city(self, *, text: str) -> str | None:
        """The city it names."""

    def cities(self) -> list[str]:
        """All that are known, as they are written down."""

    def districts(self, *, city: str = "") -> list[str]:
        """Those of a city, or all that are known; the ones with most places first."""

    def districts_around(self, *, lat: float, lon: float, km: float) -> list[str]:
        """The district of this point, and those that lie mostly within so many kilometres of it."""

    def district_at(self, *, lat: float, lon: float) -> str:
        """The district around a point, empty when unknown."""

    def city_at(self, *, lat: float, lon: float) -> str:
        """The city whose known places are nearest, empty where all are far."""

    async def name(self, *, lat: float, lon: float) -> str:
        """A name for a point ("near People's Square"), empty when unknown."""


class SearchIndex(Protocol):
    """Words → things of a kind ("service", "provider")."""

    async def vocabulary(self, *, kind: str) -> Vocabulary:
        """What the index of this kind knows."""

    async def best(
        self, *, kind: str, worth: Mapping[str, float], limit: int
    ) -> list[tuple[int, float]]:
        """(id, score) of what matches the weighed tokens best."""


class MarketReads(Protocol):
    """What is asked for services, as customers find it."""

    async def around(self, *, service_id: int, lat: float, lon: float, but: int) -> list[int]:
        """The price of each provider (`but` one) who comes to this point."""


class CatalogReads(Protocol):
    """What a change of the catalogue touches."""

    async def uses(self, *, service_id: int) -> int:
        """How much stands on this service: offers, orders, requests, waiting people, series, coupons, looks at it."""

    async def outside(self, *, service_id: int, low: int, high: int) -> tuple[int, list[str]]:
        """How many providers ask a price outside, and the names of some."""

    async def uncertified(self, *, service_id: int, kind: str, today: date) -> int:
        """How many providers offer it without this certificate."""

    async def open_visits(self, *, service_id: int) -> int:
        """How many are booked and not over."""


class SearchIndexer(Protocol):
    """Brings the tables of search up to date with what they are derived from."""

    async def provider(self, *, provider_id: int, now: datetime) -> None:
        """Where the provider is found, for what, at which price, and when there is time."""


class Vault(Protocol):
    """Keeps what must not lie about in the open."""

    def seal(self, text: str) -> str: ...

    def open(self, sealed: str) -> str:
        """The text again; empty where no key of ours fits."""


class Till(Protocol):
    """The book as a customer reads it."""

    async def moves(self, *, customer_id: int, order_id: int | None = None) -> "list[Moved]":
        """What the customer paid, online or at the door, and got back; the latest first."""

    async def fee(self, *, order_id: int, until: datetime) -> int:
        """What was kept of it up to then because the visit fell away."""


class Ledger(Protocol):
    """The book as a provider reads it."""

    async def balances(self, *, provider_id: int, currency: str) -> Balances: ...

    async def count(self, *, provider_id: int) -> int:
        """Orders that moved something on the provider's accounts of earnings."""

    async def booked(
        self, *, provider_id: int, limit: int, offset: int, order_id: int | None = None
    ) -> "list[Booked]":
        """What each of them brought, the latest first."""

    async def nets(self, *, provider_id: int, currency: str) -> dict[int, int]:
        """What each order brought, by its id: the `net` of what is booked."""

    async def since(self, *, provider_id: int) -> datetime | None:
        """When the first of it was booked."""

    async def stood(self, *, provider_id: int, currency: str, before: datetime) -> int:
        """All that the provider had with us then, less what he owed."""

    async def entries(
        self, *, provider_id: int, currency: str, first: datetime, last: datetime
    ) -> "list[Entry]":
        """What changed that from the first moment until before the last, in order of time."""

    async def on_hold(
        self, *, order_id: int | None = None, provider_id: int | None = None
    ) -> "list[OnHold]":
        """What an order brought, or all that a provider earned, and is not free yet; the longest waiting first."""
