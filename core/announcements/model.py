"""What the platform tells many people, to whom, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import Field as F

from core.entity import Entity
from core.people.choices import Kind


class Spread(StrEnum):
    """How far an announcement has come."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    GOING = "going"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


UNDER_WAY: Final = frozenset({Spread.GOING, Spread.PAUSED})
OVER: Final = frozenset({Spread.DONE, Spread.STOPPED})


class Errand(StrEnum):
    """What is being done with it: told to the audience, or changed or taken back where it arrived."""

    TELL = "tell"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class Side(StrEnum):
    ALL = "all"
    CUSTOMERS = "customers"
    PROVIDERS = "providers"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant. `city`, `district`, `language`: empty for all of them. `ordered`: only customers who ordered in the
    last so many days; below zero only those who did not; 0 for all.
    """

    side: Side = Side.CUSTOMERS
    city: str = ""
    district: str = ""
    language: str = ""
    ordered: int = 0

    @property
    def placed(self) -> bool:
        """Whether it matters where somebody is."""
        return bool(self.city or self.district)


@dataclass(frozen=True, slots=True)
class Heads:
    """How many of an audience would get it, and how many are left out as they muted it or blocked the bot."""

    reached: int = 0
    muted: int = 0
    blocked: int = 0


class Announcement(Entity):
    """`texts` by language, as markup; who speaks another one reads what there is. What its button opens: a deal, a
    service, or an address with its word (`label`).

    It goes out in order of the persons' ids, a correction in order of the letters: `cursor` is the last one so far,
    `turn` counts the errands, `written`: all letters of this one are there. `total` are those meant when it began,
    `muted_before` and `blocked_before` those of them who were left out from the start; `reached` got it, `waiting` will
    when their quiet hours are over, `failed` could not be told; `changed` were corrected or taken back.
    """

    kind: Kind = Kind.NEWS
    texts: dict[str, str] = F(default_factory=dict)
    photo_id: int | None = None
    coupon_id: int | None = None
    service_id: int | None = None
    url: str = ""
    label: str = ""
    side: Side = Side.CUSTOMERS
    city: str = ""
    district: str = ""
    language: str = ""
    ordered: int = 0
    state: Spread = Spread.DRAFT
    errand: Errand = Errand.TELL
    turn: int = 0
    withdrawn: bool = False
    cursor: int = 0
    written: bool = False
    total: int = 0
    reached: int = 0
    blocked: int = 0
    muted: int = 0
    failed: int = 0
    waiting: int = 0
    changed: int = 0
    tapped: int = 0
    muted_before: int = 0
    blocked_before: int = 0
    by: int
    person_id: int
    version: int = 1
    created_at: datetime
    starts_at: datetime | None = None
    began_at: datetime | None = None
    told_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def audience(self) -> Audience:
        return Audience(self.side, self.city, self.district, self.language, self.ordered)

    @property
    def left(self) -> int:
        """Who still is to get it."""
        return max(0, self.total - self.reached - self.blocked - self.muted - self.failed)
