"""A new photo for the page of a provider who works already."""

from datetime import datetime
from enum import StrEnum

from core.entity import Entity


class PortraitState(StrEnum):
    SENT = "sent"
    APPROVED = "approved"
    REJECTED = "rejected"


class Portrait(Entity):
    """One per provider may wait; another one that is sent takes its place, with a higher `version`.

    The file is spoken of here only while it waits: then it is the page's, or leaves. `reason` is why not, in the
    staff's words.
    """

    provider_id: int
    file_id: int | None = None
    state: PortraitState = PortraitState.SENT
    reason: str = ""
    decided_by: int | None = None
    version: int = 1
    sent_at: datetime
    decided_at: datetime | None = None
