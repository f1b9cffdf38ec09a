"""What the two sides of an order said to each other."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field as F

from core.entity import Entity


class Sort(StrEnum):
    """What can be passed on. The words of DETAILS are ours: the provider says hello and asks what he should know."""

    TEXT = "text"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    PLACE = "place"
    DETAILS = "details"


class Relayed(Entity):
    """One message between customer and provider, kept with the order as evidence.

    `provider_id` is whose talk it is: a provider who comes later sees nothing of it. `message_id` names it in its
    author's chat; `hidden` says which contact data were taken out, `former` what it said before it was corrected.
    `sign` is the emoji that the other side put under it last. `lost`: the other side could not be reached. `erased`:
    only that there was one is still known.
    """

    order_id: int
    provider_id: int
    author_id: int
    from_customer: bool
    sort: Sort = Sort.TEXT
    text: str = ""
    file_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    hidden: list[str] = F(default_factory=list)
    former: list[str] = F(default_factory=list)
    message_id: int = 0
    album: str = ""
    sign: str = ""
    lost: bool = False
    erased: bool = False
    version: int = 1
    at: datetime
