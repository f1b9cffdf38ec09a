"""A finding as it was said, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as F

from core.entity import Entity


class Code(StrEnum):
    """What was found; the subject of a finding says of which weekday, or of which service."""

    PAPER = "paper"  # a certificate that runs out; the subject is a service that needs it
    SILENT = "silent"  # offers ran out without an answer
    SLOW = "slow"  # others answered sooner
    FELL = "fell"  # fewer offers are accepted than before
    LATE = "late"
    DAY_OFF = "day_off"  # orders nearby on a weekday without hours
    OUTSIDE = "outside"  # orders just beyond the own area
    UNANSWERED = "unanswered"  # reviews without a reply
    WANTED = "wanted"  # people nearby look or wait in vain for a service of the own trade that is not offered
    PRICEY = "pricey"  # a price far above those nearby
    NO_PHOTO = "no_photo"


class Fate(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DISMISSED = "dismissed"


class Finding(Entity):
    """Said in the week that begins on the Monday `week` (an ordinal); `facts` are the figures it was made of."""

    provider_id: int
    week: int
    code: Code
    subject: int = 0
    facts: dict[str, Any] = F(default_factory=dict)
    fate: Fate = Fate.OPEN
    at: datetime
