"""Every event balances, names only accounts of the chart, and refuses figures that cannot be booked."""

import random
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from core.ledger.postings import CHART, POSTINGS
from core.ledger.service import Facts, Unbalanced, cancellation, earning, post, release, reverse

NOW = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
FACTS = Facts(7, "CNY", 3, "card")


@pytest.mark.parametrize("event", POSTINGS)
def test_every_event_balances_on_accounts_of_the_chart(event: str) -> None:
    figures = {row.amount: n for n, row in enumerate(POSTINGS[event], start=100)}
    made = post(id=1, event=event, facts=FACTS, figures=figures, at=NOW, actor="test", part="x")
    assert sum(leg.amount for leg in made.legs) == 0
    assert made.key == f"{event}:7:x"
    named = {name.format(order=7, provider=3, method="card") for name in CHART}
    assert {leg.account for leg in made.legs} <= named
    back = reverse(transaction=made, id=2, at=NOW, actor="staff")
    assert [a.amount + b.amount for a, b in zip(made.legs, back.legs, strict=True)] == [0] * len(
        back.legs
    )


def test_every_account_of_the_chart_is_used_and_every_pair_moves_between_two() -> None:
    rows = [row for rows in POSTINGS.values() for row in rows]
    assert {name for row in rows for name in (row.debit, row.credit)} == set(CHART)
    assert all(row.debit != row.credit for row in rows)
    assert all(a.amount != b.amount for rows in POSTINGS.values() for a, b in pairwise(rows))


@pytest.mark.parametrize(
    "figures", [{}, {"amount": 0}, {"amount": -1}, {"sum": 5}, {"amount": 5, "tip": 1}]
)
def test_figures_that_cannot_be_booked_are_refused(figures: dict[str, int]) -> None:
    with pytest.raises(Unbalanced):
        post(id=1, event="captured", facts=FACTS, figures=figures, at=NOW, actor="test")


def test_an_event_that_needs_a_provider_is_refused_without_one() -> None:
    figures = earning(total=100, discount=0, commission_bp=1000).figures()
    with pytest.raises(Unbalanced):
        post(id=1, event="earned", facts=Facts(7, "CNY"), figures=figures, at=NOW, actor="test")


def test_a_name_with_none_in_it_is_a_name() -> None:
    facts = Facts(7, "CNY", 3, "NoneSuch")
    made = post(id=1, event="captured", facts=facts, figures={"amount": 1}, at=NOW, actor="test")
    assert made.legs[0].account == "gateway:NoneSuch"


def test_100_000_random_visits_never_lose_a_fen() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(100_000):
        total, discount = rng.randrange(10**6), rng.randrange(10**4)
        made = earning(total=total, discount=discount, commission_bp=rng.randrange(10_001))
        assert made.net + made.commission == total + discount
        assert 0 <= made.commission <= made.gross
        debt = rng.randrange(10**6)
        assert sum(release(net=made.net, debt=debt).values()) == made.net
        parts = cancellation(
            paid=total, fee=rng.randrange(10**6), provider_bp=rng.randrange(10_001)
        )
        assert sum(parts.values()) == total
        assert min(parts.values()) >= 0
