"""Rows of statements, of what was compared, and of what differed."""

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from core.reconciling.model import Compared, Difference, Kind, Line, Why
from db.types import key, text_enum, to


class LineRow(Line, table=True):
    __tablename__ = "statement_line"
    __table_args__ = (
        UniqueConstraint("method", "day", "kind", "reference"),
        Index("ix_statement_line_reference", "reference"),
    )
    id: int = key()
    kind: Kind = Field(sa_type=text_enum(Kind))
    charge: str = Field(default="", sa_column_kwargs={"server_default": ""})
    amount: int = Field(sa_type=BigInteger)
    fee: int | None = Field(default=None, sa_type=BigInteger)


class DifferenceRow(Difference, table=True):
    __tablename__ = "difference"
    __table_args__ = (
        Index("ix_difference_open", "method", sqlite_where=text("open"),
              postgresql_where=text("open")),
    )  # fmt: skip
    id: int = key()
    key: str = Field(unique=True)
    kind: Kind = Field(sa_type=text_enum(Kind))
    why: Why = Field(sa_type=text_enum(Why))
    order_id: int | None = to("orders", nullable=True)
    stated: int = Field(default=0, sa_type=BigInteger)
    booked: int = Field(default=0, sa_type=BigInteger)
    ended_by: int | None = Field(default=None, sa_type=BigInteger)


class ComparedRow(Compared, table=True):
    __tablename__ = "compared"
    __table_args__ = (UniqueConstraint("method", "day"),)
    id: int = key()
