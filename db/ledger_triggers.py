"""Makes the database itself the last word on the book, whoever writes and however.

Lines first, then the transaction row, which seals them: two lines or more, each currency at zero,
no account on the side it may never be on. After that nothing can be added, changed or taken away.
"""

from typing import Final

from core.errors import AlreadyDone
from core.ledger.service import Transaction
from db.ops import Op, Row, inserts

# (accounts, 1: never above zero, −1: never below): nothing is earned or promised back that did not
# come in, nobody draws more than he has, nothing is sent back that was not promised, no debt is set
# off twice.
# `_` stands for the colon before a word, which SQLAlchemy would take for a parameter. What is on
# its way to a provider (payout_pending) is meant by the second row, too.
ONE_SIDED: Final = (
    ("customer:%", 1),
    ("provider:%_pending", 1),
    ("provider:%_available", 1),
    ("provider:%_debt", -1),
    ("refunds_payable:%", 1),
)

_WRONG_SIDE: Final = " OR ".join(
    f"(account LIKE '{accounts}' AND amount {'>' if side > 0 else '<'} 0)"
    for accounts, side in ONE_SIDED
)
_BOOK: Final = ("ledger_transaction", "ledger_leg")
LEGS: Final = "ledger_leg (transaction_id, line, account, currency, amount)"
SEALS: Final = "ledger_transaction (id, key, kind, order_id, at, actor, bill)"


def ledger_ops(transaction: Transaction) -> list[Op]:
    """The two statements that write `transaction`; a key that exists fails as AlreadyDone."""
    marks = ", ".join("?" * len(seal(transaction)))
    return [
        *inserts(LEGS, legs(transaction)),
        Op(f"INSERT INTO {SEALS} VALUES ({marks})", seal(transaction), guard=AlreadyDone()),
    ]


def legs(transaction: Transaction) -> list[Row]:
    """The rows of LEGS, written first."""
    return [
        (transaction.id, line, leg.account, leg.currency, leg.amount)
        for line, leg in enumerate(transaction.legs, start=1)
    ]


def seal(transaction: Transaction) -> Row:
    """The row of SEALS."""
    return (
        transaction.id,
        transaction.key,
        transaction.kind,
        transaction.order_id,
        transaction.at,
        transaction.actor,
        transaction.bill,
    )


def _refuse(table: str, verb: str) -> str:
    return f"""
        CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'ledger: {table} is append-only'); END"""


