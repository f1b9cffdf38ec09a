"""Places by name and names of points: the built-in gazetteer first, a Nominatim server where one is set."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

import structlog
from geopy.adapters import AioHTTPAdapter
from geopy.exc import GeopyError
from geopy.geocoders import Nominatim
from yarl import URL

from core.distance import km_between
from core.places import Place, city, district, district_alone, find_places, mentioned

log = structlog.get_logger()
NEAR_KM = 3.0
OF_A_CITY_KM = 30.0  # its outskirts have few places that are known


class Gazetteer:
    """Implements core.ports.Geography with nothing but a list of places."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places

    async def find(self, *, text: str, limit: int = 5) -> list[Place]:
        return find_places(text=text, places=self._places, limit=limit)

    def mentioned(self, *, text: str) -> Place | None:
        return mentioned(text=text, places=self._places)

    def district(self, *, text: str) -> str | None:
        return district(text=text, places=self._places)

    def district_alone(self, *, text: str) -> str | None:
        return district_alone(text=text, places=self._places)

    def within(self, *, district: str, limit: int = 5) -> list[Place]:
        return [place for place in self._places if place.district == district][:limit]

    def city(self, *, text: str) -> str | None:
        return city(text=text, places=self._places)

    def cities(self) -> list[str]:
        return list(dict.fromkeys(place.city for place in self._places if place.city))

    def districts(self, *, city: str = "") -> list[str]:
        inside = [place for place in self._places if not city or place.city == city]
        counted = Counter(place.district for place in inside if place.district)
        return [name for name, _ in counted.most_common()]

    def districts_around(self, *, lat: float, lon: float, km: float) -> list[str]:
        reached = {
            place: km_between(one=(lat, lon), other=(place.lat, place.lon)) <= km
            for place in self._places if place.district
        }  # fmt: skip
        every = Counter(place.district for place in reached)
        within = Counter(place.district for place, near in reached.items() if near)
        mostly = {name for name, count in within.items() if 2 * count >= every[name]}
        return sorted(mostly | {self.district_at(lat=lat, lon=lon)} - {""})

    def district_at(self, *, lat: float, lon: float) -> str:
        near = self._nearest(lat, lon)
        return near.district if near else ""

    def city_at(self, *, lat: float, lon: float) -> str:
        near = self._nearest(lat, lon, within=OF_A_CITY_KM)
        return near.city if near else ""

    async def name(self, *, lat: float, lon: float) -> str:
        near = self._nearest(lat, lon)
        return near.name if near else ""

    def _nearest(self, lat: float, lon: float, *, within: float = NEAR_KM) -> Place | None:
        ways = ((km_between(one=(lat, lon), other=(p.lat, p.lon)), p) for p in self._places)
        km, place = min(ways, key=lambda way: way[0], default=(within, None))
        return place if km < within else None


class Geocoder:
    """Adds a Nominatim-compatible server: one request a second at most, answers kept, silence forgiven."""

    def __init__(self, *, url: str, user_agent: str, first: Gazetteer, language: str) -> None:
        address = URL(url)
        domain = f"{address.authority}{address.path.rstrip('/')}"
        self._nominatim = Nominatim(
            user_agent=user_agent, domain=domain, scheme=address.scheme, timeout=3,
            adapter_factory=AioHTTPAdapter,
        )  # fmt: skip
        self._first = first
        self._language = language
        self._kept: dict[Any, list[Place]] = {}
        self._turn = asyncio.Lock()

    async def find(self, *, text: str, limit: int = 5) -> list[Place]:
        found = await self._first.find(text=text, limit=limit)
        return found or await self._ask("find", text.strip()[:120])

    def mentioned(self, *, text: str) -> Place | None:
        return self._first.mentioned(text=text)

    def district(self, *, text: str) -> str | None:
        return self._first.district(text=text)

    def district_alone(self, *, text: str) -> str | None:
        return self._first.district_alone(text=text)

    def within(self, *, district: str, limit: int = 5) -> list[Place]:
        return self._first.within(district=district, limit=limit)

    def city(self, *, text: str) -> str | None:
        return self._first.city(text=text)

    def cities(self) -> list[str]:
        return self._first.cities()

    def districts(self, *, city: str = "") -> list[str]:
        return self._first.districts(city=city)

    def districts_around(self, *, lat: float, lon: float, km: float) -> list[str]:
        return self._first.districts_around(lat=lat, lon=lon, km=km)

    def district_at(self, *, lat: float, lon: float) -> str:
        return self._first.district_at(lat=lat, lon=lon)

    def city_at(self, *, lat: float, lon: float) -> str:
        return self._first.city_at(lat=lat, lon=lon)

    async def name(self, *, lat: float, lon: float) -> str:
        known = await self._first.name(lat=lat, lon=lon)
        found = [] if known else await self._ask("name", (round(lat, 3), round(lon, 3)))
        return known or (found[0].name if found else "")

    async def _ask(self, kind: str, query: Any) -> list[Place]:
        if (kind, query) in self._kept:
            return self._kept[kind, query]
        async with self._turn:
            try:
                call = self._nominatim.geocode if kind == "find" else self._nominatim.reverse
                answer = await call(query, language=self._language)
            except GeopyError as error:
                log.info("geocoder_silent", error=type(error).__name__)
                return []
            await asyncio.sleep(1)
        places = [_place(answer)] if answer else []
        self._kept[kind, query] = places
        return places


def _place(answer: Any) -> Place:
    name = ", ".join(answer.address.split(", ")[:3])
    return Place(name, name, answer.latitude, answer.longitude, "")
