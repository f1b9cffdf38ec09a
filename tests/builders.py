"""Small worlds for tests: core on a scratch SQLite file, with a service, a provider who works, people and drafts."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

import db.tables  # noqa: F401  (declares every row)
from bot.adapters import notifier
from core.availability.service import Availability
from core.catalog.model import Category, Service
from core.catalog.service import Catalog
from core.changes import Changes, Insert
from core.entity import Entity
from core.ids import Ids
from core.orders.at_once import AtOnce
from core.orders.booking import Booking, Bookings
from core.orders.jobs import Jobs
from core.orders.model import Order, Pay
from core.orders.passing import Passing
from core.orders.place import Placing
from core.orders.reminders import Reminding
from core.orders.service import Orders
from core.orders.together import Together
from core.orders.tracking import Tracking
from core.people.model import Hours, Person, Provider, ProviderState, Skill
from core.people.providers import Providers
from core.people.service import People
from core.promotions.model import Coupon
from core.reviews.service import Reviews
from core.rules import Rules
from core.support.service import Support
from core.support.waiting import Desk
from core.waitlist.line import Line
from db.claims import ClaimTable
from db.engine import Database
from db.store import SqlStore

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, 09:00 in Shanghai
HOME = {"place": "人民广场", "detail": "3 号楼 502", "lat": 31.2304, "lon": 121.4737}

OPTIONS = [
    {"code": "more", "names": {"en": "One more unit", "zh_CN": "多修一台"}, "price": 9000,
     "minutes": 45, "max": 4},
    {"code": "clean", "names": {"en": "Clean it too", "zh_CN": "顺便清洗"}, "price": 8000,
     "minutes": 45, "max": 1},
]  # fmt: skip
QUESTIONS = [
    {"code": "kind", "names": {"en": "What kind is it?", "zh_CN": "是哪种空调？"},
     "choices": [{"en": "Wall unit", "zh_CN": "挂机"}, {"en": "Floor unit", "zh_CN": "柜机"}]},
]  # fmt: skip


@dataclass(slots=True)
class Town:
    """Core's services on one database, and makers of what tests need."""

    database: Database
    store: SqlStore
    new_id: Ids
    rules: Rules
    catalog: Catalog
    availability: Availability
    people: People
    bookings: Bookings
    together: Together
    placing: Placing
    orders: Orders
    jobs: Jobs
    passing: Passing
    reviews: Reviews
    support: Support
    _numbers: Any = field(default_factory=lambda: iter(range(1000, 10**6)))

    async def keep(self, *rows: Entity) -> None:
        await self.store.apply(Changes().add(*(Insert(row) for row in rows)))

    async def person(self, name: str = "Ann Lee", **values: Any) -> Person:
        values = {"telegram_id": next(self._numbers), "created_at": NOW, "seen_at": NOW} | values
        person = Person(id=self.new_id(), name=name, **values)
        await self.keep(person)
        return person

    async def service(self, **values: Any) -> Service:
        """AC repair: ¥120 a visit, 90 minutes, deposit or all at once or on site."""
        number = next(self._numbers)
        category = Category(id=self.new_id(), code=f"c{number}", names={"en": "Repair"})
        given: dict[str, Any] = {
            "names": {"en": "AC repair", "zh_CN": "修空调"}, "emoji": "❄️", "minutes": 90,
            "payment": "deposit", "deposit_bp": 3000, "options": OPTIONS, "questions": QUESTIONS,
        }  # fmt: skip
        service = Service(
            id=self.new_id(), category_id=category.id, code=f"s{number}", **(given | values)
        )
        await self.keep(category, service)
        await self.catalog.reload()
        return service

    async def provider(
        self, *, service: Service, price: int = 12000, name: str = "王师傅", **values: Any
    ) -> Provider:
        """Works every day from 9 to 18 with half an hour between visits."""
        person = await self.person(name)
        given = {"state": ProviderState.APPROVED, "lat": 31.23, "lon": 121.47, "created_at": NOW}
        provider = Provider(id=self.new_id(), person_id=person.id, name=name, **(given | values))
        skill = Skill(id=self.new_id(), provider_id=provider.id, service_id=service.id, price=price)
        hours = [
            Hours(id=self.new_id(), provider_id=provider.id, weekday=day, start_min=540,
                  end_min=1080)
            for day in range(7)
        ]  # fmt: skip
        await self.keep(provider, skill, *hours)
        return provider

    async def coupon(self, code: str = "TEN", **values: Any) -> Coupon:
        given = {"amount": 1000, "starts_at": NOW - timedelta(days=1),
                 "ends_at": NOW + timedelta(days=30), "names": {"en": "Ten off"}}  # fmt: skip
        coupon = Coupon(id=self.new_id(), code=code, **(given | values))
        await self.keep(coupon)
        return coupon

    async def draft(
        self, *, customer: Person, service: Service, provider: Provider, start: datetime,
        pay: Pay = Pay.ON_SITE, method: str = "on_site", **values: Any,
    ) -> Booking:  # fmt: skip
        """A booking that only waits for its confirmation."""
        me = customer.id
        await self.bookings.begin(
            customer_id=me, service_id=service.id, provider_id=provider.id, now=NOW
        )
        await self.bookings.choose_place(customer_id=me, now=NOW, **HOME)
        await self.bookings.choose_start(customer_id=me, start=start, now=NOW)
        return await self.bookings.fill(
            customer_id=me, now=NOW, pay=pay, method=method, **({"starts_at": start} | values)
        )

    async def order(
        self, *, customer: Person, service: Service, provider: Provider, start: datetime,
        **values: Any,
    ) -> Order:  # fmt: skip
        await self.draft(
            customer=customer, service=service, provider=provider, start=start, **values
        )
        return await self.placing.place(customer_id=customer.id, now=NOW)

    async def done(self, order: Order, provider: Provider) -> Order:
        """The order as it is when the work is done and the cash was named."""
        who, at = provider.person_id, {"order_id": order.id, "person_id": provider.person_id}
        for verb in ("accept", "depart", "arrive"):
            await getattr(self.jobs, verb)(**at, now=NOW)
        await self.jobs.start(**at, code=order.start_code, now=NOW)
        await self.jobs.finish(**at, now=NOW)
        await self.jobs.state_cash(order_id=order.id, person_id=who, amount=order.total, now=NOW)
        return (await self.orders.view(order_id=order.id)).order


