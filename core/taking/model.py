"""Who of the staff has a matter in hand."""

from datetime import datetime
from enum import StrEnum

from core.entity import Entity


class Matter(StrEnum):
    """What waits for a decision of the staff."""

    APPLICATION = "application"
    APPEAL = "appeal"
    PAYOUT = "payout"
    PRICE = "price"
    ALERT = "alert"
    TICKET = "ticket"
    DIFFERENCE = "difference"
    PORTRAIT = "portrait"


class Taking(Entity):
    """One per matter and subject, gone once it was decided; `staff_id` is a Telegram id."""

    matter: Matter
    subject: int
    staff_id: int
    name: str
    at: datetime