# A conflict clause of the outer statement (OR IGNORE, OR REPLACE) also rules the statements inside
# a trigger, and REPLACE deletes without firing DELETE triggers. So nothing here relies on a
# constraint: each rule is a RAISE, and rows that exist are refused before a clause can matter.
SQLITE: Final = [
    *(_refuse(table, verb) for table in _BOOK for verb in ("UPDATE", "DELETE")),
    _refuse("balance", "DELETE"),
    """
    CREATE TRIGGER ledger_leg_before_seal BEFORE INSERT ON ledger_leg
    BEGIN
        SELECT RAISE(ABORT, 'ledger: transaction is sealed')
        WHERE EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id);
        SELECT RAISE(ABORT, 'ledger: line exists')
        WHERE EXISTS (SELECT 1 FROM ledger_leg
                      WHERE transaction_id = NEW.transaction_id AND line = NEW.line);
        SELECT RAISE(ABORT, 'ledger: a line moves a whole number other than zero')
        WHERE typeof(NEW.amount) <> 'integer' OR NEW.amount = 0;
        SELECT RAISE(ABORT, 'ledger: a line names an account and a currency')
        WHERE typeof(NEW.account) <> 'text' OR typeof(NEW.currency) <> 'text'
           OR typeof(NEW.transaction_id) <> 'integer';
    END""",
    """
    CREATE TRIGGER ledger_transaction_seal BEFORE INSERT ON ledger_transaction
    BEGIN
        SELECT RAISE(ABORT, 'ledger: key exists')
        WHERE EXISTS (SELECT 1 FROM ledger_transaction WHERE key = NEW.key);
        SELECT RAISE(ABORT, 'ledger: a transaction says what, when and who')
        WHERE NEW.key IS NULL OR NEW.kind IS NULL OR NEW.order_id IS NULL
           OR NEW.at IS NULL OR NEW.actor IS NULL;
        SELECT RAISE(ABORT, 'ledger: transaction is sealed')
        WHERE EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.id);
        SELECT RAISE(ABORT, 'ledger: a transaction has two lines or more')
        WHERE (SELECT count(*) FROM ledger_leg WHERE transaction_id = NEW.id) < 2;
        SELECT RAISE(ABORT, 'ledger: transaction is not balanced')
        WHERE EXISTS (SELECT 1 FROM ledger_leg WHERE transaction_id = NEW.id
                      GROUP BY currency HAVING sum(amount) <> 0);
        INSERT INTO balance (account, currency, amount, transaction_id)
        SELECT DISTINCT account, currency, 0, NULL FROM ledger_leg AS leg
        WHERE transaction_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM balance AS b
            WHERE b.account = leg.account AND b.currency = leg.currency);
        UPDATE balance SET transaction_id = NEW.id, amount = amount + (
            SELECT sum(amount) FROM ledger_leg AS leg
            WHERE leg.transaction_id = NEW.id
              AND leg.account = balance.account AND leg.currency = balance.currency)
        WHERE (account, currency) IN (
            SELECT account, currency FROM ledger_leg WHERE transaction_id = NEW.id);
    END""",
    """
    CREATE TRIGGER balance_begins_at_zero BEFORE INSERT ON balance
    BEGIN
        SELECT RAISE(ABORT, 'ledger: a balance begins at zero, once')
        WHERE NEW.amount <> 0 OR NEW.transaction_id IS NOT NULL OR EXISTS (
            SELECT 1 FROM balance WHERE account = NEW.account AND currency = NEW.currency);
    END""",
    f"""
    CREATE TRIGGER balance_follows_lines BEFORE UPDATE ON balance
    BEGIN
        SELECT RAISE(ABORT, 'ledger: only a new transaction moves a balance')
        WHERE NEW.account <> OLD.account OR NEW.currency <> OLD.currency
           OR NEW.transaction_id IS OLD.transaction_id
           OR EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id)
           OR NEW.amount IS NOT OLD.amount + (
                SELECT sum(amount) FROM ledger_leg WHERE transaction_id = NEW.transaction_id
                AND account = NEW.account AND currency = NEW.currency);
        SELECT RAISE(ABORT, 'ledger: overdrawn') FROM (
            SELECT NEW.account AS account, NEW.amount AS amount) WHERE {_WRONG_SIDE};
    END""",
]


def _postgres_refuse(table: str) -> list[str]:
    return [
        f"""
        CREATE TRIGGER {table}_no_{events.split()[0].lower()} BEFORE {events} ON {table}
        FOR EACH {each} EXECUTE FUNCTION ledger_refuse()"""
        for events, each in _REFUSED[table]
    ]


