"""Who was active on which day, noted from what arrived before that is forgotten; what visitors did, without names."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

_UNMET = text("kind = 'unmet'")

active_day = Table(
    "active_day",
    SQLModel.metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Somebody wrote or tapped in the customers' or the providers' bot on that local day (an ordinal)."""

trace = Table(
    "trace",
    SQLModel.metadata,
    Column("visitor", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, primary_key=True),
    Column("service_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("at", UTCDateTime(), nullable=False, index=True),
    Column("district", String, nullable=False),
    Column("wanted_at", UTCDateTime(), nullable=True),
    Index(
        "ix_trace_unmet",
        "service_id",
        "at",
        sqlite_where=_UNMET,
        postgresql_where=_UNMET,
    ),
    sqlite_with_rowid=False,
)
"""What a visitor did for a service within an hour (`slot`); see core/platform/traces.py."""

trace_key = Table(
    "trace_key",
    SQLModel.metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("key", String, nullable=False),
    sqlite_with_rowid=False,
)
"""By it a customer is the same visitor for a day; gone when the day is over."""
