"""Rows of the waiting list."""

from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from core.waitlist.model import Waiting, WaitState
from db.types import json_dict, key, text_enum, to

_ALIVE = text("state IN ('waiting', 'told')")


class WaitingRow(Waiting, table=True):
    __tablename__ = "waiting"
    __table_args__ = (
        Index("ix_waiting_line", "service_id", "state", "day"),
        Index("ix_waiting_person", "person_id", "state"),
        # Two taps in one moment: one of them has the turn, the other looks again.
        Index(
            "ux_waiting_turn", "person_id", "turn", unique=True, sqlite_where=_ALIVE,
            postgresql_where=_ALIVE,
        ),
    )  # fmt: skip
    id: int = key()
    person_id: int = to("person", index=False)
    service_id: int = to("service", index=False)
    provider_id: int | None = to("provider", nullable=True, index=False)
    offered_by: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    wish: dict[str, Any] = json_dict()
    state: WaitState = Field(default=WaitState.WAITING, sa_type=text_enum(WaitState))
