"""Rows of payouts and of the accounts they go to."""

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from core.payouts.model import AccountKind, Binding, Hindrance, Payout, PayoutAccount, PayoutState
from db.types import key, text_enum, to

_ACTIVE = text("active")


class PayoutAccountRow(PayoutAccount, table=True):
    __tablename__ = "payout_account"
    __table_args__ = (
        # One to be paid to; those of before stay for the payouts that went there.
        Index(
            "ux_payout_account_active", "provider_id", unique=True, sqlite_where=_ACTIVE,
            postgresql_where=_ACTIVE,
        ),
    )  # fmt: skip
    id: int = key()
    provider_id: int = to("provider")
    kind: AccountKind = Field(sa_type=text_enum(AccountKind))


class BindingRow(Binding, table=True):
    __tablename__ = "payout_binding"
    __table_args__ = (Index("ux_payout_binding_provider", "provider_id", unique=True),)
    id: int = key()
    provider_id: int = to("provider", index=False)
    token: str = Field(unique=True)


class PayoutRow(Payout, table=True):
    __tablename__ = "payout"
    __table_args__ = (
        Index("ix_payout_provider_day", "provider_id", "day"),
        Index("ix_payout_state", "state"),
    )
    id: int = key()
    number: str = Field(unique=True)
    provider_id: int = to("provider", index=False)
    account_id: int = to("payout_account")
    amount: int = Field(sa_type=BigInteger)
    state: PayoutState = Field(sa_type=text_enum(PayoutState))
    reference: str = Field(default="", sa_column_kwargs={"server_default": ""})
    hindrance: Hindrance = Field(
        default=Hindrance.NONE,
        sa_type=text_enum(Hindrance),
        sa_column_kwargs={"server_default": ""},
    )
    ticket: str = Field(default="", sa_column_kwargs={"server_default": ""})
    approved_by: int | None = Field(default=None, sa_type=BigInteger)
    second_by: int | None = Field(default=None, sa_type=BigInteger)
    ended_by: int | None = Field(default=None, sa_type=BigInteger)
