"""Rows of prices that staff are asked for."""

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from core.prices.model import PriceRequest, RequestState
from db.types import key, text_enum, to

_OPEN = text("state = 'asked'")


class PriceRequestRow(PriceRequest, table=True):
    __tablename__ = "price_request"
    __table_args__ = (
        # One open per service of a provider.
        Index(
            "ux_price_request_open", "provider_id", "service_id", unique=True, sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_price_request_state", "state"),
    )  # fmt: skip
    id: int = key()
    provider_id: int = to("provider")
    service_id: int = to("service")
    former: int = Field(sa_type=BigInteger)
    price: int = Field(sa_type=BigInteger)
    state: RequestState = Field(sa_type=text_enum(RequestState))
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
