"""Rows of announcements."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from core.announcements.model import Announcement, Spread
from core.people.choices import Kind
from db.types import json_dict, key, text_enum, to


class AnnouncementRow(Announcement, table=True):
    __tablename__ = "announcement"
    id: int = key()
    kind: Kind = Field(sa_type=text_enum(Kind))
    texts: dict[str, str] = json_dict()
    coupon_id: int | None = to("coupon", nullable=True, index=False)
    state: Spread = Field(sa_type=text_enum(Spread))
    reached: int = Field(default=0, sa_type=BigInteger)
    by: int = Field(sa_type=BigInteger)
