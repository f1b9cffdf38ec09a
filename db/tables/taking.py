"""Rows of what the staff have in hand."""

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from core.taking.model import Matter, Taking
from db.types import key, text_enum


class TakingRow(Taking, table=True):
    __tablename__ = "taking"
    __table_args__ = (UniqueConstraint("matter", "subject"),)
    id: int = key()
    matter: Matter = Field(sa_type=text_enum(Matter))
    subject: int = Field(sa_type=BigInteger)
    staff_id: int = Field(sa_type=BigInteger)
