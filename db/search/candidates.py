"""Who could step in for a provider that failed: the same services, in reach, at no higher price."""

from collections.abc import Sequence
from datetime import datetime

from core.availability.masks import first_cell, quarter_from
from core.availability.slots import Need
from core.availability.zones import local_date
from core.search.nearby import Query, Sort, When
from db.search.providers import Providers


class CandidateSearch:
    """Implements core.orders.pool.Candidates."""

    def __init__(self, *, providers: Providers, zone: str) -> None:
        self._providers = providers
        self._zone = zone

    async def instead(
        self, *, service_ids: Sequence[int], lat: float, lon: float, most: int, start: datetime,
        minutes: int, nearest: bool, limit: int,
    ) -> list[int]:  # fmt: skip
        day = local_date(zone=self._zone, moment=start)
        base = first_cell(zone=self._zone, day=day)
        quarter = quarter_from(cell=int(start.timestamp()) // 300, base=base)
        when = When(day=day.toordinal(), quarters=_need(minutes), first=quarter, last=quarter)
        query = Query(
            service_id=service_ids[0], besides=tuple(service_ids[1:]), lat=lat, lon=lon,
            max_price=most, when=when, limit=limit,
            sort=Sort.DISTANCE if nearest else Sort.RATING,
        )  # fmt: skip
        return [found.provider_id for found in await self._providers.find(query)]

    async def around(
        self, *, service_ids: Sequence[int], lat: float, lon: float, most: int, start: datetime,
        minutes: int, days: int, limit: int,
    ) -> list[int]:  # fmt: skip
        day = local_date(zone=self._zone, moment=start)
        when = When(day=day.toordinal(), quarters=_need(minutes), days=days)
        query = Query(
            service_id=service_ids[0], besides=tuple(service_ids[1:]), lat=lat, lon=lon,
            max_price=most, when=when, limit=limit,
        )  # fmt: skip
        return [found.provider_id for found in await self._providers.find(query)]


def _need(minutes: int) -> int:
    """The buffer is judged by each provider's own calendar."""
    return Need(minutes=minutes, buffer=0).quarters
