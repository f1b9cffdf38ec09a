"""Rows of kept files."""

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from core.files.model import Copy, Kept
from db.types import key, to


class KeptRow(Kept, table=True):
    __tablename__ = "kept_file"
    id: int = key()
    owner_id: int | None = Field(default=None, sa_type=BigInteger, nullable=True, index=True)


class CopyRow(Copy, table=True):
    __tablename__ = "file_copy"
    __table_args__ = (UniqueConstraint("file_id", "bot"),)
    id: int = key()
    file_id: int = to("kept_file", index=False)
