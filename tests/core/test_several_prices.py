"""Several services in one visit, by numbers: lines, discount, deposit and commission always add up."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.catalog.model import Service
from core.money import share
from core.orders.earned import earned
from core.orders.model import Order, Pay, State
from core.pricing import Item, check_coupon, quote, taken_off, usable
from core.promotions.model import Coupon

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def service(number: int, **values: Any) -> Service:
    option = {"code": "more", "names": {"en": "More"}, "price": 1001, "minutes": 15, "max": 5}
    given = {"names": {"en": f"S{number}"}, "minutes": 60, "options": [option]}
    return Service(id=number, category_id=1, code=f"s{number}", **(given | values))


def coupon(**values: Any) -> Coupon:
    given = {"starts_at": NOW, "ends_at": NOW + timedelta(days=1)}
    return Coupon(id=1, code="C", **(given | values))


def order(items: list[Item], off: Coupon | None = None, **values: Any) -> Order:
    """The order such a visit becomes."""
    priced = quote(items=items, coupon=off)
    main, *further = items
    given: dict[str, Any] = {
        "id": 1, "number": "1", "customer_id": 1, "provider_id": 1, "state": State.WORKING,
        "service_id": main.service.id, "commission_bp": main.service.commission_bp,
        "further": [{"service_id": item.service.id, "commission_bp": item.service.commission_bp,
                    "answers": {}} for item in further],
        "starts_at": NOW, "minutes": priced.minutes, "buffer_min": 0, "place": "", "lat": 0.0,
        "lon": 0.0, "lines": [line.as_dict() for line in priced.lines], "currency": "CNY",
        "total": priced.total, "discount": priced.discount, "pay": Pay.ON_SITE,
        "method": "on_site", "due_now": 0, "start_code": "", "created_at": NOW,
    }  # fmt: skip
    return Order(**(given | values))


REPAIR = service(1, commission_bp=1500, payment="deposit", deposit_bp=3000)
CLEANING = service(2, commission_bp=1000, payment="full", on_site=True)
GAS = service(3, commission_bp=2000, payment="full", on_site=False)


def test_minutes_and_lines_of_all_services_are_summed() -> None:
    made = quote(items=[Item(REPAIR, 12000, {"more": 2}), Item(CLEANING, 8000)])
    assert [(line.service_id, line.option, line.amount) for line in made.lines] == [
        (1, "", 12000), (1, "more", 2002), (2, "", 8000),
    ]  # fmt: skip
    assert (made.total, made.minutes) == (22002, 150)


def test_the_deposit_is_the_sum_of_each_services_part() -> None:
    both = quote(items=[Item(REPAIR, 10000), Item(CLEANING, 8000)])
    assert both.ways == (Pay.DEPOSIT, Pay.FULL, Pay.ON_SITE)
    assert both.due(Pay.DEPOSIT) == 3000, "the cleaning may be paid at the door"
    strict = quote(items=[Item(REPAIR, 10000), Item(GAS, 8000)])
    assert strict.ways == (Pay.DEPOSIT, Pay.FULL), "one service that is paid online rules"
    assert strict.due(Pay.DEPOSIT) == 3000 + 8000


def test_a_coupon_of_one_service_counts_and_reduces_its_lines_alone() -> None:
    items = [Item(REPAIR, 10000), Item(CLEANING, 8000, {"more": 1})]
    lines = quote(items=items).lines
    half = coupon(percent_bp=5000, service_ids=[2])
    assert taken_off(coupon=half, lines=lines) == 4501
    assert quote(items=items, coupon=half).due(Pay.DEPOSIT) == 3000, "the deposit is the repair's"
    assert taken_off(coupon=coupon(amount=99999, service_ids=[2]), lines=lines) == 9001
    assert not usable(coupon=coupon(minimum=9002, service_ids=[2]), lines=lines, now=NOW)
    assert not usable(coupon=coupon(amount=1, service_ids=[7]), lines=lines, now=NOW)
    check_coupon(coupon=coupon(minimum=19001), lines=lines, now=NOW)


def test_each_service_keeps_its_own_commission() -> None:
    made = earned(order=(one := order([Item(REPAIR, 10000), Item(GAS, 5000)])), total=one.total)
    assert (made.gross, made.commission) == (15000, 1500 + 1000)


def test_lines_that_name_no_service_belong_to_the_main_one() -> None:
    """Orders of before, and what is added to the bill later."""
    one = order([Item(REPAIR, 10000), Item(GAS, 5000)])
    one.lines.append({"names": {"en": "Part"}, "count": 1, "amount": 2000})
    one.total += 2000
    assert [task.gross for task in one.tasks] == [12000, 5000]
    assert earned(order=one, total=one.total).commission == 1800 + 1000


@pytest.mark.feature("C7")
@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_booked_the_parts_add_up(seed: int) -> None:
    rng = random.Random(seed)
    print("seed", seed)
    for _ in range(100):
        items = [
            Item(
                service(n, commission_bp=rng.choice((0, 777, 1500, 2999)),
                        payment=rng.choice(("full", "deposit", "free")),
                        deposit_bp=rng.choice((0, 1, 3333)), on_site=rng.random() < 0.7),
                rng.randrange(0, 50000), {"more": rng.randrange(6)},
            )
            for n in range(1, rng.randrange(2, 6))
        ]  # fmt: skip
        off = coupon(
            amount=rng.choice((0, 1, 999, 60000)), percent_bp=rng.choice((0, 1, 3333, 10000)),
            service_ids=rng.sample([item.service.id for item in items], rng.randrange(len(items))),
        )  # fmt: skip
        made = quote(items=items, coupon=off)
        one = order(items, off)
        assert sum(line.amount for line in made.lines) - made.discount == made.total == one.total
        assert 0 <= made.discount <= made.gross
        assert 0 <= made.due(Pay.DEPOSIT) <= made.total
        assert sum(task.gross for task in one.tasks) == made.gross
        brings = earned(order=one, total=one.total)
        assert brings.net + brings.commission == brings.gross == made.gross
        exact = sum(task.gross * task.commission_bp for task in one.tasks) / 10_000
        assert abs(brings.commission - exact) <= len(items) / 2
        rates = {item.service.commission_bp for item in items}
        if len(rates) == 1:
            assert brings.commission == share(amount=made.gross, rate_bp=rates.pop())
        part = earned(order=one, total=rng.randrange(one.total + 1))
        assert 0 <= part.commission <= part.gross
