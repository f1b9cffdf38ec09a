"""Rows of extra work; the guards that keep a bill at what was approved are in db/bill_triggers.py."""

from typing import Any

from sqlalchemy import BigInteger, Connection, Index, Table, UniqueConstraint, event, text
from sqlmodel import Field, SQLModel

from core.extras.model import Extra, ExtraState
from db.bill_triggers import DDL
from db.types import json_list, key, text_enum, to

_ALIVE = text("state IN ('draft', 'open')")


class ExtraRow(Extra, table=True):
    __tablename__ = "extra"
    __table_args__ = (
        UniqueConstraint("order_id", "turn"),
        # One at a time: who writes a new one has withdrawn the last.
        Index(
            "ux_extra_alive", "order_id", "provider_id", unique=True, sqlite_where=_ALIVE,
            postgresql_where=_ALIVE,
        ),
    )  # fmt: skip
    id: int = key()
    order_id: int = to("orders", index=False)
    provider_id: int = to("provider", index=False)
    state: ExtraState = Field(sa_type=text_enum(ExtraState))
    lines: list[dict[str, Any]] = json_list()
    amount: int = Field(default=0, sa_type=BigInteger)
    photos: list[int] = json_list()
    talk: list[dict[str, str]] = json_list()


@event.listens_for(SQLModel.metadata, "after_create")
def _guard(_metadata: Any, connection: Connection, tables: list[Table], **_: Any) -> None:
    """Tables made without a migration get the triggers as well."""
    if ExtraRow.__table__ in tables:  # type: ignore[attr-defined]
        for statement in DDL[connection.dialect.name]:
            connection.exec_driver_sql(statement)
