"""Rows of announcements."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from core.announcements.model import Announcement, Errand, Side, Spread
from core.people.choices import Kind
from db.types import json_dict, key, text_enum, to


class AnnouncementRow(Announcement, table=True):
    __tablename__ = "announcement"
    id: int = key()
    kind: Kind = Field(sa_type=text_enum(Kind))
    texts: dict[str, str] = json_dict()
    photo_id: int | None = to("kept_file", nullable=True, index=False)
    coupon_id: int | None = to("coupon", nullable=True, index=False)
    service_id: int | None = to("service", nullable=True, index=False)
    side: Side = Field(sa_type=text_enum(Side))
    city: str = Field(default="", sa_column_kwargs={"server_default": ""})
    state: Spread = Field(sa_type=text_enum(Spread))
    errand: Errand = Field(sa_type=text_enum(Errand))
    cursor: int = Field(default=0, sa_type=BigInteger)
    by: int = Field(sa_type=BigInteger)
    person_id: int = Field(sa_type=BigInteger)
    starts_at: datetime | None = Field(default=None, index=True)
