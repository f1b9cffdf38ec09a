"""The tree of categories and the services that hang on it; names are kept per language."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as F

from core.entity import Entity

Names = dict[str, str]


class Category(Entity):
    parent_id: int | None = None
    code: str
    emoji: str = ""
    names: Names = F(default_factory=dict)
    descriptions: Names = F(default_factory=dict)
    position: int = 0
    hidden: bool = False


class WorkPhotos(StrEnum):
    """Which photos of the place the provider has to take, if any."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"


class Service(Entity):
    """A thing that can be booked.

    price_low/price_high: the band for providers' prices (minor units); commission_bp, deposit_bp: basis points.
    unit: what the price is for, see core.catalog.values.UNITS.
    payment: "full", "deposit" or "free" (customer may choose to pay all online or on site); on_site: whether paying
    on site is allowed. options: [{code, names, price, minutes, max}]; questions: [{code, names,
    choices: [names], required}], at most 3; without choices the answer is typed, what is not required can be skipped.
    photos: whether the customer is asked for some; work_photos: which ones the provider takes.
    """

    category_id: int
    code: str
    emoji: str = ""
    names: Names = F(default_factory=dict)
    descriptions: Names = F(default_factory=dict)
    keywords: list[str] = F(default_factory=list)
    unit: str = "visit"
    minutes: int = 60
    price_low: int = 0
    price_high: int = 0
    commission_bp: int = 1500
    payment: str = "full"
    deposit_bp: int = 0
    on_site: bool = True
    options: list[dict[str, Any]] = F(default_factory=list)
    questions: list[dict[str, Any]] = F(default_factory=list)
    certificate: str | None = None
    photos: bool = False
    work_photos: WorkPhotos = WorkPhotos.NONE
    position: int = 0
    hidden: bool = False

    @property
    def needs(self) -> frozenset[str]:
        """The certificates without which nobody may do it."""
        return frozenset({self.certificate} if self.certificate else ())


Thing = Category | Service


class Sort(StrEnum):
    CATEGORY = "category"
    SERVICE = "service"


SORTS: dict[Sort, type[Category] | type[Service]] = {
    Sort.CATEGORY: Category, Sort.SERVICE: Service,
}  # fmt: skip


class Edit(Entity):
    """What is to be different about one category or service once the catalogue's draft is published; one per `subject`.

    `said` are the values that differ (of a `fresh` thing all of them); `gone`: it is to be removed. `staff_id` (a
    Telegram id) and `name` are of whoever changed it last.
    """

    sort: Sort
    subject: int
    fresh: bool = False
    gone: bool = False
    said: dict[str, Any] = F(default_factory=dict)
    version: int = 1
    staff_id: int
    name: str
    at: datetime
