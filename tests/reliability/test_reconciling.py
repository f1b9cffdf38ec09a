"""A day of five hundred movements with fifty planted differences: all of them are found, none else, and once."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from core.changes import Changes, Insert
from core.errors import AlreadyDone
from core.ledger.postings import CAPTURED, REFUND_OWED, REFUNDED
from core.ledger.service import Facts, post
from core.orders.model import Order, Pay, State
from core.payments.model import Charge, Payment, PaymentState, Purpose, Refund, RefundState
from core.reconciling.model import Difference, Kind, Line, Why
from tests.reliability.town import NOON, Town

pytestmark = pytest.mark.feature("A12")
DAY = date(2026, 5, 3)
BEGIN = datetime(2026, 5, 2, 16, 0, tzinfo=UTC)  # midnight in Shanghai
MIDNIGHT = BEGIN + timedelta(days=1)
CNY = "CNY"


class Books:
    """Our side, posted as payments are, and the gateway's statement of the same."""

    def __init__(self, here: Town, order: Order) -> None:
        self.here, self.order = here, order
        self.lines: list[Line] = []
        self.number = 0

    def _facts(self) -> Facts:
        return Facts(self.order.id, CNY, provider_id=self.order.provider_id, method="card")

    async def payment(self, at: datetime, amount: int, *, state: PaymentState) -> Payment:
        self.number += 1
        number = f"P{self.number}"
        one = Payment(
            id=self.here.new_id(), number=number, order_id=self.order.id, method="card",
            purpose=Purpose.FULL, amount=amount, currency=CNY, state=state, created_at=at,
            expires_at=at, charges={f"c_{number}": amount} if state is PaymentState.PAID else {},
        )  # fmt: skip
        await self.here.insert([one])
        return one

    async def paid(self, at: datetime, amount: int) -> Line:
        """Booked by us; the line as the gateway states it, in its statement already."""
        one = await self.payment(at, amount, state=PaymentState.PAID)
        reference = f"c_{one.number}"
        await self.here.insert(
            [Charge(id=self.here.new_id(), key=f"card:{reference}", payment_id=one.id)]
        )
        made = post(id=self.here.new_id(), event=CAPTURED, facts=self._facts(), at=at,
                    figures={"amount": amount}, actor="gateway:card", part=reference)  # fmt: skip
        await self.here.built.store.apply(Changes().post(made))
        return self.stated(Kind.PAYMENT, reference, amount, at, number=one.number)

    async def given_back(self, line: Line, at: datetime, amount: int) -> Line:
        payment = await self.here.built.store.get(Payment, number=line.number)
        assert payment is not None
        self.number += 1
        number = f"R{self.number}"
        back = Refund(
            id=self.here.new_id(), number=number, payment_id=payment.id, order_id=self.order.id,
            charge=line.reference, amount=amount, currency=CNY, reason="x",
            state=RefundState.DONE, reference=f"r_{number}", created_at=at,
        )  # fmt: skip
        owed, sent = (
            post(id=self.here.new_id(), event=event, facts=self._facts(), at=at,
                 figures={"amount": amount}, actor="gateway:card", part=number)
            for event in (REFUND_OWED, REFUNDED)
        )  # fmt: skip
        await self.here.built.store.apply(Changes().add(Insert(back)).post(owed, sent))
        return self.stated(Kind.REFUND, back.reference, amount, at, number=number)

    def stated(
        self, kind: Kind, reference: str, amount: int, at: datetime, *, number: str = ""
    ) -> Line:
        line = Line(id=0, day=DAY, kind=kind, reference=reference, number=number, amount=amount,
                    currency=CNY, fee=amount * 29 // 1000 if kind is Kind.PAYMENT else None, at=at)  # fmt: skip
        self.lines.append(line)
        return line

    def change(self, line: Line, **values: Any) -> None:
        self.lines[self.lines.index(line)] = line.model_copy(update=values)


async def books_of(here: Town) -> Books:
    service = await here.service()
    provider, [customer] = await here.provider(service), await here.customers(1)
    order = Order(
        id=here.new_id(), number="48273615", customer_id=customer.id, provider_id=provider.id,
        service_id=service.id, state=State.ACCEPTED, starts_at=NOON, minutes=60, buffer_min=0,
        place="", lat=31.2, lon=121.4, currency=CNY, total=100, pay=Pay.FULL, method="card",
        due_now=100, commission_bp=0, start_code="0000", created_at=BEGIN,
    )  # fmt: skip
    await here.insert([order])
    return Books(here, order)


async def test_fifty_planted_differences_are_found_none_false_and_once(here: Town) -> None:
    rng, books = random.Random(20260503), await books_of(here)
    print("seed 20260503")
    charges = []
    for _ in range(400):
        at = BEGIN + timedelta(minutes=rng.randrange(5, 22 * 60 - 5))
        charges.append(await books.paid(at, rng.randrange(1000, 60000)))
    refunds = [
        await books.given_back(line, line.at + timedelta(minutes=1), line.amount // 2)
        for line in rng.sample(charges, 100)
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
    for number in range(8):  # the notice never came
        lost = await books.payment(BEGIN, 7700, state=PaymentState.OPEN)
        books.stated(Kind.PAYMENT, f"c_lost{number}", 7700, BEGIN, number=lost.number)
        plant(Kind.PAYMENT, f"c_lost{number}", Why.NOT_HERE)
    for number in range(4):  # by hand at the gateway's own desk
        books.stated(Kind.REFUND, f"r_hand{number}", 900, BEGIN)
        plant(Kind.REFUND, f"r_hand{number}", Why.NOT_HERE)
    assert len(planted) == 50

    # Around midnight: in the book before it, in the statement after it, and the other way round.
    early = [await books.paid(BEGIN - timedelta(minutes=n), 500) for n in range(1, 6)]
    late = [await books.paid(MIDNIGHT - timedelta(minutes=n), 500) for n in range(1, 6)]
    for line in late:
        books.lines.remove(line)
    rng.shuffle(books.lines)
    money = here.core.reconciling
    for again in range(2):
        outcome = await money.compare(method="card", day=DAY, lines=books.lines, now=here.now)
        found = Counter((one.kind, one.reference, one.why) for one in outcome.open)
        assert found == Counter(planted), again
    assert outcome.compared.lines == len(books.lines)
    tomorrow = [line.model_copy(update={"day": DAY + timedelta(days=1)}) for line in late]
    outcome = await money.compare(
        method="card", day=DAY + timedelta(days=1), lines=tomorrow, now=here.now
    )
    assert Counter((one.kind, one.reference, one.why) for one in outcome.open) == Counter(planted)
    assert early[0] in books.lines


async def test_a_lost_payment_is_booked_once_and_what_comes_late_ends_by_itself(here: Town) -> None:
    books, money = await books_of(here), here.core.reconciling
    lost = await books.payment(BEGIN, 7700, state=PaymentState.OPEN)
    books.stated(Kind.PAYMENT, "c_lost", 7700, BEGIN, number=lost.number)
    gone = await books.paid(BEGIN + timedelta(hours=1), 900)
    books.lines.remove(gone)
    outcome = await money.compare(method="card", day=DAY, lines=books.lines, now=here.now)
    by_why = {one.why: one for one in outcome.open}
    assert by_why.keys() == {Why.NOT_HERE, Why.NOT_THERE}
    one = by_why[Why.NOT_HERE]
    assert one.order_id == books.order.id
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
