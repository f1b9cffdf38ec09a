"""The book: lines, the transactions that seal them, and balances that only the triggers keep.

The triggers are in db/ledger_triggers.py; without them these are just tables.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    Table,
    event,
)
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from db.ledger_triggers import DDL
from db.types import Json

ledger_transaction = Table(
    "ledger_transaction",
    SQLModel.metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("order_id", BigInteger, nullable=False, index=True),
    Column("at", UTCDateTime(), nullable=False),
    Column("actor", String, nullable=False),
    Column("bill", Json, nullable=True),
    Index("ix_ledger_transaction_at", "at"),
)
"""One event; its row is written last and seals its lines."""

ledger_leg = Table(
    "ledger_leg",
    SQLModel.metadata,
    Column(
        "transaction_id",
        BigInteger,
        # Lines come before the row that seals them: a half transaction cannot be committed.
        ForeignKey("ledger_transaction.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("line", SmallInteger, primary_key=True),
    Column("account", String, nullable=False),
    Column("currency", String, nullable=False),
    Column("amount", BigInteger, nullable=False),
    CheckConstraint("amount <> 0", name="ledger_leg_moves_something"),
    # With the transaction in it the triggers find one line, not all that an account ever had.
    Index("ix_ledger_leg_account", "account", "currency", "transaction_id"),
)
"""One line of a transaction: a debit if positive, a credit if negative."""

balance = Table(
    "balance",
    SQLModel.metadata,
    Column("account", String, primary_key=True),
    Column("currency", String, primary_key=True),
    Column("amount", BigInteger, nullable=False),
    Column("transaction_id", BigInteger, nullable=True),
)
"""What the lines of an account add up to, and the transaction that moved it last."""


@event.listens_for(SQLModel.metadata, "after_create")
def _guard(_metadata: Any, connection: Connection, tables: list[Table], **_: Any) -> None:
    """Tables made without a migration get the triggers as well."""
    if balance in tables:
        for statement in DDL[connection.dialect.name]:
            connection.exec_driver_sql(statement)
