"""Rows of refused attempts."""

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from core.security.model import Refusal, Why
from db.types import key, text_enum


class RefusalRow(Refusal, table=True):
    __tablename__ = "refusal"
    # The day comes first: it is asked for in lists, and what is old leaves by it.
    __table_args__ = (UniqueConstraint("day", "telegram_id", "chat_id", "action", "why"),)
    id: int = key()
    telegram_id: int = Field(sa_type=BigInteger)
    chat_id: int = Field(sa_type=BigInteger)
    why: Why = Field(sa_type=text_enum(Why))
