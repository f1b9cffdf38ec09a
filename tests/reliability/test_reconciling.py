"""MO16: a day of ten thousand movements with fifty planted differences: all of them are found, none else, and once."""

import random
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.entity import Entity
from core.errors import AlreadyDone
from core.ledger.postings import CAPTURED, REFUND_OWED, REFUNDED
from core.ledger.service import Facts, Transaction, post
from core.orders.model import Order, Pay, State
from core.payments.model import Charge, Payment, PaymentState, Purpose, Refund, RefundState
from core.reconciling.model import Difference, Kind, Line, Why
from db.ledger_triggers import LEGS, SEALS, legs, seal
from db.ops import inserts
from db.reconciling import _BETWEEN, _CHARGES, _REFUNDS
from tests.reliability.town import NOON, Town

pytestmark = pytest.mark.feature("A12")
DAY = date(2026, 5, 3)
BEGIN = datetime(2026, 5, 2, 16, 0, tzinfo=UTC)  # midnight in Shanghai
MIDNIGHT = BEGIN + timedelta(days=1)
CNY = "CNY"
SHARE = 500  # postings in one go: PostgreSQL keeps a lock for each until then


class Books:
    """Our side, posted as payments are, and the gateway's statement of the same."""

    def __init__(self, here: Town, order: Order) -> None:
        self.here, self.order = here, order
        self.lines: list[Line] = []
        self._rows: list[Entity] = []
        self._posted: list[Transaction] = []
        self._payments: dict[str, Payment] = {}
        self._number = 0

    def payment(self, at: datetime, amount: int, *, state: PaymentState) -> Payment:
        """Of an order of its own."""
        self._number += 1
        number = f"P{self._number}"
        order = self.order.model_copy(
            update={"id": self.here.new_id(), "number": str(50_000_000 + self._number)}
        )
        one = Payment(
            id=self.here.new_id(), number=number, order_id=order.id, method="card",
            purpose=Purpose.FULL, amount=amount, currency=CNY, state=state, created_at=at,
            expires_at=at, charges={f"c_{number}": amount} if state is PaymentState.PAID else {},
        )  # fmt: skip
        self._payments[number] = one
        self._rows += [order, one]
        return one

    def paid(self, at: datetime, amount: int) -> Line:
        """Booked by us; the line as the gateway states it, in its statement already."""
        one = self.payment(at, amount, state=PaymentState.PAID)
        reference = f"c_{one.number}"
        self._rows.append(Charge(id=self.here.new_id(), key=f"card:{reference}", payment_id=one.id))
        self._post(CAPTURED, one, at, amount, reference)
        return self.stated(Kind.PAYMENT, reference, amount, at, number=one.number)

    def given_back(
        self, line: Line, at: datetime, amount: int, *, state: RefundState = RefundState.DONE
    ) -> Line:
        payment = self._payments[line.number]
        self._number += 1
        number = f"R{self._number}"
        back = Refund(
            id=self.here.new_id(), number=number, payment_id=payment.id, order_id=payment.order_id,
            charge=line.reference, amount=amount, currency=CNY, reason="x", state=state,
            reference=f"r_{number}", created_at=at,
        )  # fmt: skip
        self._rows.append(back)
        self._post(REFUND_OWED, payment, at, amount, number)
        if state is RefundState.DONE:
            self._post(REFUNDED, payment, at, amount, number)
        return self.stated(Kind.REFUND, back.reference, amount, at, number=number)

    def _post(self, event: str, payment: Payment, at: datetime, amount: int, part: str) -> None:
        facts = Facts(payment.order_id, CNY, provider_id=self.order.provider_id, method="card")
        self._posted.append(
            post(id=self.here.new_id(), event=event, facts=facts, at=at, part=part,
                 figures={"amount": amount}, actor="gateway:card")
        )  # fmt: skip

    def stated(
        self, kind: Kind, reference: str, amount: int, at: datetime, *, number: str = ""
    ) -> Line:
        line = Line(id=0, day=DAY, kind=kind, reference=reference, number=number, amount=amount,
                    currency=CNY, fee=amount * 29 // 1000 if kind is Kind.PAYMENT else None, at=at)  # fmt: skip
        self.lines.append(line)
        return line

    def change(self, line: Line, **values: Any) -> None:
        self.lines[self.lines.index(line)] = line.model_copy(update=values)

    async def save(self) -> None:
        """What was gathered, in few statements."""
        await self.here.insert(self._rows)
        for start in range(0, len(self._posted), SHARE):
            share = self._posted[start : start + SHARE]
            lines = [leg for one in share for leg in legs(one)]
            sealed = [seal(one) for one in share]
            await self.here.database.apply([*inserts(LEGS, lines), *inserts(SEALS, sealed)])
        self._rows, self._posted = [], []


async def books_of(here: Town) -> Books:
    service = await here.service()
    provider, [customer] = await here.provider(service), await here.customers(1)
    order = Order(
        id=here.new_id(), number="48273615", customer_id=customer.id, provider_id=provider.id,
        service_id=service.id, state=State.ACCEPTED, starts_at=NOON, minutes=60, buffer_min=0,
        place="", lat=31.2, lon=121.4, currency=CNY, total=100, pay=Pay.FULL, method="card",
        due_now=100, commission_bp=0, start_code="0000", created_at=BEGIN,
    )  # fmt: skip
    return Books(here, order)


@dataclass
class Plan:
    """What was planted, and what near midnight is none."""

    planted: Counter[tuple[Kind, str, Why]]
    early: list[Line]
    late: list[Line]


def draw(books: Books, rng: random.Random, charged: int, returned: int) -> Plan:
    """A day of so many payments and refunds with fifty planted differences."""
    charges = [
        books.paid(
            BEGIN + timedelta(minutes=rng.randrange(5, 22 * 60 - 5)), rng.randrange(1000, 60000)
        )
        for _ in range(charged)
    ]
    refunds = [
        books.given_back(line, line.at + timedelta(minutes=1), line.amount // 2)
        for line in rng.sample(charges, returned)
    ]
    planted: list[tuple[Kind, str, Why]] = []

    def plant(kind: Kind, reference: str, why: Why) -> None:
        planted.append((kind, reference, why))

    odd = iter(rng.sample(charges, 30))
    for _ in range(8):  # we booked it, the gateway has no such thing
        books.lines.remove(line := next(odd))
        plant(line.kind, line.reference, Why.NOT_THERE)
    for _ in range(8):
        books.change(line := next(odd), amount=line.amount + rng.choice([-1, 1, 500]))
        plant(line.kind, line.reference, Why.AMOUNT)
    for _ in range(4):
        books.change(line := next(odd), currency="USD")
        plant(line.kind, line.reference, Why.CURRENCY)
    for _ in range(6):
        books.lines.append(line := next(odd))
        plant(line.kind, line.reference, Why.TWICE)
    for _ in range(4):
        books.change(line := next(odd), fee=line.amount // 5)
        plant(line.kind, line.reference, Why.FEE)
    back = iter(rng.sample(refunds, 8))
    for _ in range(4):
        books.lines.remove(line := next(back))
        plant(line.kind, line.reference, Why.NOT_THERE)
    for _ in range(4):
        books.change(line := next(back), amount=line.amount + 100)
        plant(line.kind, line.reference, Why.AMOUNT)
    for number in range(6):  # paid there, open here: the notice never came
        lost = books.payment(BEGIN, 7700, state=PaymentState.OPEN)
        books.stated(Kind.PAYMENT, f"c_lost{number}", 7700, BEGIN, number=lost.number)
        plant(Kind.PAYMENT, f"c_lost{number}", Why.NOT_HERE)
    whole = {line.number for line in charges} - {line.number for line in refunds}
    for line in rng.sample([line for line in charges if line.number in whole], 3):
        sent = books.given_back(line, BEGIN, 40, state=RefundState.PENDING)  # done there, not here
        plant(Kind.REFUND, sent.reference, Why.NOT_HERE)
    for number in range(3):  # by hand at the gateway's own desk
        books.stated(Kind.REFUND, f"r_hand{number}", 900, BEGIN)
        plant(Kind.REFUND, f"r_hand{number}", Why.NOT_HERE)
    assert len(planted) == 50

    # Around midnight: in the book before it, in the statement after it, and the other way round.
    early = [books.paid(BEGIN - timedelta(minutes=n), 500) for n in range(1, 6)]
    late = [books.paid(MIDNIGHT - timedelta(minutes=n), 500) for n in range(1, 6)]
    for line in late:
        books.lines.remove(line)
    rng.shuffle(books.lines)
    return Plan(Counter(planted), early, late)


@pytest.mark.parametrize(
    ("charged", "returned"),
    [(400, 100), pytest.param(8_000, 2_000, marks=pytest.mark.slow)],
    ids=["daily", "whole"],
)
async def test_fifty_planted_differences_are_found_none_false_and_once(
    here: Town, charged: int, returned: int
) -> None:
    rng, books = random.Random(20260503), await books_of(here)
    print("seed 20260503")
    plan = draw(books, rng, charged, returned)
    await books.save()
    money = here.core.reconciling
    kept: list[list[Difference]] = []
    for again in range(2):
        began = time.perf_counter()
        outcome = await money.compare(method="card", day=DAY, lines=books.lines, now=here.now)
        print(f"{len(books.lines)} lines in {time.perf_counter() - began:.2f} s")
        found = Counter((one.kind, one.reference, one.why) for one in outcome.open)
        assert found == plan.planted, again
        kept.append(await money.found())
    assert kept[0] == kept[1]
    assert outcome.compared.lines == len(books.lines) >= charged + returned
    tomorrow = [line.model_copy(update={"day": DAY + timedelta(days=1)}) for line in plan.late]
    outcome = await money.compare(
        method="card", day=DAY + timedelta(days=1), lines=tomorrow, now=here.now
    )
    assert Counter((one.kind, one.reference, one.why) for one in outcome.open) == plan.planted
    assert plan.early[0] in books.lines


async def test_a_lost_payment_is_booked_once_and_what_comes_late_ends_by_itself(here: Town) -> None:
    books, money = await books_of(here), here.core.reconciling
    lost = books.payment(BEGIN, 7700, state=PaymentState.OPEN)
    books.stated(Kind.PAYMENT, "c_lost", 7700, BEGIN, number=lost.number)
    gone = books.paid(BEGIN + timedelta(hours=1), 900)
    books.lines.remove(gone)
    await books.save()
    outcome = await money.compare(method="card", day=DAY, lines=books.lines, now=here.now)
    by_why = {one.why: one for one in outcome.open}
    assert by_why.keys() == {Why.NOT_HERE, Why.NOT_THERE}
    one = by_why[Why.NOT_HERE]
    assert one.order_id == lost.order_id
    assert await money.can_book(one=one)
    await money.book(difference_id=one.id, by=7, reason="", now=here.now)
    with pytest.raises(AlreadyDone):
        await money.book(difference_id=one.id, by=7, reason="", now=here.now)
    paid = await here.built.store.get(Payment, id=lost.id)
    assert paid is not None
    assert (paid.state, paid.charges) == (PaymentState.PAID, {"c_lost": 7700})
    outcome = await money.compare(method="card", day=DAY, lines=[*books.lines, gone], now=here.now)
    assert outcome.open == ()
    ended = await here.built.store.get(Difference, id=by_why[Why.NOT_THERE].id)
    assert ended is not None
    assert (ended.open, ended.ended_by) == (False, None)


async def test_marked_as_explained_it_is_over_for_good(here: Town) -> None:
    books, money = await books_of(here), here.core.reconciling
    books.stated(Kind.REFUND, "r_hand", 900, BEGIN)
    outcome = await money.compare(method="card", day=DAY, lines=books.lines, now=here.now)
    [one] = outcome.open
    assert not await money.can_book(one=one)
    await money.explain(difference_id=one.id, by=7, reason="by hand", now=here.now)
    with pytest.raises(AlreadyDone):
        await money.explain(difference_id=one.id, by=8, reason="no", now=here.now)
    again = await money.compare(method="card", day=DAY, lines=books.lines, now=here.now)
    assert again.open == ()


@pytest.mark.parametrize("here", ["sqlite"], indirect=True)
@pytest.mark.parametrize("sql", [_CHARGES.replace("{start}", "6"), _REFUNDS, _BETWEEN])
async def test_a_day_is_read_without_going_through_all_the_others(here: Town, sql: str) -> None:
    """Neither the lines of the gateway's account nor the refunds of all times."""
    text = sql.replace("{marks}", "?, ?")
    plan = await here.database.fetch(f"EXPLAIN QUERY PLAN {text}", [None] * text.count("?"))
    steps = [str(row[3]) for row in plan]
    assert all(step.startswith(("SEARCH", "USE TEMP")) for step in steps), steps
    assert not [step for step in steps if "ledger_leg_account" in step], steps
