"""Loads the demo city into an empty database: catalogue, people, past orders with their reviews and postings."""

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.catalog.model import Category, Service, WorkPhotos
from core.catalog.publishing import terms_of
from core.entity import Entity, NewId
from core.files.model import Kept
from core.ids import order_number
from core.ledger.postings import CAPTURED, EARNED, RELEASED
from core.ledger.service import earning, post, release
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay, State, Step
from core.orders.place import snapshot
from core.orders.service import facts_of
from core.people.expiry import Warned
from core.people.model import (
    Address,
    Certificate,
    CertificateState,
    Hours,
    Person,
    Provider,
    ProviderState,
    Role,
    Skill,
    Staff,
)
from core.promotions.model import Coupon
from core.reviews.model import Review
from db.demo import model as demo
from db.demo import pictures, portraits
from db.engine import Database
from db.ledger_triggers import LEGS, SEALS, legs, seal
from db.ops import Op, Row, inserts
from db.rows import shape
from db.search.indexing import Indexer
from db.search.terms import replace_terms

Keep = Callable[..., Kept]


@dataclass
class _Ids:
    """Ids given to the codes of the demo data."""

    services: dict[str, Service] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    guests: dict[str, int] = field(default_factory=dict)
    photos: dict[tuple[str, int], int] = field(default_factory=dict)


