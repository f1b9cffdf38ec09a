"""The demo catalogue with five electricians and one hairdresser whose every number is known."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from sqlmodel import SQLModel

import db.tables  # noqa: F401  (declares every row)
from core.availability.service import Availability
from core.catalog.model import Category, Service
from core.catalog.publishing import terms_of
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Terms
from core.entity import Entity
from core.people.model import (
    Certificate,
    CertificateState,
    Favourite,
    Hours,
    Person,
    Provider,
    ProviderState,
    Skill,
)
from core.people.providers import Providers
from core.rules import Rules
from core.search.timed import TimedFinder
from db.claims import ClaimTable
from db.demo import reading
from db.engine import Database
from db.search.index import Index
from db.search.indexing import Indexer
from db.search.providers import Providers as ProviderSearch
from db.store import SqlStore

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, ten in the morning there
HERE = (31.2304, 121.4737)
KM = 0.009  # of latitude


@dataclass
class SmallCity:
    store: SqlStore
    finder: TimedFinder
    providers: Providers
    availability: Availability
    indexer: Indexer
    catalog: Catalog
    ids: dict[str, int]

    def service(self, code: str) -> Service:
        return next(s for s in self.catalog.services() if s.code == code)

    async def add(self, *rows: Entity) -> None:
        await self.store.apply(Changes().add(*(Insert(row) for row in rows)))


async def build(db: Database) -> SmallCity:
    await db.create(SQLModel.metadata)
    store = SqlStore(db, letters=lambda event: (), clock=lambda: NOW)
    rules, catalog = Rules(), Catalog(store=store)
    availability = Availability(store=store, claims=ClaimTable(db), rules=rules, zone=ZONE)
    indexer = Indexer(database=db, store=store, availability=availability, rules=rules)
    finder = TimedFinder(
        store=store, catalog=catalog, availability=availability, rules=rules, index=Index(db),
        search=ProviderSearch(db),
    )  # fmt: skip
    providers = Providers(store=store, catalog=catalog, availability=availability)
    city = SmallCity(store, finder, providers, availability, indexer, catalog, {})
    await _catalogue(city)
    await _people(city)
    return city


async def _catalogue(city: SmallCity) -> None:
    codes: dict[str, int] = {}
    for position, raw in enumerate(reading.categories(), start=1):
        codes[raw.code] = position
        await city.add(
            Category(
                id=position, code=raw.code, parent_id=codes.get(raw.parent or ""), names=raw.names,
                emoji=raw.emoji, position=position,
            )
        )  # fmt: skip
    for position, raw in enumerate(reading.services(), start=1):
        service = Service(
            id=1000 + position, category_id=codes[raw.category], code=raw.code, names=raw.names,
            keywords=list(raw.keywords), minutes=raw.minutes, price_low=raw.price_low,
            price_high=raw.price_high, certificate=raw.certificate, position=position,
        )  # fmt: skip
        await city.add(service)
        words = terms_of(service=service)
        await city.store.apply(Changes().add(Terms("service", service.id, words)))
    await city.catalog.reload()


# name: km north, price, reviews, mean stars, opens, closes
ELECTRICIANS = {
    "王建国": (1.2, 13000, 40, 4.8, 9, 18),
    "李伟": (0.1, 11000, 12, 4.2, 14, 18),
    "张敏": (3.0, 9000, 1, 5.0, 9, 18),
    "刘洋": (7.9, 12000, 30, 4.9, 8, 18),
    "陈军": (40.0, 8000, 50, 5.0, 9, 18),  # too far
    "赵磊": (2.0, 8500, 20, 4.5, 0, 0),  # no hours
}


async def _people(city: SmallCity) -> None:
    ids = count(5000)
    for number, (name, facts) in enumerate(ELECTRICIANS.items(), start=1):
        km, price, reviews, mean, opens, closes = facts
        person = Person(id=number, telegram_id=number, created_at=NOW, seen_at=NOW)
        stars = round(reviews * mean)
        provider = Provider(
            id=100 + number, person_id=number, name=name, state=ProviderState.APPROVED, years=number,
            lat=HERE[0] + km * KM, lon=HERE[1], rating_count=reviews, quality_sum=stars,
            attitude_sum=stars, skill_sum=stars, created_at=NOW,
        )  # fmt: skip
        city.ids[name] = provider.id
        paper = Certificate(
            id=next(ids), provider_id=provider.id, kind="electrician",
            state=CertificateState.VERIFIED, expires_on=date(2026, 12, 1),
        )  # fmt: skip
        skill = Skill(
            id=next(ids), provider_id=provider.id, service_id=city.service("wiring").id, price=price
        )
        hours = [
            Hours(id=next(ids), provider_id=provider.id, weekday=day, start_min=opens * 60, end_min=closes * 60)
            for day in range(7)
            if closes
        ]  # fmt: skip
        await city.add(person, provider)
        await city.add(paper, skill, *hours)
        await city.indexer.provider(provider_id=provider.id, now=NOW)


def favourite(number: int, person_id: int, provider_id: int) -> Favourite:
    return Favourite(id=number, person_id=person_id, provider_id=provider_id)
