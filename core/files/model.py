"""A kept file and its Telegram copies."""

from datetime import datetime

from core.entity import Entity


class Kept(Entity):
    """A file in our store: `path` is relative to the store, `sha256` names equal content.

    Of a video also its upright width and height in pixels, its length in seconds and its first picture.
    """

    owner_id: int | None = None
    name: str
    mime: str
    size: int
    sha256: str
    path: str
    width: int = 0
    height: int = 0
    seconds: int = 0
    cover_id: int | None = None
    created_at: datetime


class Copy(Entity):
    """Telegram's id of a kept file for one bot (row id = a new one; unique per file and bot)."""

    file_id: int
    bot: str
    telegram_id: str
