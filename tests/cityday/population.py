"""Who lives in the city: providers with their services, hours and papers, customers with their addresses."""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from core.availability.masks import day_mask, stored
from core.availability.slots import Shift, Week
from core.catalog.model import Service
from core.files.model import Kept
from core.people.model import (
    Address,
    Certificate,
    CertificateState,
    Hours,
    Person,
    Provider,
    ProviderState,
    Skill,
)
from core.people.sounds import sounds
from core.places import Place
from core.search.rank import hundredths, rank
from core.search.terms import name_terms
from db.demo import words
from db.demo.people import COUNT, DAYS_OFF, DENSITY, SHIFTS
from db.search.indexing import MASK_DAYS
from db.search.reach import Reach, cover_rows, home_rows
from tests.cityday.loading import Load
from tests.cityday.rows import Table

CUSTOMERS, PROVIDERS = 10_000_000, 5_000_000_000
"""Telegram's numbers of the first customer and the first provider."""
FIRST = 1 << 55
"""Ids as large as real ones, and older."""
AT_HOME = 0.6
"""So many customers have an address saved; the others are asked for the door."""
ENGLISH = 0.06
SPREAD = 0.01
"""How far from the named place of their quarter people live, in degrees."""
FACTS = ("price", "stars", "verified", "x", "y", "z", "near")
Span = tuple[int, int]


