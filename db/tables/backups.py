"""Rows of backups, of trial restores, and of the standstill after a real one."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from core.backups.model import Run, RunState, Work
from core.quarantine.model import Quarantine
from db.types import json_list, key, text_enum


class RunRow(Run, table=True):
    __tablename__ = "backup_run"
    id: int = key()
    work: Work = Field(sa_type=text_enum(Work))
    state: RunState = Field(sa_type=text_enum(RunState), index=True)
    by: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    size: int = Field(default=0, sa_type=BigInteger)
    rows: int = Field(default=0, sa_type=BigInteger)
    found: list[str] = json_list()


class QuarantineRow(Quarantine, table=True):
    __tablename__ = "quarantine"
    id: int = key()
    lifted_by: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
