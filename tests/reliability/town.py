"""A small town on a real database: core as the product wires it, a clock that is set by hand, a bank with a book."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.sweep import Sweep
from bot.config import Settings
from bot.wiring.core import Built, build, refresh
from core.availability.service import Availability
from core.catalog.model import Category, Service
from core.changes import Changes
from core.entity import Entity
from core.orders.model import Draft, Order, Pay
from core.payments.facts import Fact
from core.payments.method import Answer, Intent, Opened, Outcome
from core.payouts.binding import PayeePages
from core.payouts.model import AccountKind
from core.payouts.sending import Sender
from core.people.model import Hours, Person, Provider, ProviderState, Skill
from core.promotions.model import Coupon
from core.services import Core
from db.engine import Database
from db.migrate import migrate
from db.ops import Op, inserts
from db.rows import shape
from db.timers import TimerTable

# A Monday, 10:00 in Shanghai.
NOON = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
CENTRE = (31.2304, 121.4737)
_MANY = 40


@dataclass
class Bank:
    """A payment method that answers as its own book says; the book is the truth to compare with."""

    code: str = "card"
    links: dict[str, Intent] = field(default_factory=dict)
    charges: dict[str, int] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    refunds: dict[str, tuple[str, int]] = field(default_factory=dict)

    async def open(self, *, intent: Intent) -> Opened:
        self.links[intent.number] = intent
        return Opened(f"https://bank/{intent.number}", f"s_{intent.number}", intent.expires_at)

    async def ask(self, *, intent: Intent) -> Answer:
        if amount := self.charges.get(intent.number):
            reference = f"c_{intent.number}"
            return Answer(Outcome.PAID, amount, intent.currency, reference)
        gone = intent.number in self.closed
        return Answer(Outcome.REFUSED if gone else Outcome.OPEN, expired=gone)

    async def close(self, *, intent: Intent) -> Answer:
        if intent.number not in self.charges:
            self.closed.add(intent.number)
        return await self.ask(intent=intent)

    async def refund(self, *, number: str, charge: str, amount: int, currency: str) -> Answer:
        self.refunds[number] = (charge, amount)
        return Answer(Outcome.PAID, amount, currency, f"r_{number}")

    async def statement(self, *, first: datetime, end: datetime) -> None:
        return None  # its file is sent

    def read_notice(self, *, raw: bytes, headers: Mapping[str, str], now: datetime) -> Fact | None:
        raise NotImplementedError("this bank sends no notices")

    def pays(self, number: str) -> bool:
        """The customer pays at the link, if it is open."""
        if number in self.closed or number in self.charges:
            return False
        self.charges[number] = self.links[number].amount
        return True


@dataclass
class Town:
    """Everybody is made here; `now` is moved by the test."""

    database: Database
    built: Built
    bank: Bank
    sweep: Sweep
    rng: random.Random
    now: datetime = NOON
    services: list[Service] = field(default_factory=list)
    _telegram: int = 1_000

    @property
    def core(self) -> Core:
        return self.built.core

    @property
    def availability(self) -> Availability:
        return self.core.availability

    def new_id(self) -> int:
        return self.built.ids()

    async def insert(self, rows: Sequence[Entity]) -> None:
        """Many rows as they are, without any rule."""
        of: dict[str, list[tuple[Any, ...]]] = {}  # by table, each after those it refers to
        for row in rows:
            of.setdefault(shape(type(row)).into, []).append(shape(type(row)).values(row))
        ops = [op for into, values in of.items() for op in inserts(into, values)]
        for start in range(0, len(ops), _MANY):
            await self.database.apply(ops[start : start + _MANY])

    async def service(self, *, minutes: int = 60, **values: Any) -> Service:
        number = len(self.services)
        service_id = self.new_id()
        category = Category(id=self.new_id(), code=f"k{number}", names={"en": f"Trade {number}"})
        service = Service(
            id=service_id, category_id=category.id, code=f"s{number}",
            names={"en": f"Service {number}", "zh_CN": f"服务{number}"}, minutes=minutes,
            price_low=10_000, price_high=50_000, payment="deposit", deposit_bp=3_000, **values,
        )  # fmt: skip
        await self.insert([category, service])
        await self.core.catalog.reload()
        self.services.append(service)
        return service

    def person(self, name: str) -> Person:
        self._telegram += 1
        return Person(
            id=self.new_id(), telegram_id=self._telegram, name=name, language_code="en",
            onboarded=True, created_at=self.now, seen_at=self.now,
        )  # fmt: skip

    async def customers(self, count: int) -> list[Person]:
        people = [self.person(f"Customer {number}") for number in range(count)]
        await self.insert(people)
        return people

    async def provider(
        self, *services: Service, price: int = 20_000, daily_max: int = 50, buffer_min: int = 0,
        opens: int = 480, closes: int = 1200,
    ) -> Provider:  # fmt: skip
        """Works every day and lives in the middle of the town."""
        person = self.person("Provider")
        provider = Provider(
            id=self.new_id(), person_id=person.id, state=ProviderState.APPROVED, name="Provider",
            lat=CENTRE[0], lon=CENTRE[1], place="Centre", radius_m=8_000, daily_max=daily_max,
            buffer_min=buffer_min, created_at=self.now,
        )  # fmt: skip
        hours = [
            Hours(id=self.new_id(), provider_id=provider.id, weekday=weekday, start_min=opens,
                  end_min=closes)
            for weekday in range(7)
        ]  # fmt: skip
        skills = [
            Skill(id=self.new_id(), provider_id=provider.id, service_id=service.id, price=price)
            for service in services or self.services
        ]
        await self.insert([person, provider, *hours, *skills])
        await self.core.index.provider(provider_id=provider.id, now=self.now)
        return provider

    async def coupon(self, *, uses: int, per_person: int = 1) -> Coupon:
        coupon = Coupon(
            id=self.new_id(), code="SPRING", names={"en": "Spring"}, amount=1_000, uses=uses, per_person=per_person,
            starts_at=self.now - timedelta(days=1), ends_at=self.now + timedelta(days=30),
        )  # fmt: skip
        await self.insert([coupon])
        return coupon

    def draft(
        self, customer: Person, provider: Provider, start: datetime, *, pay: Pay = Pay.FULL,
        coupon: str | None = None, service: Service | None = None,
        at: tuple[float, float] = CENTRE, method: str = "card",
    ) -> Draft:  # fmt: skip
        """What the wizard has gathered when the customer is about to confirm."""
        return Draft(
            id=self.new_id(), customer_id=customer.id, provider_id=provider.id,
            service_id=(service or self.services[0]).id, lat=at[0], lon=at[1],
            place="Centre", detail="Door 1", starts_at=start, pay=pay, coupon=coupon,
            method="on_site" if pay is Pay.ON_SITE else method, updated_at=self.now,
        )  # fmt: skip

    async def wants(
        self, customer: Person, provider: Provider, start: datetime, **how: Any
    ) -> None:
        """The customer's draft, whatever it was before."""
        await self.database.apply([Op("DELETE FROM draft WHERE customer_id = ?", [customer.id])])
        await self.insert([self.draft(customer, provider, start, **how)])

    async def place(self, customer_id: int) -> Order:
        return await self.core.placing.place(customer_id=customer_id, now=self.now)

    @contextmanager
    def writing_together(self, count: int) -> Iterator[None]:
        """So many rivals have all read before the first of them writes."""
        store, start, arrived = self.built.store, asyncio.Barrier(count), itertools.count(1)
        apply = store.apply

        async def held_back(changes: Changes) -> None:
            if next(arrived) <= count:
                await start.wait()
            await apply(changes)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store, "apply", held_back)
            yield

    async def pay(self, order: Order) -> bool:
        """Opens the link, pays there, and lets the product hear of it."""
        payment = await self.core.payments.begin(
            order_id=order.id, customer_id=order.customer_id, language="en", now=self.now
        )
        paid = self.bank.pays(payment.number)
        await self.core.payments.ask(payment_id=payment.id, tries=0, now=self.now)
        return paid


@asynccontextmanager
async def town(database: Database, url: str, folder: Path, *, seed: int = 1) -> AsyncIterator[Town]:
    """Core on migrated tables; nothing runs in the background."""
    await migrate(url)
    yield await settle(database, folder, seed=seed)


async def settle(
    database: Database, folder: Path, *, seed: int = 1,
    senders: Mapping[AccountKind, Sender] | None = None, payees: PayeePages | None = None,
) -> Town:  # fmt: skip
    """Core on tables that are there."""
    settings = Settings(_env_file=None, data_dir=folder)
    bank, here = Bank(), list[Town]()
    built = build(
        settings, database, methods={"card": bank}, places=(), senders=senders, payees=payees,
        clock=lambda: here[0].now if here else NOON,
    )  # fmt: skip
    sweep = Sweep(
        core=built.core, timers=TimerTable(database), clock=lambda: here[0].now if here else NOON
    )
    here.append(Town(database, built, bank, sweep, random.Random(seed)))
    await refresh(built.core)
    return here[0]