@dataclass(slots=True)
class Population:
    """The same seed gives the same people. `services` are those of the catalogue, each with its trade."""

    rng: random.Random
    now: datetime
    zone: str
    services: Sequence[tuple[Service, str, int]]  # with the trade and the usual price
    places: Sequence[Place]
    portraits: Sequence[Kept]
    providers: int
    customers: int
    _names: list[str] = field(init=False)
    _sounds: dict[str, str] = field(default_factory=dict)
    _masks: dict[tuple[tuple[Span, ...], int], int] = field(default_factory=dict)
    _weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        drawn = words.names(random.Random(1))
        self._names = [name.chinese for names in drawn.values() for name in names]
        quarters = [place.district for place in self.places]
        each = {name: quarters.count(name) for name in quarters}
        self._weights = list(
            accumulate(
                DENSITY.get(place.district, 1) / each[place.district] for place in self.places
            )
        )

    def loads(self) -> Iterator[Load]:
        """Each table after those it refers to; small rows of search as they are made, in the order of their keys."""
        made = list(self._made())
        people = Table(
            Person, onboarded=True, created_at=self.now - timedelta(days=400), seen_at=self.now
        )  # fmt: skip
        kept = Table(Kept)
        yield "kept_file", kept.columns, [kept.row(**one.model_dump()) for one in self.portraits]
        yield "person", people.columns, self._people(people, made)
        yield self._addresses()
        yield self._providers(made)
        yield self._skills(made)
        yield self._hours(made)
        yield self._papers(made)
        yield (
            "cover",
            ("service_id", "cell", "rank", "provider_id", *FACTS),
            sorted(row for one in made for row in cover_rows(one.reach)),
        )
        yield (
            "home",
            ("service_id", "cell", "provider_id", "rank", *FACTS),
            sorted(row for one in made for row in home_rows(one.reach)),
        )
        yield "day_mask", ("provider_id", "day", "mask"), self._day_masks(made)
        yield "search_term", ("kind", "token", "ref", "weight"), self._terms(made)

    def _home(self, rng: random.Random) -> tuple[str, float, float]:
        """Somewhere in the city, as densely as people live there."""
        place = self.places[bisect(self._weights, rng.random() * self._weights[-1])]
        lat, lon = place.lat + rng.gauss(0, SPREAD), place.lon + rng.gauss(0, SPREAD)
        return place.name, round(lat, 5), round(lon, 5)

    def _made(self) -> "Iterator[_Provider]":
        trades = list(COUNT)
        weights = list(COUNT.values())
        by_trade = {t: [s for s in self.services if s[1] == t] for t in trades}
        for number in range(self.providers):
            rng = random.Random(f"{self.rng.random()}")
            [trade] = rng.choices(trades, weights)
            offered = by_trade[trade]
            known = rng.sample(offered, min(len(offered), max(1, round(rng.gauss(3.5, 1.2)))))
            yield self._provider(number, known, rng)

    def _provider(
        self, number: int, known: Sequence[tuple[Service, str, int]], rng: random.Random
    ) -> "_Provider":
        place, lat, lon = self._home(rng)
        longest = max(service.minutes for service, _, _ in known)
        fitting = [shift for shift in SHIFTS if max(e - s for s, e in shift) >= longest] or SHIFTS[
            -1:
        ]
        reviews = int(rng.paretovariate(0.9)) - 1
        reviews = min(reviews * 3, 600)
        talent = min(0.99, max(0.6, rng.gauss(0.92, 0.05)))
        total = round(15 * reviews * talent)
        reach = Reach(
            provider_id=FIRST + number, lat=lat, lon=lon, radius_m=rng.randrange(3, 16) * 1000,
            rank=rank(total=total / 3, count=reviews),
            stars=hundredths(total=total, count=3 * reviews),
            verified=any(service.certificate for service, _, _ in known),
            offers=tuple((s.id, _price(s, usual, rng)) for s, _, usual in known),
        )  # fmt: skip
        return _Provider(
            reach, rng.choice(self._names), place, rng.choice(fitting), rng.choice(DAYS_OFF), total,
            reviews, tuple({s.certificate for s, _, _ in known if s.certificate}), rng,
        )  # fmt: skip

    def _people(self, table: Table, made: "Sequence[_Provider]") -> Iterator[list[Any]]:
        for number, one in enumerate(made):
            yield table.row(
                id=FIRST + number, telegram_id=PROVIDERS + number, name=one.name,
                sounds=self._spelled(one.name), language_code="zh-hans", language="zh_CN",
                phone=f"+86{13_000_000_000 + number}",
            )  # fmt: skip
        rng = random.Random(f"customers {self.rng.random()}")
        for number in range(self.customers):
            name, (place, lat, lon) = rng.choice(self._names), self._lives(number)
            language = ("en", "en") if rng.random() < ENGLISH else ("zh-hans", "zh_CN")
            yield table.row(
                id=FIRST + self.providers + number, telegram_id=CUSTOMERS + number, name=name,
                sounds=self._spelled(name), language_code=language[0], language=language[1],
                lat=lat, lon=lon, place=place,
            )  # fmt: skip

    def _lives(self, number: int) -> tuple[str, float, float]:
        return self._home(random.Random(number))

    def _spelled(self, name: str) -> str:
        if name not in self._sounds:
            self._sounds[name] = sounds(names=[name])
        return self._sounds[name]

    def _addresses(self) -> Load:
        table = Table(Address, used_at=self.now)
        return "address", table.columns, (
            table.row(
                id=FIRST + number, person_id=FIRST + self.providers + number, place=place,
                detail=f"{number % 300 + 1} 号 {number % 30 + 1}02 室", lat=lat, lon=lon,
            )
            for number in range(round(self.customers * AT_HOME))
            for place, lat, lon in [self._lives(number)]
        )  # fmt: skip

    def _providers(self, made: "Sequence[_Provider]") -> Load:
        table = Table(
            Provider,
            state=ProviderState.APPROVED,
            created_at=self.now - timedelta(days=400),
            level_at=self.now + timedelta(days=7),  # see night.py for what that look takes
        )
        return "provider", table.columns, (
            table.row(
                id=one.reach.provider_id, person_id=one.reach.provider_id, name=one.name,
                years=one.rng.randrange(1, 25), bio={"zh_CN": "先看问题再报价，您同意了我才动手。"},
                photo_id=self.portraits[one.reach.provider_id % len(self.portraits)].id,
                lat=one.reach.lat, lon=one.reach.lon, place=one.place,
                radius_m=one.reach.radius_m, daily_max=one.rng.choice((4, 5, 6, 6, 8)),
                buffer_min=one.rng.choice((15, 30, 30, 45)), rating_count=one.reviews,
                quality_sum=one.total // 3, attitude_sum=one.total // 3,
                skill_sum=one.total - 2 * (one.total // 3), jobs_done=one.reviews * 2,
            )
            for one in made
        )  # fmt: skip

    def _skills(self, made: "Sequence[_Provider]") -> Load:
        table = Table(Skill)
        offers = ((one, offer) for one in made for offer in one.reach.offers)
        return "skill", table.columns, (
            table.row(
                id=FIRST + number, provider_id=one.reach.provider_id, service_id=offer[0], price=offer[1],
            )
            for number, (one, offer) in enumerate(offers)
        )  # fmt: skip

    def _hours(self, made: "Sequence[_Provider]") -> Load:
        table = Table(Hours)
        spans = ((one, day, span) for one in made for day in range(7) for span in one.spans(day))
        return "hours", table.columns, (
            table.row(
                id=FIRST + number, provider_id=one.reach.provider_id, weekday=day,
                start_min=span[0], end_min=span[1],
            )
            for number, (one, day, span) in enumerate(spans)
        )  # fmt: skip

    def _papers(self, made: "Sequence[_Provider]") -> Load:
        table = Table(
            Certificate, state=CertificateState.VERIFIED,
            expires_on=(self.now + timedelta(days=700)).date(),
        )  # fmt: skip
        papers = ((one, kind) for one in made for kind in one.papers)
        return "certificate", table.columns, (
            table.row(
                id=FIRST + number, provider_id=one.reach.provider_id, kind=kind, number=f"SH{number:08d}",
            )
            for number, (one, kind) in enumerate(papers)
        )  # fmt: skip

    def _day_masks(self, made: "Sequence[_Provider]") -> Iterator[tuple[Any, ...]]:
        today = self.now.astimezone(ZoneInfo(self.zone)).date()
        days = [today + timedelta(days=ahead) for ahead in range(MASK_DAYS)]
        for one in made:
            for day in days:
                spans = one.spans(day.weekday())
                key = (spans, day.toordinal())
                if key not in self._masks:
                    week = Week(self.zone, tuple(Shift(day.weekday(), *span) for span in spans))
                    self._masks[key] = stored(day_mask(week=week, day=day, claimed=()))
                yield one.reach.provider_id, day.toordinal(), self._masks[key]

    def _terms(self, made: "Sequence[_Provider]") -> list[tuple[Any, ...]]:
        known = {name: name_terms(name=name) for name in {one.name for one in made}}
        return sorted(
            ("provider", token, one.reach.provider_id, weight)
            for one in made for token, weight in known[one.name].items()
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Provider:
    reach: Reach
    name: str
    place: str
    shift: tuple[Span, ...]
    off: tuple[int, ...]
    total: int
    reviews: int
    papers: tuple[str, ...]
    rng: random.Random

    def spans(self, weekday: int) -> tuple[Span, ...]:
        return () if weekday in self.off else self.shift


def _price(service: Service, usual: int, rng: random.Random) -> int:
    """Within the band, in steps of five yuan."""
    low, high = -(-service.price_low // 500) * 500, service.price_high // 500 * 500
    return max(low, min(high, round(usual * rng.gauss(1.0, 0.1) / 500) * 500))
