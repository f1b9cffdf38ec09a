"""A book to tell accounting stories with: post an event, look at the balances."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlmodel import MetaData

from core.ledger.service import Facts, Transaction, post
from db.engine import Database
from db.ledger_triggers import DDL, ledger_ops
from db.ops import Op
from db.tables.ledger import balance, ledger_leg, ledger_transaction

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)


class Book:
    """One order's view of the ledger, amounts in fen."""

    def __init__(self, db: Database, *, order_id: int = 7, provider_id: int = 3) -> None:
        self.db = db
        self.facts = Facts(order_id, "CNY", provider_id, "card")
        self.ids = count(order_id * 1000 + 1)

    def transaction(self, event: str, part: str = "", /, **figures: int) -> Transaction:
        number = next(self.ids)
        at = NOON + timedelta(minutes=number)
        return post(
            id=number,
            event=event,
            facts=self.facts,
            figures=figures,
            at=at,
            actor="test",
            part=part,
        )

    async def write(self, *transactions: Transaction) -> None:
        await self.db.apply([op for t in transactions for op in ledger_ops(t)])

    async def post(self, event: str, figures: Mapping[str, int], *, part: str = "") -> None:
        await self.write(self.transaction(event, part, **figures))

    async def balances(self) -> dict[str, int]:
        """Every account that is not at zero, in fen."""
        rows = await self.db.fetch(
            "SELECT account, amount FROM balance WHERE amount <> 0 AND currency = 'CNY'"
        )
        return dict(rows)

    async def replayed(self) -> dict[str, int]:
        rows = await self.db.fetch(
            "SELECT account, sum(amount) FROM ledger_leg WHERE currency = 'CNY'"
            " GROUP BY account HAVING sum(amount) <> 0"
        )
        return {account: int(amount) for account, amount in rows}


async def open_book(db: Database) -> Book:
    metadata = MetaData()
    for table in (ledger_transaction, ledger_leg, balance):
        table.to_metadata(metadata)
    await db.create(metadata)
    await run(db, *DDL[db.dialect])
    return Book(db)


async def run(db: Database, *statements: str) -> None:
    """Raw SQL, as somebody with a console would write it."""
    await db.apply([Op(statement) for statement in statements])