_REFUSED: Final = {
    "ledger_transaction": (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")),
    "ledger_leg": (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")),
    "balance": (("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")),
}

POSTGRESQL: Final = [
    """
    CREATE FUNCTION ledger_broken(rule text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'ledger: %', rule USING ERRCODE = 'check_violation';
    END $$""",
    """
    CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM ledger_broken(TG_TABLE_NAME || ' is append-only');
        RETURN NULL;
    END $$""",
    *(statement for table in _REFUSED for statement in _postgres_refuse(table)),
    # The lock makes a line that is slipped in from elsewhere wait until the seal can be seen.
    """
    CREATE FUNCTION ledger_leg_before_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(NEW.transaction_id);
        IF EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id) THEN
            PERFORM ledger_broken('transaction is sealed');
        END IF;
        RETURN NEW;
    END $$""",
    """
    CREATE TRIGGER ledger_leg_before_seal BEFORE INSERT ON ledger_leg
    FOR EACH ROW EXECUTE FUNCTION ledger_leg_before_seal()""",
    # What was booked before is told apart from what may not be booked, as on SQLite; the lock makes
    # a twin that is still under way wait for its answer.
    # Balances are moved in the order of their names, so that two transactions do not wait for
    # each other in a ring.
    """
    CREATE FUNCTION ledger_transaction_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE moved record;
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended(NEW.key, 0));
        IF EXISTS (SELECT 1 FROM ledger_transaction WHERE key = NEW.key) THEN
            RAISE EXCEPTION 'ledger: key exists' USING ERRCODE = 'unique_violation';
        END IF;
        IF (SELECT count(*) FROM ledger_leg WHERE transaction_id = NEW.id) < 2 THEN
            PERFORM ledger_broken('a transaction has two lines or more');
        END IF;
        IF EXISTS (SELECT 1 FROM ledger_leg WHERE transaction_id = NEW.id
                   GROUP BY currency HAVING sum(amount) <> 0) THEN
            PERFORM ledger_broken('transaction is not balanced');
        END IF;
        FOR moved IN SELECT account, currency, sum(amount) AS amount FROM ledger_leg
                     WHERE transaction_id = NEW.id
                     GROUP BY account, currency ORDER BY account, currency LOOP
            INSERT INTO balance (account, currency, amount, transaction_id)
            VALUES (moved.account, moved.currency, 0, NULL) ON CONFLICT DO NOTHING;
            UPDATE balance SET amount = balance.amount + moved.amount, transaction_id = NEW.id
            WHERE account = moved.account AND currency = moved.currency;
        END LOOP;
        RETURN NEW;
    END $$""",
    """
    CREATE TRIGGER ledger_transaction_seal BEFORE INSERT ON ledger_transaction
    FOR EACH ROW EXECUTE FUNCTION ledger_transaction_seal()""",
    """
    CREATE FUNCTION balance_begins_at_zero() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.amount <> 0 OR NEW.transaction_id IS NOT NULL THEN
            PERFORM ledger_broken('a balance begins at zero');
        END IF;
        RETURN NEW;
    END $$""",
    """
    CREATE TRIGGER balance_begins_at_zero BEFORE INSERT ON balance
    FOR EACH ROW EXECUTE FUNCTION balance_begins_at_zero()""",
    f"""
    CREATE FUNCTION balance_follows_lines() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.account <> OLD.account OR NEW.currency <> OLD.currency
           OR NEW.transaction_id IS NOT DISTINCT FROM OLD.transaction_id
           OR EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id)
           OR NEW.amount IS DISTINCT FROM OLD.amount + (
                SELECT sum(amount) FROM ledger_leg WHERE transaction_id = NEW.transaction_id
                AND account = NEW.account AND currency = NEW.currency) THEN
            PERFORM ledger_broken('only a new transaction moves a balance');
        END IF;
        IF EXISTS (SELECT 1 FROM (SELECT NEW.account AS account, NEW.amount AS amount) AS moved
                   WHERE {_WRONG_SIDE}) THEN
            PERFORM ledger_broken('overdrawn');
        END IF;
        RETURN NEW;
    END $$""",
    """
    CREATE TRIGGER balance_follows_lines BEFORE UPDATE ON balance
    FOR EACH ROW EXECUTE FUNCTION balance_follows_lines()""",
]

DDL: Final = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROP: Final = {
    "sqlite": [f"DROP TRIGGER {statement.split()[2]}" for statement in SQLITE],
    "postgresql": [
        f"DROP FUNCTION {statement.split()[2].split('(')[0]} CASCADE"
        for statement in POSTGRESQL
        if statement.split()[1] == "FUNCTION"
    ],
}
"""What a migration executes, statement by statement, to put the triggers there or take them off."""
