"""Column kinds shared by all tables: 63-bit keys, enums kept as text, JSON that reads as JSON on both databases."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

Json = JSON().with_variant(JSONB, "postgresql")


def key() -> Any:
    """The primary key, chosen by us."""
    return Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})


def to(target: str, *, nullable: bool = False, index: bool = True) -> Any:
    """A reference to another table's id."""
    extra: dict[str, Any] = {"default": None} if nullable else {}
    return Field(
        sa_type=BigInteger, index=index, nullable=nullable,
        sa_column_args=(ForeignKey(f"{target}.id"),), **extra,
    )  # fmt: skip


def text_enum(kind: type[StrEnum]) -> SqlEnum:
    """An enum stored as its value; the set stays open (no CHECK), so a new member needs no migration."""
    return SqlEnum(
        kind, native_enum=False, create_constraint=False, length=20,
        values_callable=lambda members: [m.value for m in members],
    )  # fmt: skip


def json_list(*, later: bool = False) -> Any:
    """`later`: the column came when there were rows already; those have an empty list."""
    kept: dict[str, Any] = {"sa_column_kwargs": {"server_default": "[]"}} if later else {}
    return Field(default_factory=list, sa_type=Json, **kept)


def json_dict(*, later: bool = False) -> Any:
    """`later`: the column came when there were rows already; those have an empty one."""
    kept: dict[str, Any] = {"sa_column_kwargs": {"server_default": "{}"}} if later else {}
    return Field(default_factory=dict, sa_type=Json, **kept)
