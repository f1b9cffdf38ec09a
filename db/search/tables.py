"""The derived tables of search: each can be built anew from people, skills, hours and claims."""

from sqlalchemy import BigInteger, Column, Double, Index, Integer, SmallInteger, String, Table
from sqlmodel import SQLModel


def _facts() -> list[Column[object]]:
    """What a filter asks for, kept beside the key so that no other table is read.

    x, y, z: home on the unit sphere; near: cosine of the radius as an angle, so that reach is one
    comparison without trigonometry; stars: the plain mean in hundredths, 0 without reviews.
    """
    return [
        Column("price", BigInteger, nullable=False),
        Column("stars", Integer, nullable=False),
        Column("verified", SmallInteger, nullable=False),
        Column("x", Double, nullable=False),
        Column("y", Double, nullable=False),
        Column("z", Double, nullable=False),
        Column("near", Double, nullable=False),
    ]


def _key(name: str) -> Column[object]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


SEARCH_TERM = Table(
    "search_term",
    SQLModel.metadata,
    Column("kind", String(20), primary_key=True),
    Column("token", String(120), primary_key=True),
    _key("ref"),
    Column("weight", Double, nullable=False),
    Index("ix_search_term_ref", "kind", "ref"),
    sqlite_with_rowid=False,
)

COVER = Table(
    "cover",
    SQLModel.metadata,
    *(_key(name) for name in ("service_id", "cell", "rank", "provider_id")),
    *_facts(),
    Index("ix_cover_price", "service_id", "cell", "price", "rank", "provider_id"),
    Index("ix_cover_provider", "provider_id"),
    sqlite_with_rowid=False,
)

HOME = Table(
    "home",
    SQLModel.metadata,
    *(_key(name) for name in ("service_id", "cell", "provider_id")),
    Column("rank", BigInteger, nullable=False),
    *_facts(),
    Index("ix_home_rank", "service_id", "rank", "provider_id"),
    Index("ix_home_price", "service_id", "price", "rank", "provider_id"),
    Index("ix_home_provider", "provider_id"),
    sqlite_with_rowid=False,
)

DAY_MASK = Table(
    "day_mask",
    SQLModel.metadata,
    _key("provider_id"),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("mask", BigInteger, nullable=False),
    Index("ix_day_mask_day", "day"),
    sqlite_with_rowid=False,
)
