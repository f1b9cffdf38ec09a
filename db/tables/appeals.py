"""Rows of freezes and of the appeals against them."""

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from core.appeals.model import Appeal, AppealState, Freeze
from db.types import json_list, key, text_enum, to


class FreezeRow(Freeze, table=True):
    __tablename__ = "provider_freeze"
    id: int = key()
    provider_id: int = to("provider")
    staff_id: int = Field(sa_type=BigInteger)
    passed_on: list[int] = json_list()
    ended_by: int | None = Field(default=None, sa_type=BigInteger)


class AppealRow(Appeal, table=True):
    __tablename__ = "appeal"
    __table_args__ = (UniqueConstraint("freeze_id", "turn"),)
    id: int = key()
    freeze_id: int = to("provider_freeze", index=False)
    person_id: int = to("person")
    files: list[int] = json_list()
    state: AppealState = Field(sa_type=text_enum(AppealState), index=True)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
