"""Rows of receipts: one number each, one for each transaction."""

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from core.receipts.model import Receipt, ReceiptKind
from db.types import key, text_enum, to


class ReceiptRow(Receipt, table=True):
    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("kind", "seq"),)
    id: int = key()
    kind: ReceiptKind = Field(sa_type=text_enum(ReceiptKind))
    transaction_id: int = Field(
        sa_type=BigInteger, foreign_key="ledger_transaction.id", unique=True
    )
    order_id: int = to("orders")
    tax_name: str = Field(sa_column_kwargs={"server_default": "Tax"})
