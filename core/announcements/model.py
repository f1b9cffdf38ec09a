"""What the platform tells everybody."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field as F

from core.entity import Entity
from core.people.choices import Kind


class Spread(StrEnum):
    """How far an announcement has come."""

    GOING = "going"
    DONE = "done"
    STOPPED = "stopped"


class Announcement(Entity):
    """`texts` by language; who speaks another one reads any. `coupon_id`: the offer it is about.

    It goes out in order of the persons' ids; `reached` is the last of them so far, `sent` how many got it.
    """

    kind: Kind = Kind.NEWS
    texts: dict[str, str] = F(default_factory=dict)
    coupon_id: int | None = None
    state: Spread = Spread.GOING
    reached: int = 0
    sent: int = 0
    by: int
    version: int = 1
    created_at: datetime
