"""Rows of what is not as it should be."""

from typing import Any

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from core.alerts.model import Alert, Fate, Kind
from db.types import json_dict, key, text_enum, to


class AlertRow(Alert, table=True):
    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_fate", "fate", "since"),
        Index("ix_alert_found", "found_at"),
        Index("ix_alert_people", "kind", "customer_id", "provider_id"),
    )
    id: int = key()
    about: str = Field(unique=True)
    kind: Kind = Field(sa_type=text_enum(Kind))
    order_id: int | None = to("orders", nullable=True)
    customer_id: int | None = to("person", nullable=True)
    provider_id: int | None = to("provider", nullable=True)
    facts: dict[str, Any] = json_dict()
    fate: Fate = Field(sa_type=text_enum(Fate))
    ended_by: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
