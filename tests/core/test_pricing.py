"""What a visit costs, case by case; amounts in fen."""

from datetime import UTC, datetime, timedelta

import pytest

from core.catalog.model import Service
from core.errors import CouponGone, Invalid
from core.orders.model import Pay
from core.pricing import Item, check_coupon, discount, fits, quote, ways_to_pay
from core.promotions.model import Coupon

NOW = datetime(2026, 3, 2, tzinfo=UTC)
REPAIR = Service(
    id=1, category_id=1, code="repair", names={"en": "Repair"}, minutes=90, payment="deposit",
    deposit_bp=3000,
    options=[
        {"code": "more", "names": {"en": "One more"}, "price": 9000, "minutes": 45, "max": 4},
        {"code": "clean", "names": {"en": "Clean"}, "price": 8000, "minutes": 30},
    ],
)  # fmt: skip


def coupon(**values: object) -> Coupon:
    given = {"amount": 0, "starts_at": NOW, "ends_at": NOW + timedelta(days=1)}
    return Coupon(id=1, code="C", **(given | values))  # type: ignore[arg-type]


def test_options_add_lines_minutes_and_money() -> None:
    made = quote(items=[Item(REPAIR, 12000, {"more": 2, "clean": 0})])
    assert [(line.count, line.amount) for line in made.lines] == [(1, 12000), (2, 18000)]
    assert (made.total, made.minutes) == (30000, 180)


@pytest.mark.parametrize("options", [{"other": 1}, {"more": 5}, {"clean": 2}, {"more": -1}])
def test_options_the_service_has_not_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        quote(items=[Item(REPAIR, 12000, options)])


@pytest.mark.parametrize(
    ("values", "off"),
    [({"amount": 2000}, 2000), ({"percent_bp": 1000}, 1200), ({"amount": 99999}, 12000)],
)
def test_a_coupon_takes_off_its_part_and_never_more_than_the_price(
    values: dict[str, int], off: int
) -> None:
    assert discount(coupon=coupon(**values), gross=12000) == off
    made = quote(items=[Item(REPAIR, 12000)], coupon=coupon(**values))
    assert made.total == 12000 - off


@pytest.mark.parametrize(
    "values",
    [{"active": False}, {"minimum": 12001}, {"service_ids": [2]}, {"used": 1000},
     {"ends_at": NOW}, {"starts_at": NOW + timedelta(hours=1)}],
)  # fmt: skip
def test_a_coupon_that_does_not_fit_is_gone(values: dict[str, object]) -> None:
    assert not fits(coupon=coupon(**values), service_id=1, gross=12000, now=NOW)
    with pytest.raises(CouponGone):
        check_coupon(
            coupon=coupon(**values), lines=quote(items=[Item(REPAIR, 12000)]).lines, now=NOW
        )


@pytest.mark.parametrize(
    ("payment", "on_site", "ways"),
    [
        ("full", False, (Pay.FULL,)),
        ("full", True, (Pay.FULL, Pay.ON_SITE)),
        ("deposit", False, (Pay.DEPOSIT, Pay.FULL)),
        ("deposit", True, (Pay.DEPOSIT, Pay.FULL, Pay.ON_SITE)),
    ],
)
def test_the_service_says_how_it_may_be_paid(
    payment: str, on_site: bool, ways: tuple[Pay, ...]
) -> None:
    service = REPAIR.model_copy(update={"payment": payment, "on_site": on_site})
    assert ways_to_pay(services=[service]) == ways


def test_what_is_due_now_follows_from_the_way() -> None:
    due = [quote(items=[Item(REPAIR, 12345)]).due(pay) for pay in Pay]
    assert due == [12345, 3704, 0]  # 3703.5 rounds half up
