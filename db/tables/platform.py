"""Who was active on which day, noted from what arrived before that is forgotten."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table
from sqlmodel import SQLModel

active_day = Table(
    "active_day",
    SQLModel.metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, ForeignKey("person.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Somebody wrote or tapped in the customers' or the providers' bot on that local day (an ordinal)."""
