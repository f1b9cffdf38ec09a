"""On PostgreSQL a unit costs one round trip, and a wire that breaks under it neither loses nor doubles it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import SlotTaken
from core.orders.model import Order, Pay
from db.engine import Database
from db.ops import Op
from tests.databases import Blank
from tests.reliability.town import NOON, Town, settle
from tests.wire import Loss, Wire

MORNING = NOON + timedelta(days=1)


@pytest.fixture
async def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    monkeypatch.setenv("PGSSLMODE", "disable")
    return Wire()


@pytest.fixture
async def here(wire: Wire, blank: Blank, tmp_path: Path) -> AsyncIterator[Town]:
    async with blank("postgresql", tmp_path) as url, wire.to(url) as over:
        database = await Database.open(over, connections=1)
        try:
            yield await settle(database, tmp_path)
        finally:
            await database.close()


@pytest.fixture
def trips(here: Town, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of each unit that is written from now on."""
    counted, apply = list[int](), here.database.apply

    async def write(ops: list[Op]) -> Any:
        before = wire.trips
        try:
            return await apply(ops)
        finally:
            counted.append(wire.trips - before)

    monkeypatch.setattr(here.database, "apply", write)
    return counted


async def books(here: Town, *, taken: bool = False) -> Order:
    customer, other = await here.customers(2)
    provider = await here.provider(here.services[0])
    await here.wants(customer, provider, MORNING, pay=Pay.ON_SITE)
    if taken:
        await here.wants(other, provider, MORNING, pay=Pay.ON_SITE)
        await here.place(other.id)
    return await here.place(customer.id)


@pytest.mark.feature("C8")
async def test_a_booking_is_written_in_one_round_trip(here: Town, trips: list[int]) -> None:
    await here.service()
    await books(here)
    trips.clear()
    order = await books(here)
    assert set(trips) == {1}
    assert await here.built.store.get(Order, id=order.id) == order


@pytest.mark.feature("C8")
async def test_statements_that_are_new_to_a_connection_come_along(
    here: Town, trips: list[int]
) -> None:
    await here.database.apply([Op("UPDATE person SET name = ? WHERE id = ?", ["Li", 1])])
    await here.database.apply([Op("UPDATE person SET frozen = ? WHERE id = ?", [False, 1])])
    assert trips[-1] == 1


async def test_an_hour_that_is_taken_is_refused_and_nothing_of_the_booking_stays(
    here: Town, trips: list[int]
) -> None:
    await here.service()
    with pytest.raises(SlotTaken):
        await books(here, taken=True)
    assert trips[-1] == 1
    assert await here.built.store.count(Order) == 1


GROW = "UPDATE done_once SET at = at + 1 WHERE key = ? RETURNING key, at"


@pytest.mark.parametrize("loss", Loss)
async def test_a_unit_is_written_once_whatever_the_wire_loses(
    here: Town, wire: Wire, loss: Loss
) -> None:
    database = here.database
    await database.apply([Op("INSERT INTO done_once (key, at) VALUES (?, ?)", ["it's", 1])])
    wire.breaks = loss
    assert await database.apply([Op(GROW, ["it's"], returns=True)]) == [[("it's", 2)]]
    if loss is Loss.LATE:
        await wire.late_arrives()
    assert await database.fetch("SELECT key, at FROM done_once") == [("it's", 2)]
    assert wire.breaks is None
    done = await database.fetch("SELECT COUNT(*) FROM unit WHERE answers IS NOT NULL")
    assert done == [(2,)]


async def test_a_lost_commit_of_a_booking_is_found_again(here: Town, wire: Wire) -> None:
    await here.service()
    wire.breaks = Loss.ANSWER
    await books(here)
    assert wire.breaks is None
    assert await here.built.store.count(Order) == 1


@pytest.mark.parametrize("returns", [False, True])
async def test_what_a_connection_has_not_prepared_any_more_is_prepared_anew(
    here: Town, returns: bool
) -> None:
    """Also what it thinks it has, as a call that was broken off never came to it."""
    database = here.database
    add = "INSERT INTO done_once (key, at) VALUES (?, ?)" + " RETURNING at" * returns
    await database.apply([Op(add, ["a", 1], returns=returns)])
    pool = database._pool  # type: ignore[attr-defined]
    names = "SELECT name FROM pg_prepared_statements WHERE name LIKE 'unit%'"
    for [name] in await pool.fetch(names):
        await pool.execute(f"DEALLOCATE {name}")
    await database.apply([Op(add, ["b", 2], returns=returns)])
    assert await database.fetch("SELECT COUNT(*) FROM done_once") == [(2,)]


async def test_a_column_that_changed_its_kind_only_costs_a_new_plan(here: Town) -> None:
    database = here.database
    await database.apply([Op("INSERT INTO done_once (key, at) VALUES (?, ?)", ["a", 1])])
    grow = Op(GROW, ["a"], returns=True)
    assert await database.apply([grow]) == [[("a", 2)]]
    await database._pool.execute("ALTER TABLE done_once ALTER at TYPE numeric")  # type: ignore[attr-defined]
    try:
        assert await database.apply([grow]) == [[("a", 3)]]
    finally:
        await database._pool.execute("ALTER TABLE done_once ALTER at TYPE bigint")  # type: ignore[attr-defined]
