"""People as the business knows them; one person may be customer, provider and staff at once."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as F

from core.entity import Entity


class Person(Entity):
    """Somebody who wrote to one of the bots. `language` is the own choice, `language_code` Telegram's hint.

    `recommends`: wants suggestions from what was ordered and looked at; without it none of that is read or kept.
    `choices` is what they decided about what reaches them, see core/people/choices.py. `username` is Telegram's, as it
    was last; `sounds` is how the name is written and spoken, see core/people/sounds.py.
    """

    telegram_id: int
    name: str = ""
    username: str = ""
    sounds: str = ""
    language: str | None = None
    language_code: str = ""
    phone: str | None = None
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    onboarded: bool = False
    recommends: bool = True
    choices: dict[str, Any] = F(default_factory=dict)
    frozen: bool = False
    frozen_reason: str = ""
    frozen_at: datetime | None = None
    created_at: datetime
    seen_at: datetime


class Address(Entity):
    """A saved address: `place` is the area (may be shown before acceptance), `detail` the door (may not).

    `label` is what its owner calls it (Home, Work); the `preferred` one is offered first, then the last used.
    """

    person_id: int
    place: str
    detail: str = ""
    label: str = ""
    preferred: bool = False
    lat: float
    lon: float
    used_at: datetime


class ProviderState(StrEnum):
    DRAFT = "draft"
    APPLIED = "applied"
    REJECTED = "rejected"
    APPROVED = "approved"
    FROZEN = "frozen"


class Level(StrEnum):
    """What a provider's record has earned, from the first to the highest; see core/levels/table.py."""

    STARTER = "starter"
    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"


class Provider(Entity):
    """A person (or small firm) who does the jobs. Ratings are sums over `rating_count` reviews.

    A rejected application says why in `reason`, and in `mend` which parts of it are still to be mended; one that was
    `turned_down` was not sent back for any. `phone_typed`: nobody vouches for the telephone number. `level_at` is when
    the level was looked at last; `falls_at`: the record is below it, and from then on so is the level. `found_week`:
    the Monday (an ordinal) of the last findings.
    """

    person_id: int
    state: ProviderState = ProviderState.DRAFT
    name: str = ""
    bio: dict[str, str] = F(default_factory=dict)
    years: int = 0
    photo_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    place: str = ""
    radius_m: int = 8000
    daily_max: int = 6
    buffer_min: int = 30
    working: bool = True
    rating_count: int = 0
    quality_sum: int = 0
    attitude_sum: int = 0
    skill_sum: int = 0
    jobs_done: int = 0
    level: Level = Level.STARTER
    level_at: datetime | None = None
    falls_at: datetime | None = None
    found_week: int = 0
    reason: str = ""
    mend: str = ""
    turned_down: bool = False
    phone_typed: bool = False
    version: int = 1
    created_at: datetime

    @property
    def mends(self) -> tuple[str, ...]:
        """The parts of a rejected application that are still to be mended, in order."""
        return tuple(filter(None, self.mend.split(",")))

    @property
    def rating(self) -> float:
        """Mean over the three dimensions, 0 without reviews."""
        if not self.rating_count:
            return 0.0
        return (self.quality_sum + self.attitude_sum + self.skill_sum) / (3 * self.rating_count)


class Hours(Entity):
    """Local working hours of one weekday (0 = Monday), half-open minutes of the day; a break is a gap."""

    provider_id: int
    weekday: int
    start_min: int
    end_min: int


class DayHours(Entity):
    """A local date, or a part of it in half-open minutes of the day, that is not as in the week: taken off, or
    (`works`) worked beyond it. What is taken off is off in any case.
    """

    provider_id: int
    day: date
    start_min: int = 0
    end_min: int = 24 * 60
    works: bool = False


class CertificateState(StrEnum):
    SENT = "sent"
    VERIFIED = "verified"
    REJECTED = "rejected"


class Certificate(Entity):
    """`warned`: how far its end has been told, see core/people/expiry.py."""

    provider_id: int
    kind: str
    number: str = ""
    expires_on: date | None = None
    file_id: int | None = None
    state: CertificateState = CertificateState.SENT
    warned: int = 0

    @property
    def last(self) -> date:
        """The last day for which it counts; one that staff have not verified never counts."""
        if self.state is not CertificateState.VERIFIED:
            return date.min
        return self.expires_on or date.max

    def valid(self, *, today: date) -> bool:
        """Verified and not past its last day."""
        return self.last >= today


def last_day(*, papers: Iterable[Certificate], needs: Iterable[str]) -> date:
    """The last day on which these papers allow what needs such certificates."""
    held = [(paper.kind, paper.last) for paper in papers]
    ends = [max((last for k, last in held if k == kind), default=date.min) for kind in needs]
    return min(ends, default=date.max)


class Skill(Entity):
    """A service the provider offers at a price (minor units per the service's unit)."""

    provider_id: int
    service_id: int
    price: int
    active: bool = True


class Favourite(Entity):
    person_id: int
    provider_id: int


class Role(StrEnum):
    OWNER = "owner"
    OPERATOR = "operator"
    FINANCE = "finance"
    SUPPORT = "support"


class Staff(Entity):
    """A member of staff; removal keeps the row so that the log stays readable."""

    telegram_id: int
    name: str = ""
    role: Role
    active: bool = True
    added_by: int | None = None
    added_at: datetime


class StaffAct(Entity):
    """The audit log: who of the staff did what, and to whom of the customers and providers."""

    telegram_id: int
    name: str
    action: str
    subject: str = ""
    reason: str = ""
    person_id: int | None = None
    at: datetime
