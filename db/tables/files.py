"""Rows of kept files."""

from typing import Any

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from core.files.model import Copy, Kept
from db.types import key, to


def _number() -> Any:
    return Field(default=0, sa_column_kwargs={"server_default": "0"})


class KeptRow(Kept, table=True):
    __tablename__ = "kept_file"
    id: int = key()
    owner_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True, index=True)
    width: int = _number()
    height: int = _number()
    seconds: int = _number()
    cover_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True)


class CopyRow(Copy, table=True):
    __tablename__ = "file_copy"
    __table_args__ = (UniqueConstraint("file_id", "bot"),)
    id: int = key()
    file_id: int = to("kept_file", index=False)
