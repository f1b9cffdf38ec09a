"""A payment is the sum of its facts: their order and their number do not matter."""

import random
from datetime import UTC, datetime, timedelta
from itertools import count, permutations

import pytest

from core.payments.facts import Fact, Told, merge, merge_refund
from core.payments.method import Answer, Outcome
from core.payments.model import Payment, PaymentState, Purpose, Refund, RefundState
from core.payments.service import ask_again_at, fact_of_answer, intend, refunds_for

NOW = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)


def payment(*, amount: int = 6000, id: int = 1) -> Payment:
    return intend(
        new_id=lambda: id, order_id=7, method="card", purpose=Purpose.DEPOSIT,
        amount=amount, currency="CNY", now=NOW, expires_at=NOW + timedelta(minutes=15),
    )  # fmt: skip


def paid(reference: str = "pi_1", amount: int = 6000, currency: str = "CNY") -> Fact:
    return Fact(Told.PAID, "P1", reference=reference, amount=amount, currency=currency)


def after(*facts: Fact) -> Payment:
    result = payment()
    for fact in facts:
        result = merge(payment=result, fact=fact)
    return result


FACTS = (
    Fact(Told.OPENED, "P1", reference="cs_1", url="https://pay/1"),
    Fact(Told.UNANSWERED, "P1"),
    paid(),
    Fact(Told.EXPIRED, "P1"),
    Fact(Told.REFUNDED, "P1", reference="re_1", amount=2000, currency="CNY"),
    Fact(Told.REFUNDED, "P1", reference="re_2", amount=4000, currency="CNY"),
)


def test_all_720_orders_with_repeats_end_in_one_state() -> None:
    rng = random.Random(1)
    expected = after(*FACTS)
    assert (expected.state, expected.paid, expected.returned) == (PaymentState.PAID, 6000, 6000)
    assert not expected.differs
    for order in permutations(FACTS):
        assert after(*order, *rng.choices(order, k=2)) == expected


def test_20_000_random_streams_of_any_facts_end_in_one_state() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    pool = [*FACTS, paid("pi_2"), paid("pi_1", 5000), paid("pi_3", 1, "JPY"), paid("", 6000)]
    pool += [Fact(Told.REFUSED, "P1"), Fact(Told.OPENED, "P1", reference="cs_2", url="u2")]
    for _ in range(20_000):
        facts = rng.choices(pool, k=rng.randrange(1, 7))
        shuffled = rng.sample(facts, len(facts)) + rng.choices(facts, k=2)
        assert after(*facts) == after(*shuffled)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ((), PaymentState.INTENDED),
        ((FACTS[1],), PaymentState.UNKNOWN),
        ((FACTS[1], FACTS[0]), PaymentState.OPEN),
        ((FACTS[0], FACTS[3]), PaymentState.EXPIRED),
        ((FACTS[0], Fact(Told.REFUSED, "P1"), FACTS[3]), PaymentState.REFUSED),
        ((FACTS[3], paid()), PaymentState.PAID),
    ],
)
def test_the_state_follows_from_the_facts(facts: tuple[Fact, ...], state: PaymentState) -> None:
    assert after(*facts).state is state


def test_paid_late_is_paid_and_still_known_as_expired() -> None:
    late = after(FACTS[3], paid())
    assert (late.state, late.expired) == (PaymentState.PAID, True)


def test_a_second_charge_counts_and_the_same_one_again_is_not() -> None:
    assert after(paid(), paid()).paid == 6000
    assert after(paid(), paid("pi_2")).paid == 12_000


@pytest.mark.parametrize(
    "wrong", [paid(amount=5999), paid(amount=6001), paid(currency="JPY"), paid("")]
)
def test_another_amount_or_currency_than_asked_rings_the_alarm(wrong: Fact) -> None:
    assert after(wrong).differs


def test_less_than_asked_is_not_paid_and_other_money_does_not_count() -> None:
    assert after(paid(amount=5999)).state is PaymentState.INTENDED
    assert after(paid(currency="JPY")).paid == 0


def test_merging_leaves_the_old_payment_as_it_was() -> None:
    old = payment()
    merge(payment=old, fact=paid())
    assert old == payment()


def test_all_orders_of_facts_about_a_refund_end_alike() -> None:
    refund = Refund(
        id=2, number="R2", payment_id=1, order_id=7, charge="pi_1", amount=1, currency="CNY",
        reason="cancelled", created_at=NOW,
    )  # fmt: skip
    told = (Told.UNANSWERED, Told.REFUND_PENDING, Told.REFUND_FAILED, Told.REFUNDED)
    for order in permutations(told):
        result = refund
        for kind in order:
            result = merge_refund(refund=result, fact=Fact(kind, reference="re_1"))
        assert (result.state, result.reference) == (RefundState.DONE, "re_1")


def test_an_unknown_answer_and_an_open_one_tell_nothing() -> None:
    for outcome in (Outcome.OPEN, Outcome.UNKNOWN):
        assert fact_of_answer(payment=payment(), answer=Answer(outcome)) is None


def test_refunds_go_to_the_latest_charges_and_never_beyond_what_was_paid() -> None:
    first = merge(payment=payment(id=1), fact=paid("pi_1"))
    second = merge(payment=payment(id=2, amount=4000), fact=paid("pi_2", 4000))
    ids = count(10)

    def give_back(amount: int, *done: Refund) -> list[Refund]:
        return refunds_for(
            payments=[first, second], refunds=done, amount=amount, reason="cancelled",
            new_id=lambda: next(ids), now=NOW,
        )  # fmt: skip

    made = give_back(5000)
    assert [(r.charge, r.amount) for r in made] == [("pi_2", 4000), ("pi_1", 1000)]
    assert [(r.charge, r.amount) for r in give_back(5000, *made)] == [("pi_1", 5000)]
    with pytest.raises(ValueError):
        give_back(5001, *made)


def test_questions_grow_rarer() -> None:
    pauses = [ask_again_at(tries=n, now=NOW) - NOW for n in range(10)]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=5)
    assert pauses[-1] == timedelta(minutes=5)
