"""The demo city as plain facts, free of tables: the loader turns them into rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from core.places import Place

Text = dict[str, str]  # language ("zh_CN", "en") → words


@dataclass(frozen=True)
class Category:
    """A node of the tree; `parent` is the code of the category above."""

    code: str
    parent: str | None
    emoji: str
    names: Text
    descriptions: Text


@dataclass(frozen=True)
class Service:
    """`price` is the usual price of the standard job, `minutes` long; money in fen.

    options and questions are as in core.catalog.model.
    """

    code: str
    category: str
    trade: str
    emoji: str
    names: Text
    descriptions: Text
    keywords: list[str]
    price: int
    price_low: int
    price_high: int
    unit: str
    minutes: int
    commission_bp: int
    payment: str
    deposit_bp: int
    on_site: bool
    certificate: str | None
    photos: bool
    work_photos: str
    options: list[dict[str, Any]]
    questions: list[dict[str, Any]]


@dataclass(frozen=True)
class Hours:
    """Local working time of one weekday (0 = Monday) in minutes of the day; a break is a gap."""

    weekday: int
    start_min: int
    end_min: int


@dataclass(frozen=True)
class Certificate:
    kind: str
    number: str
    expires_on: date
    verified: bool


@dataclass(frozen=True)
class Picture:
    """A work photo to be drawn by `pictures.draw`."""

    motif: str
    seed: int


@dataclass(frozen=True)
class Review:
    author: str
    language: str
    service: str
    quality: int
    attitude: int
    skill: int
    text: str
    reply: str
    pictures: tuple[Picture, ...]
    created_at: datetime


@dataclass(frozen=True)
class Provider:
    """A professional. `skills` maps service code to the price asked; the portrait is drawn from the
    facts by `portraits.draw`."""

    telegram_id: int
    username: str
    language_code: str
    phone: str
    name: str
    name_en: str
    gender: str
    trade: str
    bio: Text
    years: int
    district: str
    place: str
    lat: float
    lon: float
    radius_m: int
    skills: dict[str, int]
    hours: tuple[Hours, ...]
    daily_max: int
    buffer_min: int
    certificates: tuple[Certificate, ...]
    jobs_done: int
    reviews: tuple[Review, ...]
    joined_at: datetime

    @property
    def rating_count(self) -> int:
        return len(self.reviews)

    @property
    def quality_sum(self) -> int:
        return sum(review.quality for review in self.reviews)

    @property
    def attitude_sum(self) -> int:
        return sum(review.attitude for review in self.reviews)

    @property
    def skill_sum(self) -> int:
        return sum(review.skill for review in self.reviews)


@dataclass(frozen=True)
class Address:
    place: str
    detail: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Customer:
    telegram_id: int
    username: str
    language_code: str
    phone: str
    name: str
    addresses: tuple[Address, ...]
    gender: str


@dataclass(frozen=True)
class Staff:
    """`role`: owner, operator, finance or support."""

    telegram_id: int
    username: str
    language_code: str
    phone: str
    name: str
    role: str
    gender: str


@dataclass(frozen=True)
class Coupon:
    """`amount` (fen) or `percent_bp` off from `minimum`; `services` empty means all."""

    code: str
    names: Text
    amount: int
    percent_bp: int
    minimum: int
    services: tuple[str, ...]
    newcomers: bool
    uses: int
    per_person: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class City:
    currency: str
    certificates: dict[str, Text]
    categories: tuple[Category, ...]
    services: tuple[Service, ...]
    places: tuple[Place, ...]
    districts: dict[str, str]
    providers: tuple[Provider, ...]
    customers: tuple[Customer, ...]
    staff: tuple[Staff, ...]
    coupons: tuple[Coupon, ...]
