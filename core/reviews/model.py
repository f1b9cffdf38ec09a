"""What a customer thought of a job."""

from datetime import datetime

from pydantic import Field as F

from core.entity import Entity


class Review(Entity):
    """Three dimensions of 1–5, text and up to ten stored files; `author` is already shortened for strangers."""

    order_id: int
    provider_id: int
    customer_id: int
    service_id: int
    author: str = ""
    quality: int
    attitude: int
    skill: int
    text: str = ""
    files: list[int] = F(default_factory=list)
    reply: str = ""
    hidden: bool = False
    created_at: datetime
    edited_at: datetime | None = None