class Seed:
    """`keep` puts a drawn picture down and answers its row."""

    def __init__(
        self, *, database: Database, indexer: Indexer, keep: Keep, new_id: NewId, now: datetime,
        currency: str,
    ) -> None:  # fmt: skip
        self._db = database
        self._indexer = indexer
        self._keep = keep
        self._new_id = new_id
        self._now = now
        self._currency = currency
        self._rng = random.Random(7)
        self._ids = _Ids()
        self._terms: list[Op] = []
        self._rows: dict[str, list[Row]] = {}  # by table, each after those it refers to

    async def load(self, city: demo.City) -> None:
        """Everything in order of reference and in one transaction: a load that is cut off leaves nothing behind."""
        await asyncio.to_thread(self._make, city)  # a second or two of drawing
        rows = [op for into, rows in self._rows.items() for op in inserts(into, rows)]
        await self._db.apply(self._terms + rows)
        await self._indexer.all_providers(now=self._now)

    def _make(self, city: demo.City) -> None:
        self._insert(self._categories(city))
        self._insert(self._services(city))
        for service in self._ids.services.values():
            words = terms_of(service=service)
            self._terms += replace_terms(kind="service", ref=service.id, weights=words)
        self._insert(self._coupons(city))
        self._insert(self._staff(city))
        self._insert(self._customers(city))
        for provider in city.providers:
            self._provider(provider)

    def _insert(self, rows: Iterable[Entity]) -> None:
        """Remembered, written at the end."""
        for row in rows:
            of = shape(type(row))
            self._put(of.into, of.values(row))

    def _put(self, into: str, *rows: Row) -> None:
        self._rows.setdefault(into, []).extend(rows)

    def _categories(self, city: demo.City) -> Iterator[Category]:
        for position, raw in enumerate(city.categories):
            category = Category(
                id=self._new_id(), code=raw.code, emoji=raw.emoji, names=raw.names,
                descriptions=raw.descriptions, parent_id=self._ids.categories.get(raw.parent or ""), position=position,
            )  # fmt: skip
            self._ids.categories[raw.code] = category.id
            yield category

    def _services(self, city: demo.City) -> Iterator[Service]:
        for position, raw in enumerate(city.services):
            service = Service(
                id=self._new_id(), category_id=self._ids.categories[raw.category], code=raw.code,
                emoji=raw.emoji, names=raw.names, descriptions=raw.descriptions,
                keywords=raw.keywords, unit=raw.unit, minutes=raw.minutes,
                price_low=raw.price_low, price_high=raw.price_high,
                commission_bp=raw.commission_bp, payment=raw.payment, deposit_bp=raw.deposit_bp,
                on_site=raw.on_site, options=raw.options, questions=raw.questions,
                certificate=raw.certificate, photos=raw.photos,
                work_photos=WorkPhotos(raw.work_photos), position=position,
            )  # fmt: skip
            self._ids.services[raw.code] = service
            yield service

    def _coupons(self, city: demo.City) -> Iterator[Coupon]:
        for raw in city.coupons:
            yield Coupon(
                id=self._new_id(), code=raw.code, names=raw.names, amount=raw.amount,
                percent_bp=raw.percent_bp, minimum=raw.minimum, newcomers=raw.newcomers,
                service_ids=[self._ids.services[code].id for code in raw.services],
                uses=raw.uses, per_person=raw.per_person, starts_at=raw.starts_at,
                ends_at=raw.ends_at,
            )  # fmt: skip

    def _staff(self, city: demo.City) -> Iterator[Staff]:
        for raw in city.staff:
            yield Staff(
                id=self._new_id(), telegram_id=raw.telegram_id, name=raw.name,
                role=Role(raw.role), added_at=self._now,
            )  # fmt: skip

    def _customers(self, city: demo.City) -> list[Entity]:
        people: list[Entity] = []
        addresses: list[Entity] = []
        for raw in city.customers:
            person = self._person(raw.telegram_id, raw.name, raw.language_code, raw.phone)
            people.append(person)
            addresses += [
                Address(
                    id=self._new_id(), person_id=person.id, place=a.place, detail=a.detail,
                    lat=a.lat, lon=a.lon, used_at=self._now,
                )
                for a in raw.addresses
            ]  # fmt: skip
        return people + addresses

    def _person(self, telegram_id: int, name: str, code: str, phone: str) -> Person:
        return Person(
            id=self._new_id(), telegram_id=telegram_id, name=name, language_code=code,
            phone=phone or None, created_at=self._now, seen_at=self._now,
        )  # fmt: skip

    def _provider(self, raw: demo.Provider) -> None:
        portrait = portraits.drawn(
            seed=raw.telegram_id, gender=raw.gender, trade=raw.trade, years=raw.years
        )
        photo = self._keep(content=portrait, name=raw.name_en, now=self._now)
        person = self._person(raw.telegram_id, raw.name, raw.language_code, raw.phone)
        provider = Provider(
            id=self._new_id(), person_id=person.id, state=ProviderState.APPROVED, name=raw.name,
            bio=raw.bio, years=raw.years, photo_id=photo.id, lat=raw.lat, lon=raw.lon,
            place=raw.place, radius_m=raw.radius_m, daily_max=raw.daily_max,
            buffer_min=raw.buffer_min, rating_count=raw.rating_count,
            quality_sum=raw.quality_sum, attitude_sum=raw.attitude_sum, skill_sum=raw.skill_sum,
            jobs_done=raw.jobs_done, created_at=raw.joined_at,
        )  # fmt: skip
        self._insert([photo, person, provider, *self._belongings(provider, raw)])
        for review in raw.reviews:
            self._past(provider, raw, review)

    def _belongings(self, provider: Provider, raw: demo.Provider) -> Iterator[Entity]:
        for code, price in raw.skills.items():
            service_id = self._ids.services[code].id
            yield Skill(
                id=self._new_id(), provider_id=provider.id, service_id=service_id, price=price
            )
        for h in raw.hours:
            yield Hours(
                id=self._new_id(), provider_id=provider.id, weekday=h.weekday,
                start_min=h.start_min, end_min=h.end_min,
            )  # fmt: skip
        for c in raw.certificates:
            yield Certificate(
                id=self._new_id(), provider_id=provider.id, kind=c.kind, number=c.number,
                expires_on=c.expires_on,
                state=CertificateState.VERIFIED if c.verified else CertificateState.SENT,
                warned=Warned.OVER if c.expires_on < self._now.date() else Warned.NOTHING,
            )  # fmt: skip

    def _past(self, provider: Provider, raw: demo.Provider, review: demo.Review) -> None:
        """A finished visit with its review, paid by card and in the book as any other."""
        guest = self._guest(review.author)
        service = self._ids.services[review.service]
        price = raw.skills[review.service]
        done = review.created_at
        order = Order(
            id=self._new_id(), number=order_number(rng=self._rng), customer_id=guest,
            provider_id=provider.id, service_id=service.id, state=State.CLOSED, version=1,
            starts_at=done - timedelta(hours=3), minutes=service.minutes,
            buffer_min=provider.buffer_min, place=raw.place, lat=raw.lat, lon=raw.lon,
            snapshot=snapshot(service=service), currency=self._currency, total=price,
            lines=[{"names": service.names, "count": 1, "amount": price}], pay=Pay.FULL,
            method="stripe", due_now=price, paid=price, commission_bp=service.commission_bp,
            start_code=f"{self._rng.randrange(10_000):04d}", reviewed=True,
            created_at=done - timedelta(days=2),
            reached={State.CLOSED.value: (done - timedelta(hours=1)).isoformat()},
        )  # fmt: skip
        step = Step(
            id=self._new_id(), order_id=order.id, provider_id=provider.id, version=1, verb="close",
            from_state="", to_state="closed", actor=Actor.PROVIDER.value, actor_id=provider.id, at=done,
        )  # fmt: skip
        files = [self._picture(picture) for picture in review.pictures]
        said = Review(
            id=self._new_id(), order_id=order.id, provider_id=provider.id, customer_id=guest,
            service_id=service.id, author=review.author, quality=review.quality,
            attitude=review.attitude, skill=review.skill, text=review.text, files=files,
            reply=review.reply, created_at=done,
        )  # fmt: skip
        self._insert([order, step, said])
        self._book(order, done)

    def _book(self, order: Order, at: datetime) -> None:
        facts = facts_of(order=order)
        made = earning(total=order.total, discount=0, commission_bp=order.commission_bp)
        stories = (
            (CAPTURED, {"amount": order.total}),
            (EARNED, made.figures()),
            (RELEASED, release(net=made.net, debt=0)),
        )
        for event, figures in stories:
            transaction = post(
                id=self._new_id(), event=event, facts=facts, figures=figures, at=at, actor="demo"
            )
            self._put(LEGS, *legs(transaction))
            self._put(SEALS, seal(transaction))

    def _guest(self, author: str) -> int:
        """Whoever wrote demo reviews: people without a chat, one per shown name."""
        if author not in self._ids.guests:
            person = self._person(-1 - len(self._ids.guests), author, "", "")
            self._insert([person])
            self._ids.guests[author] = person.id
        return self._ids.guests[author]

    def _picture(self, picture: demo.Picture) -> int:
        key = (picture.motif, picture.seed)
        if key not in self._ids.photos:
            content = pictures.draw(motif=picture.motif, seed=picture.seed)
            kept = self._keep(content=content, name=picture.motif, now=self._now)
            self._insert([kept])
            self._ids.photos[key] = kept.id
        return self._ids.photos[key]
