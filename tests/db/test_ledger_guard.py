"""MO17: the database itself refuses to change, take back, unbalance or half-write the book."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator

import asyncpg
import pytest

from core.ledger.service import Leg, Transaction, reverse
from db.engine import Database
from db.errors import ConstraintBroken, DatabaseError, GuardFailed
from db.ledger_triggers import DDL, DROP, ledger_ops
from tests.db.ledger_book import NOON, Book, open_book, run

REFUSED = (DatabaseError, sqlite3.Error, asyncpg.PostgresError)


@pytest.fixture
async def book(db: Database) -> AsyncIterator[Book]:
    """One payment of ¥60 is booked; whatever is tried, it stays as it is."""
    book = await open_book(db)
    await book.post("captured", {"amount": 6000}, part="pay-1")
    yield book
    assert await book.balances() == await book.replayed()


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE ledger_leg SET amount = 1",
        "UPDATE ledger_leg SET account = 'commission' WHERE line = 2",
        "DELETE FROM ledger_leg",
        "DELETE FROM ledger_leg WHERE line = 1",
        "UPDATE ledger_transaction SET order_id = 8",
        "UPDATE ledger_transaction SET key = 'other'",
        "DELETE FROM ledger_transaction",
        "UPDATE balance SET amount = 0",
        "UPDATE balance SET amount = amount + 1, transaction_id = 9",
        "UPDATE balance SET account = 'mine' WHERE account = 'gateway:card'",
        "DELETE FROM balance",
        "INSERT INTO balance (account, currency, amount) VALUES ('mine', 'CNY', 5)",
        "INSERT INTO ledger_leg VALUES (7001, 3, 'mine', 'CNY', 5)",
        "INSERT INTO ledger_leg VALUES (9, 1, 'mine', 'CNY', 5)",
        "INSERT INTO ledger_leg VALUES (9, 1, 'mine', 'CNY', 0)",
        "INSERT INTO ledger_transaction VALUES (9, 'k', 'x', 7, '2026-05-04 04:00:00', 'me', NULL)",
    ],
)
async def test_raw_sql_is_refused(book: Book, attempt: str) -> None:
    with pytest.raises(REFUSED):
        await run(book.db, attempt)
    assert await book.balances() == {"gateway:card": 6000, "customer:7": -6000}


SEAL = "INTO ledger_transaction VALUES (9, 'k', 'x', 7, '2026-05-04 04:00:00', 'me', NULL)"


def lines(*legs: tuple[str, str, int]) -> list[str]:
    return [
        f"INSERT INTO ledger_leg VALUES (9, {n}, '{account}', '{currency}', {amount})"
        for n, (account, currency, amount) in enumerate(legs, start=1)
    ]


@pytest.mark.parametrize(
    "statements",
    [
        [*lines(("a", "CNY", 5), ("b", "CNY", -4)), f"INSERT {SEAL}"],
        [*lines(("a", "CNY", 5), ("b", "JPY", -5)), f"INSERT {SEAL}"],
        [*lines(("a", "CNY", 5)), f"INSERT {SEAL}"],
        [f"INSERT {SEAL}"],
        lines(("a", "CNY", 5), ("b", "CNY", -5)),
        [*lines(("a", "CNY", 5), ("b", "CNY", -5)), f"INSERT {SEAL}", "DELETE FROM ledger_leg"],
        [
            *lines(("a", "CNY", 5), ("b", "CNY", -5)),
            f"INSERT {SEAL}",
            "INSERT INTO ledger_leg VALUES (9, 3, 'c', 'CNY', 1)",
        ],
        [*lines(("a", "CNY", 5), ("b", "CNY", -5)), f"INSERT {SEAL.replace('9', '8', 1)}"],
        [
            *lines(("provider:3:available", "CNY", 5), ("gateway:card", "CNY", -5)),
            f"INSERT {SEAL}",
        ],
    ],
    ids=[
        "unbalanced",
        "two currencies",
        "one line",
        "no line",
        "no seal",
        "taken back",
        "line after the seal",
        "seal of another",
        "overdrawn",
    ],
)
async def test_a_half_or_crooked_transaction_is_refused(book: Book, statements: list[str]) -> None:
    with pytest.raises(REFUSED):
        await run(book.db, *statements)
    assert await book.balances() == {"gateway:card": 6000, "customer:7": -6000}


async def test_a_whole_one_by_raw_sql_is_taken(book: Book) -> None:
    await run(book.db, *lines(("a", "CNY", 5), ("b", "CNY", -5)), f"INSERT {SEAL}")
    assert (await book.balances())["a"] == 5


@pytest.mark.parametrize("how", ["OR REPLACE", "OR IGNORE", "ON CONFLICT DO NOTHING"])
async def test_conflict_clauses_do_not_get_round_the_guard(book: Book, how: str) -> None:
    if how.startswith("OR ") and book.db.dialect != "sqlite":
        pytest.skip("a clause of SQLite")
    head, tail = (how, "") if how.startswith("OR ") else ("", f" {how}")
    key = "captured:7:pay-1"
    for statements in (
        [f"INSERT {head} INTO ledger_leg VALUES (7001, 1, 'mine', 'CNY', 5){tail}"],
        [
            *lines(("a", "CNY", 5), ("b", "CNY", -5)),
            f"INSERT {head} {SEAL.replace(chr(39) + 'k', chr(39) + key)}{tail}",
        ],
        [
            *lines(("a", "CNY", 5), ("b", "CNY", -4)),
            f"INSERT {head} {SEAL}{tail}",
        ],
        [f"INSERT {head} INTO balance VALUES ('gateway:card', 'CNY', 1, NULL){tail}"],
        [
            *lines(("refunds_payable:7", "CNY", 5), ("b", "CNY", -5)),
            f"INSERT {head} {SEAL}{tail}",
        ],
    ):
        with pytest.raises(REFUSED):
            await run(book.db, *statements)
        assert await book.balances() == {"gateway:card": 6000, "customer:7": -6000}


async def test_truncate_is_refused(book: Book) -> None:
    if book.db.dialect == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    for table in ("ledger_transaction, ledger_leg", "balance"):
        with pytest.raises(REFUSED):
            await run(book.db, f"TRUNCATE {table}")


async def test_a_correction_is_a_reversal_once(book: Book) -> None:
    wrong = book.transaction("captured", "pay-2", amount=500)
    await book.write(wrong)
    await book.write(reverse(transaction=wrong, id=9001, at=NOON, actor="staff"))
    assert await book.balances() == {"gateway:card": 6000, "customer:7": -6000}
    with pytest.raises(GuardFailed):
        await book.write(reverse(transaction=wrong, id=9002, at=NOON, actor="staff"))


async def test_rivals_for_one_promise_pay_it_once(book: Book) -> None:
    await book.post("refund_owed", {"amount": 6000}, part="pay-1")
    tries = [
        book.write(book.transaction("refunded", f"refund-{n}", amount=6000)) for n in range(20)
    ]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert [r for r in results if r is None] == [None]
    assert all(r is None or isinstance(r, ConstraintBroken) for r in results)
    assert await book.balances() == {}


async def test_2_000_random_transactions_leave_each_currency_at_zero(book: Book) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)

    def random_transaction(number: int) -> Transaction:
        legs: list[Leg] = []
        for currency in rng.sample(["CNY", "JPY", "KWD"], rng.randrange(1, 4)):
            amounts = [rng.choice((-1, 1)) * rng.randrange(1, 10**9) for _ in range(3)]
            amounts += [-sum(amounts)] if sum(amounts) else []
            legs += [Leg(f"account:{rng.randrange(20)}", currency, a) for a in amounts]
        return Transaction(number, f"k{number}", "random", 1, NOON, "test", tuple(legs))

    for batch in range(20):
        await book.write(*(random_transaction(10**6 + batch * 100 + n) for n in range(100)))
    sums = await book.db.fetch("SELECT sum(amount) FROM balance GROUP BY currency")
    assert [int(total) for (total,) in sums] == [0, 0, 0]
    kept = await book.db.fetch(
        "SELECT account, currency, amount FROM balance ORDER BY account, currency"
    )
    replayed = await book.db.fetch(
        "SELECT account, currency, sum(amount) FROM ledger_leg"
        " GROUP BY account, currency ORDER BY account, currency"
    )
    assert [(a, c, int(n)) for a, c, n in kept] == [(a, c, int(n)) for a, c, n in replayed]


async def test_without_its_triggers_the_book_could_be_cooked(book: Book) -> None:
    """The guard is what refuses: taken off, the same attempt succeeds; put back, it is refused."""
    await run(book.db, *DROP[book.db.dialect])
    await run(
        book.db, "UPDATE balance SET amount = amount + 1", "UPDATE balance SET amount = amount - 1"
    )
    await run(book.db, *DDL[book.db.dialect])
    with pytest.raises(REFUSED):
        await run(book.db, "UPDATE balance SET amount = amount + 1")


async def test_a_line_slipped_in_while_another_seals_is_refused(book: Book) -> None:
    if book.db.dialect == "sqlite":
        pytest.skip("SQLite has one writer")
    dsn = book.db.server  # type: ignore[attr-defined]
    honest, thief = await asyncpg.connect(dsn), await asyncpg.connect(dsn)
    try:
        transaction = honest.transaction()
        await transaction.start()
        for statement in (*lines(("a", "CNY", 5), ("b", "CNY", -5)), f"INSERT {SEAL}"):
            await honest.execute(statement)
        slip = asyncio.create_task(
            thief.execute("INSERT INTO ledger_leg VALUES (9, 3, 'mine', 'CNY', 5)")
        )
        while not await honest.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            assert not slip.done()
        await transaction.commit()
        with pytest.raises(asyncpg.PostgresError, match="sealed"):
            await slip
    finally:
        await honest.close()
        await thief.close()


def test_ops_carry_every_line() -> None:
    legs = (Leg("a", "CNY", 5), Leg("b", "CNY", -5))
    first, seal = ledger_ops(Transaction(1, "k", "x", 7, NOON, "me", legs))
    assert list(first.params) == [1, 1, "a", "CNY", 5, 1, 2, "b", "CNY", -5]
    assert tuple(seal.params) == (1, "k", "x", 7, NOON, "me", None)
