"""What is asked of the search for providers, and what it answers; how it is found is the database's business."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Protocol


class Sort(StrEnum):
    """The four orders a customer may choose."""

    RATING = "rating"
    PRICE = "price"
    DISTANCE = "distance"
    EARLIEST = "earliest"


@dataclass(frozen=True, slots=True)
class When:
    """Free for `quarters` in a row on one of `days` local days from `day` (an ordinal) on.

    A start may not lie before quarter `first` of the first day, nor after quarter `last` of any day;
    first = last asks for one certain start.
    """

    day: int
    quarters: int
    first: int = 0
    last: int = 63
    days: int = 1


@dataclass(frozen=True, slots=True)
class Query:
    """Who does this service here? Filters add up; `after` is the `key` of the last one shown.

    Without a place everybody in the city is meant, and the order by distance becomes that by rating.
    Prices are minor units, `min_rating` stars, `max_km` kilometres; `among` asks of these providers only.
    `besides` are further services that he must offer, too; the highest price is then that of all of them together.
    """

    service_id: int
    lat: float | None = None
    lon: float | None = None
    sort: Sort = Sort.RATING
    min_rating: float | None = None
    min_price: int | None = None
    max_price: int | None = None
    max_km: float | None = None
    verified: bool = False
    among: tuple[int, ...] = ()
    when: When | None = None
    limit: int = 10
    after: tuple[Any, ...] | None = None
    besides: tuple[int, ...] = ()


class Found(NamedTuple):
    """One provider who can come; `day` and `quarter` are known in the order by earliest start."""

    provider_id: int
    price: int
    stars: int
    verified: bool
    km: float | None
    key: tuple[Any, ...]
    day: int | None = None
    quarter: int | None = None


class ProviderSearch(Protocol):
    """Finds providers; the answers equal those of looking at every provider in turn."""

    async def find(self, query: Query) -> list[Found]:
        """One page in the order asked for."""

    async def lowest(self, queries: Sequence[Query]) -> dict[int, int]:
        """Per service of these queries the lowest price; those that find nobody are left out."""

    async def count(
        self,
        *,
        service_ids: Sequence[int],
        lat: float | None,
        lon: float | None,
        when: When,
        most: int | None = None,
    ) -> dict[int, int]:
        """How many can come, per service; counting stops at `most`."""
