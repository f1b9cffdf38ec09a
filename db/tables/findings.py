"""Rows of what providers' records suggest."""

from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from core.findings.model import Code, Fate, Finding
from db.types import json_dict, key, text_enum, to


class FindingRow(Finding, table=True):
    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("provider_id", "week", "code", "subject"),)
    id: int = key()
    provider_id: int = to("provider", index=False)
    code: Code = Field(sa_type=text_enum(Code))
    subject: int = Field(default=0, sa_type=BigInteger)
    facts: dict[str, Any] = json_dict()
    fate: Fate = Field(sa_type=text_enum(Fate))