@asynccontextmanager
async def town(folder: Path, *, seed: int = 7) -> AsyncIterator[Town]:
    """An empty town on SQLite."""
    database = await Database.open(f"sqlite+aiosqlite:///{folder / 'town.db'}")
    try:
        await database.create(SQLModel.metadata)
        yield _build(database, seed)
    finally:
        await database.close()


def _build(database: Database, seed: int) -> Town:
    rng = random.Random(seed)
    new_id, rules = Ids(rng=rng), Rules()
    store = SqlStore(database, letters=notifier.letters, clock=lambda: NOW)
    catalog = Catalog(store=store)
    availability = Availability(store=store, claims=ClaimTable(database), rules=rules, zone=ZONE)
    providers = Providers(store=store, catalog=catalog, availability=availability)
    bookings = Bookings(
        store=store, catalog=catalog, providers=providers, availability=availability,
        rules=rules, new_id=new_id,
    )  # fmt: skip
    orders = Orders(store=store, availability=availability, new_id=new_id)
    reminding = Reminding(
        store=store, orders=orders, availability=availability, rules=rules, new_id=new_id
    )
    placing = Placing(
        store=store, bookings=bookings, availability=availability,
        line=Line(store=store, availability=availability, rules=rules), rules=rules,
        reminding=reminding, new_id=new_id, rng=rng, currency="CNY",
    )  # fmt: skip
    passing = Passing(store=store, orders=orders, new_id=new_id)
    return Town(
        database=database, store=store, new_id=new_id, rules=rules, catalog=catalog,
        availability=availability, people=People(store=store, new_id=new_id), bookings=bookings,
        together=Together(providers=providers, bookings=bookings), placing=placing, orders=orders,
        jobs=Jobs(
            store=store, orders=orders, passing=passing, rules=rules,
            tracking=Tracking(store=store, rules=rules, new_id=new_id), zone=availability.zone,
            new_id=new_id,
            at_once=AtOnce(
                store=store, orders=orders, placing=placing, availability=availability,
                rules=rules, new_id=new_id,
            ),
        ),
        passing=passing,
        reviews=Reviews(store=store, rules=rules, new_id=new_id),
        support=Support(store=store, rules=rules, desk=Desk(rules, ZONE), new_id=new_id, rng=rng),
    )  # fmt: skip
