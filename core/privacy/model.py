"""The trace that an erasure leaves, and the words of the map."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from pydantic import Field as F

from core.entity import Entity


class Erasure(Entity):
    """This person was erased: no name, only the number that was theirs. `paths` are files still to be wiped off disk.

    It outlives everything, so that after an older backup is restored the erasure can be applied again.
    """

    person_id: int
    at: datetime
    paths: list[str] = F(default_factory=list)


class Of(StrEnum):
    """What the column holds by which rows are a person's."""

    PERSON = "person"
    TELEGRAM = "telegram"  # their Telegram id: of the person, the chat, or the lane
    ORDER = "order"  # an order they booked
    PAYMENT = "payment"  # a payment of such an order
    PAYMENT_NUMBER = "payment_number"
    TICKET = "ticket"
    PROVIDER = "provider"  # the provider they wanted to become


class End(StrEnum):
    """What becomes of the rows: gone, kept without what is personal, or kept as they are."""

    REMOVED = "removed"
    BLANKED = "blanked"
    KEPT = "kept"


class Part(StrEnum):
    """Under which heading people read of it, in this order."""

    PROFILE = "profile"
    PLACES = "places"
    ORDERS = "orders"
    MONEY = "money"
    REVIEWS = "reviews"
    MESSAGES = "messages"
    FILES = "files"
    TASTES = "tastes"
    WORK = "work"
    TECHNICAL = "technical"


class Mark(StrEnum):
    """Values that only the database can work out."""

    COARSE = "coarse"  # a coordinate to a tenth of a degree: a town, not a door
    NOBODY = "nobody"  # a Telegram id that no account has: minus the row's own id


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of `table` are a person's by `column`. Columns that are not in `blank` say nothing about them.

    `plain` names those; `files` hold ids of kept files; `secret` are others' affairs and not handed out. `settled`
    spares rows that somebody is still at work on.
    """

    table: str
    part: Part
    column: str
    of: Of
    end: End
    blank: Mapping[str, Any] = field(default_factory=dict)
    plain: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    settled: bool = False
    told: bool = True


FORMER: Final = "–"
"""The name of whoever was erased."""
