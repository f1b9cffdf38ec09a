"""Providers side by side: what this very job costs with each of them, and when each can come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.catalog.model import Service
from core.catalog.service import Catalog
from core.orders.booking import Bookings, Chosen
from core.pricing import Item, quote
from core.search.finder import Finder, Offer
from core.search.rank import bayesian_mean

SIDE_BY_SIDE = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """One provider: `total` in minor units with the chosen extras and the coupon, the start for the whole visit."""

    offer: Offer
    total: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """At most three; `others` could stand there instead, in the order of the list they come from."""

    service: Service
    chosen: Chosen
    items: tuple[Compared, ...]
    others: tuple[Offer, ...]

    @property
    def cheapest(self) -> int | None:
        return self._winner(lambda item: item.total)

    @property
    def soonest(self) -> int | None:
        return self._winner(lambda item: item.offer.earliest)

    @property
    def best(self) -> int | None:
        """Whose rating can be trusted most; a lone five stars does not win."""
        return self._winner(lambda item: -_expected(item.offer))

    def _winner(self, key: Callable[[Compared], Any]) -> int | None:
        """The place of the one before all others, None where two are alike."""
        ranked = sorted(map(key, self.items))
        if len(ranked) < 2 or ranked[0] == ranked[1]:
            return None
        return next(n for n, item in enumerate(self.items) if key(item) == ranked[0])


def _expected(offer: Offer) -> float:
    of = offer.provider
    stars = (of.quality_sum + of.attitude_sum + of.skill_sum) / 3
    return bayesian_mean(total=stars, count=of.rating_count)


class Comparing:
    def __init__(self, *, finder: Finder, bookings: Bookings, catalog: Catalog) -> None:
        self._finder = finder
        self._bookings = bookings
        self._catalog = catalog

    async def compare(
        self, *, customer_id: int, service_id: int, wanted: Sequence[int], listed: Sequence[Offer],
        lat: float | None, lon: float | None, now: datetime,
    ) -> Comparison:  # fmt: skip
        """The `wanted` ones who can still come, made three by the first of the list. Raises Unknown."""
        service = self._catalog.service(service_id=service_id)
        chosen = await self._bookings.chosen(
            customer_id=customer_id, service_id=service_id, now=now
        )
        order = list(dict.fromkeys([*wanted, *(offer.provider.id for offer in listed)]))
        visit = quote(items=[Item(service, 0, chosen.options)]).minutes
        able = await self._finder.among(
            service_id=service_id, provider_ids=order, lat=lat, lon=lon, now=now, minutes=visit
        )
        shown = able[:SIDE_BY_SIDE]
        return Comparison(
            service, chosen, tuple(Compared(o, chosen.total(service, o.price)) for o in shown),
            tuple(able[SIDE_BY_SIDE:]),
        )  # fmt: skip
