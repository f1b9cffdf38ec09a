"""A price outside the band that a provider asks for."""

from datetime import datetime
from enum import StrEnum

from core.entity import Entity


class RequestState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # taken back, or overtaken by a price inside the band


class PriceRequest(Entity):
    """One per service may be open; `former` counts until staff say yes.

    `note` is why, in the provider's words, `reason` why not, in the staff's. `decided_by` is nobody where a wider band
    let it through.
    """

    provider_id: int
    service_id: int
    former: int
    price: int
    note: str = ""
    state: RequestState = RequestState.ASKED
    reason: str = ""
    decided_by: int | None = None
    version: int = 1
    asked_at: datetime
    decided_at: datetime | None = None
