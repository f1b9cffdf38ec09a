"""Money adds up: no share and no split ever makes or loses a minor unit."""

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import (
    CurrencyMismatch,
    Money,
    exponent,
    share,
    split,
    to_decimal,
    to_minor,
)

AMOUNTS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize("count", [20_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_random_splits_add_up_and_are_never_off_by_more_than_one(count: int) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _ in range(count):
        total = rng.choice((rng.randrange(-9, 10), rng.randrange(10**7)))
        weights = [rng.randrange(1, 10_001) for _ in range(rng.randrange(1, 7))]
        parts = split(total=total, weights=weights)
        assert sum(parts) == total
        scale = sum(weights)
        assert all(abs(p * scale - total * w) < scale for p, w in zip(parts, weights, strict=True))


@settings(max_examples=500)
@given(total=AMOUNTS, weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_split_mirrors_gives_nothing_for_nothing_and_adds_up(
    total: int, weights: list[int]
) -> None:
    if not any(weights):
        with pytest.raises(ValueError):
            split(total=total, weights=weights)
        return
    parts = split(total=total, weights=weights)
    assert sum(parts) == total
    assert split(total=-total, weights=weights) == [-part for part in parts]
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@settings(max_examples=500)
@given(amount=AMOUNTS, rate=st.integers(0, 10_000))
def test_a_share_is_the_nearest_unit_and_mirrors(amount: int, rate: int) -> None:
    part = share(amount=amount, rate_bp=rate)
    assert abs(2 * (part * 10_000 - amount * rate)) <= 10_000
    assert share(amount=-amount, rate_bp=rate) == -part
    assert share(amount=amount, rate_bp=0) == 0
    assert share(amount=amount, rate_bp=10_000) == amount


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [(1, 5000, 1), (1, 4999, 0), (-1, 5000, -1), (3, 1500, 0), (19_999, 1525, 3050)],
)
def test_half_a_unit_is_rounded_away_from_zero(amount: int, rate: int, expected: int) -> None:
    assert share(amount=amount, rate_bp=rate) == expected


def test_left_over_units_go_to_the_earlier_of_equals() -> None:
    assert split(total=100, weights=[1, 1, 1]) == [34, 33, 33]
    assert split(total=-1, weights=[1, 1]) == [-1, 0]


@pytest.mark.parametrize(
    ("currency", "minor", "shown"),
    [("CNY", 12850, "128.50"), ("JPY", 12850, "12850"), ("KWD", 12850, "12.850")],
)
def test_each_currency_has_its_own_minor_unit(currency: str, minor: int, shown: str) -> None:
    assert str(to_decimal(amount=minor, currency=currency)) == shown
    assert to_minor(value=Decimal(shown), currency=currency) == minor
    too_fine = Decimal(1).scaleb(-exponent(currency=currency) - 1)
    with pytest.raises(ValueError):
        to_minor(value=too_fine, currency=currency)


def test_currencies_do_not_mix() -> None:
    assert Money(1, "CNY") + Money(2, "CNY") == Money(3, "CNY")
    assert Money(1, "CNY") - Money(2, "CNY") == -Money(1, "CNY")
    assert Money(1, "CNY") < Money(2, "CNY")
    with pytest.raises(CurrencyMismatch):
        _ = Money(1, "CNY") + Money(1, "JPY")
