"""Terms by themselves: dearer tiers never become cheaper, and no string of moves makes a late cancellation free."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.orders.model import Order, Pay, State
from core.orders.terms import TERM_RULES, after_move, cancel_terms, free_until, rate
from core.rules import RULES

pytestmark = pytest.mark.feature("C15")

BOOKED = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
hours = st.floats(min_value=0, max_value=100, allow_nan=False).map(lambda h: timedelta(hours=h))
terms = st.fixed_dictionaries(
    {name: st.integers(RULES[name].low, RULES[name].high) for name in TERM_RULES}
)


def order(**values: Any) -> Order:
    given: dict[str, Any] = {
        "id": 1, "number": "48273615", "customer_id": 1, "provider_id": 7, "service_id": 1,
        "state": State.ACCEPTED, "starts_at": BOOKED + timedelta(hours=50), "minutes": 60,
        "buffer_min": 0, "place": "", "lat": 0.0, "lon": 0.0, "currency": "CNY", "total": 19_999,
        "pay": Pay.FULL, "method": "card", "due_now": 19_999, "paid": 19_999, "commission_bp": 0,
        "start_code": "0000", "created_at": BOOKED,
    }  # fmt: skip
    return Order(**(given | values))


def moved(one: Order, start: datetime, now: datetime) -> Order:
    bp, _ = rate(order=one, now=now)
    return one.model_copy(update={"starts_at": start, "terms": after_move(order=one, bp=bp)})


@given(terms=terms, moves=st.lists(st.tuples(hours, hours), min_size=1, max_size=6), then=hours)
def test_after_any_moves_cancelling_costs_no_less_than_at_the_first_of_them(
    terms: dict[str, int], moves: list[tuple[timedelta, timedelta]], then: timedelta
) -> None:
    one, now, first = order(terms=terms), BOOKED, None
    for later, ahead in moves:
        now += later
        fee = cancel_terms(order=one, now=now).fee
        first = fee if first is None else first
        one = moved(one, now + ahead, now)
        assert cancel_terms(order=one, now=now).fee >= fee
    assert first is not None
    assert cancel_terms(order=one, now=now + then).fee >= first


@given(terms=terms, before=hours, later=hours, state=st.sampled_from(State))
def test_waiting_never_makes_it_cheaper_and_setting_out_neither(
    terms: dict[str, int], before: timedelta, later: timedelta, state: State
) -> None:
    one = order(terms=terms, state=state)
    soon, late = BOOKED + before, BOOKED + before + later
    assert cancel_terms(order=one, now=late).fee >= cancel_terms(order=one, now=soon).fee
    if state is State.ACCEPTED:
        gone = one.model_copy(update={"state": State.ON_THE_WAY})
        assert cancel_terms(order=gone, now=soon).fee >= cancel_terms(order=one, now=soon).fee


@given(terms=terms, when=hours, paid=st.integers(0, 19_999), back=st.integers(0, 19_999))
def test_never_more_than_is_held_and_all_of_it_is_accounted_for(
    terms: dict[str, int], when: timedelta, paid: int, back: int
) -> None:
    one = order(terms=terms, paid=paid, refund_due=min(back, paid))
    found = cancel_terms(order=one, now=BOOKED + when)
    held = one.paid - one.refund_due
    assert 0 <= found.fee <= held
    assert found.fee + found.refund == held


@given(terms=terms, when=hours)
def test_free_is_exactly_until_the_moment_that_is_promised(
    terms: dict[str, int], when: timedelta
) -> None:
    one = order(terms=terms)
    if BOOKED + when <= free_until(order=one):
        assert cancel_terms(order=one, now=BOOKED + when).fee == 0


def test_what_a_late_move_froze_falls_when_its_provider_gives_the_visit_back() -> None:
    one = moved(order(), BOOKED + timedelta(hours=90), BOOKED + timedelta(hours=47))
    now = BOOKED + timedelta(hours=48)
    assert cancel_terms(order=one, now=now).fee == 4_000
    passed = one.model_copy(update={"provider_id": 8})
    assert cancel_terms(order=passed, now=now).fee == 0
