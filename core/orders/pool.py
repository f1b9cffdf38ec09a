"""Who may be asked for an order instead of its provider: able to do all of it, for no more than was agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.orders.model import Order
from core.orders.repricing import affordable, options_total, service_ids
from core.people.model import Provider, ProviderState, Skill
from core.ports import Store

_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could come, and what he asks for each service of the visit."""

    provider: Provider
    prices: Mapping[int, int]


class Candidates(Protocol):
    """Who could come instead: does all the services, reaches the place, asks no more than `most` for them."""

    async def instead(
        self, *, service_ids: Sequence[int], lat: float, lon: float, most: int, start: datetime,
        minutes: int, nearest: bool, limit: int,
    ) -> list[int]:  # fmt: skip
        """Who has exactly this time, the best (or the nearest) first."""

    async def around(
        self, *, service_ids: Sequence[int], lat: float, lon: float, most: int, start: datetime,
        minutes: int, days: int, limit: int,
    ) -> list[int]:  # fmt: skip
        """Who has time on one of so many days from that of `start` on, the best first."""


class Pool:
    def __init__(self, *, store: Store, candidates: Candidates) -> None:
        self._store = store
        self._candidates = candidates

    def most(self, *, order: Order) -> int:
        """What the services may cost together, options aside."""
        return order.total + order.discount - options_total(order=order)

    async def instead(self, *, order: Order, start: datetime, nearest: bool) -> list[Candidate]:
        ids = await self._candidates.instead(
            service_ids=service_ids(order=order), lat=order.lat, lon=order.lon, start=start,
            most=self.most(order=order), minutes=order.minutes, nearest=nearest,
            limit=_LIMIT + len(order.refused_by),
        )  # fmt: skip
        return await self.able(order=order, ids=[i for i in ids if i not in order.refused_by])

    async def around(self, *, order: Order, start: datetime, days: int) -> list[int]:
        return await self._candidates.around(
            service_ids=service_ids(order=order), lat=order.lat, lon=order.lon, start=start, days=days,
            most=self.most(order=order), minutes=order.minutes, limit=_LIMIT,
        )  # fmt: skip

    async def able(self, *, order: Order, ids: list[int]) -> list[Candidate]:
        """Those of them who work, do every service of the visit, and are no dearer, in the same order."""
        services = service_ids(order=order)
        skills = await self._store.find(
            Skill, provider_id=ids, service_id=services, active=True, limit=5000
        )
        prices: dict[int, dict[int, int]] = {}
        for skill in skills:
            prices.setdefault(skill.provider_id, {})[skill.service_id] = skill.price
        found = await self._store.find(Provider, id=ids, state=ProviderState.APPROVED)
        able = [
            Candidate(provider, prices[provider.id])
            for provider in found
            if provider.working and provider.person_id != order.customer_id
            and prices.get(provider.id, {}).keys() >= set(services)
            and affordable(order=order, prices=prices[provider.id])
        ]  # fmt: skip
        return sorted(able, key=lambda one: ids.index(one.provider.id))
