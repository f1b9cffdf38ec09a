"""Rows of new photos that staff look at."""

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from core.portraits.model import Portrait, PortraitState
from db.types import key, text_enum, to

_WAITS = text("state = 'sent'")


class PortraitRow(Portrait, table=True):
    __tablename__ = "portrait"
    __table_args__ = (
        # One may wait per provider.
        Index(
            "ux_portrait_waits", "provider_id", unique=True, sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        Index("ix_portrait_state", "state"),
    )  # fmt: skip
    id: int = key()
    provider_id: int = to("provider")
    file_id: int | None = to("kept_file", nullable=True, index=False)
    state: PortraitState = Field(sa_type=text_enum(PortraitState))
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
