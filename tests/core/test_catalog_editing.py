"""Staff change the catalogue: every value has its bounds, orders keep what they were promised."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.catalog.editing import CHECKS, Editing
from core.catalog.model import Service
from core.errors import Invalid
from tests.builders import NOW, Town, town

NAMES = {"zh_CN": "清洗油烟机", "en": "Hood cleaning"}


class Index:
    """Remembers what the search was told to read anew."""

    def __init__(self) -> None:
        self.told: list[int] = []

    async def service(self, *, service_id: int) -> None:
        self.told.append(service_id)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def editing(place: Town, index: Index) -> Editing:
    return Editing(store=place.store, catalog=place.catalog, index=index, new_id=place.new_id)


@pytest.mark.feature("A7")
async def test_a_new_service_is_hidden_until_it_is_whole_and_shown(place: Town) -> None:
    there, index = await place.service(), Index()
    edit = editing(place, index)
    made = await edit.add(category_id=there.category_id, names=NAMES)
    assert made.id not in [s.id for s in place.catalog.services()]
    with pytest.raises(Invalid, match="incomplete"):
        await edit.change(service_id=made.id, values={"hidden": False})
    await edit.change(service_id=made.id, values={"price_low": 8000, "price_high": 20000})
    await edit.change(service_id=made.id, values={"hidden": False})
    assert made.id in [s.id for s in place.catalog.services()]
    assert index.told == [made.id] * 3


@pytest.mark.feature("A7")
@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("names", {"en": "Only one"}), ("names", {"zh_CN": " ", "en": "x"}),
        ("names", {"zh_CN": "长" * 41, "en": "x"}), ("price_low", -1), ("price_high", 0),
        ("minutes", 50), ("minutes", 0), ("minutes", 735), ("commission_bp", 5001),
        ("deposit_bp", 10001), ("payment", "gold"), ("keywords", ["x" * 31]),
        ("keywords", [str(n) for n in range(31)]),
    ],
)  # fmt: skip
async def test_values_out_of_bounds_change_nothing(place: Town, name: str, bad: Any) -> None:
    there, index = await place.service(price_low=100, price_high=200), Index()
    with pytest.raises(Invalid):
        await editing(place, index).change(service_id=there.id, values={name: bad})
    assert await place.store.get(Service, id=there.id) == there
    assert index.told == []


@pytest.mark.feature("A7")
async def test_the_band_keeps_its_order_and_a_deposit_its_share(place: Town) -> None:
    there = await place.service(price_low=100, price_high=200)
    edit = editing(place, Index())
    for values in ({"price_low": 200}, {"price_low": 300, "price_high": 250}, {"deposit_bp": 0}):
        with pytest.raises(Invalid):
            await edit.change(service_id=there.id, values=values)


@pytest.mark.feature("A7")
async def test_placed_orders_keep_their_names_price_and_commission(place: Town) -> None:
    service = await place.service(price_low=100, price_high=20000)
    ann, wang = await place.person(), await place.provider(service=service)
    order = await place.order(
        customer=ann, service=service, provider=wang, start=NOW + timedelta(hours=3)
    )
    values = {"names": NAMES, "commission_bp": 3000, "minutes": 120, "price_low": 15000}
    await editing(place, Index()).change(service_id=service.id, values=values)
    kept = (await place.orders.view(order_id=order.id)).order
    assert kept.snapshot["names"]["en"] == "AC repair"
    assert (kept.total, kept.minutes, kept.commission_bp) == (12000, 90, 1500)
    assert place.catalog.service(service_id=service.id).names == NAMES


def test_everything_that_can_be_changed_is_a_value_of_a_service() -> None:
    assert CHECKS.keys() <= Service.model_fields.keys()
