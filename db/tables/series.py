"""Rows of repeated visits."""

from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from core.orders.model import Pay
from core.series.model import DateState, Rhythm, Series, SeriesDate, SeriesState, Why
from db.types import json_dict, key, text_enum, to


class SeriesRow(Series, table=True):
    __tablename__ = "series"
    __table_args__ = (Index("ix_series_customer", "customer_id", "state"),)
    id: int = key()
    customer_id: int = to("person", index=False)
    provider_id: int = to("provider", index=False)
    service_id: int = to("service", index=False)
    rhythm: Rhythm = Field(sa_type=text_enum(Rhythm))
    wish: dict[str, Any] = json_dict()
    price: int = Field(sa_type=BigInteger)
    pay: Pay = Field(
        default=Pay.ON_SITE, sa_type=text_enum(Pay), sa_column_kwargs={"server_default": "on_site"}
    )
    method: str = Field(default="on_site", sa_column_kwargs={"server_default": "on_site"})
    state: SeriesState = Field(default=SeriesState.ACTIVE, sa_type=text_enum(SeriesState))


class SeriesDateRow(SeriesDate, table=True):
    __tablename__ = "series_date"
    __table_args__ = (UniqueConstraint("series_id", "number"),)
    id: int = key()
    series_id: int = to("series", index=False)
    person_id: int = to("person")
    why: Why = Field(sa_type=text_enum(Why))
    state: DateState = Field(default=DateState.OPEN, sa_type=text_enum(DateState))
