"""Random events, repeats, reversals and tampering against the book, compared with a dictionary of sums."""

import asyncio
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Coroutine, Iterable
from dataclasses import replace
from datetime import timedelta
from fnmatch import fnmatchcase
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.ledger.postings import POSTINGS
from core.ledger.service import Facts, Transaction, Unbalanced, post, reverse
from db.engine import Database
from db.errors import ConstraintBroken, DatabaseError, GuardFailed
from db.ledger_triggers import ONE_SIDED, ledger_ops
from db.ops import Op
from tests.databases import DIALECTS, scratch_url
from tests.db.invariants import LEDGER, questions
from tests.db.ledger_book import open_book
from tests.reliability.town import NOON

amounts = st.integers(min_value=-5, max_value=400)
orders = st.integers(min_value=1, max_value=4)
# Making a failure smaller takes longer than reading it.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
TAMPERING = (
    "UPDATE ledger_leg SET amount = amount + 1",
    "DELETE FROM ledger_leg",
    "UPDATE ledger_transaction SET actor = 'x'",
    "DELETE FROM ledger_transaction",
    "DELETE FROM balance",
    "UPDATE balance SET amount = amount + 1",
    "INSERT INTO ledger_leg SELECT id, 99, 'commission', 'CNY', 5 FROM ledger_transaction",
)


def on_wrong_side(account: str, amount: int) -> bool:
    return any(
        fnmatchcase(account, pattern.replace("%", "*").replace("_", "?")) and amount * side > 0
        for pattern, side in ONE_SIDED
    )


class Bookkeeping(RuleBasedStateMachine):
    dialect: ClassVar[str] = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp(prefix="ledger"))
        self.numbers = count(1)
        self.sums: dict[tuple[str, str], int] = defaultdict(int)
        self.known: dict[str, Transaction] = {}
        self.run(self.open())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    async def open(self) -> None:
        self.scratch = scratch_url(self.dialect, self.folder)
        self.database = await Database.open(await self.scratch.__aenter__())
        await open_book(self.database)
        asked = questions(dialect=self.dialect, now=NOON)
        self.asked = [(asked[each.name], ()) for each in LEDGER]

    def teardown(self) -> None:
        self.run(self.close())
        self.loop.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    async def close(self) -> None:
        await self.database.close()
        await self.scratch.__aexit__(None, None, None)

    def judged(self, transactions: Iterable[Transaction]) -> str:
        """How writing them together must end; when well, the sums follow."""
        sums, keys = dict(self.sums), set(self.known)
        for one in transactions:
            if one.key in keys:
                return "AlreadyDone"
            keys.add(one.key)
            for leg in one.legs:
                place = (leg.account, leg.currency)
                sums[place] = sums.get(place, 0) + leg.amount
            if any(on_wrong_side(leg.account, sums[leg.account, leg.currency]) for leg in one.legs):
                return "Refused"
        self.sums.update(sums)
        self.known |= {one.key: one for one in transactions}
        return ""

    async def write(self, *transactions: Transaction) -> str:
        try:
            await self.database.apply([op for one in transactions for op in ledger_ops(one)])
        except GuardFailed as failed:
            return type(failed.guard).__name__
        except ConstraintBroken:
            return "Refused"
        return ""

    @rule(
        event=st.sampled_from(sorted(POSTINGS)), order=orders, data=st.data(),
        currency=st.sampled_from(["CNY", "JPY"]), part=st.sampled_from(["", "a", "b", "c"]),
        pair=st.booleans(),
    )  # fmt: skip
    def happens(
        self, event: str, order: int, data: Any, currency: str, part: str, pair: bool
    ) -> None:
        figures = {row.amount: data.draw(amounts) for row in POSTINGS[event]}
        number = next(self.numbers)
        facts = Facts(order, currency, order % 2, "card")
        try:
            one = post(
                id=number, event=event, facts=facts, figures=figures, part=part, actor="test",
                at=NOON + timedelta(seconds=number),
            )  # fmt: skip
        except Unbalanced:
            assert min(figures.values()) < 0 or not any(figures.values())
            return
        written = (one, self.again(one)) if pair and number % 5 == 0 else (one,)
        assert self.run(self.write(*written)) == self.judged(written)

    @rule(which=st.integers(min_value=0))
    @precondition(lambda self: self.known)
    def is_taken_back(self, which: int) -> None:
        known = list(self.known.values())
        number = next(self.numbers)
        back = reverse(transaction=known[which % len(known)], id=number, at=NOON, actor="staff")
        assert self.run(self.write(back)) == self.judged([back])

    @rule(which=st.integers(min_value=0))
    @precondition(lambda self: self.known)
    def is_told_again(self, which: int) -> None:
        known = list(self.known.values())
        assert self.run(self.write(self.again(known[which % len(known)]))) == "AlreadyDone"

    def again(self, one: Transaction) -> Transaction:
        """The same event told once more: another id, the same key."""
        return replace(one, id=next(self.numbers))

    @rule(statement=st.sampled_from(TAMPERING))
    @precondition(lambda self: self.known)
    def somebody_tampers(self, statement: str) -> None:
        with pytest.raises((DatabaseError, Exception)) as refused:
            self.run(self.database.apply([Op(statement)]))
        assert "ledger" in str(refused.value)

    @invariant()
    def balances_are_the_sums(self) -> None:
        self.run(self.compare())

    async def compare(self) -> None:
        rows = await self.database.fetch("SELECT account, currency, amount FROM balance")
        kept = {(account, currency): int(amount) for account, currency, amount in rows if amount}
        assert kept == {place: amount for place, amount in self.sums.items() if amount}
        assert sum(kept.values()) == 0
        assert not any(await self.database.fetch_all(self.asked))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "runs", [5, pytest.param(500, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])]
)
def test_the_book_says_what_a_dictionary_of_sums_says(dialect: str, runs: int) -> None:
    run_state_machine_as_test(
        type("Machine", (Bookkeeping,), {"dialect": dialect}),
        settings=settings(
            max_examples=runs, stateful_step_count=50,
            suppress_health_check=list(HealthCheck), phases=PHASES,
        ),
    )  # fmt: skip
