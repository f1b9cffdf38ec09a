"""Staff change the catalogue in a draft: every value has its bounds, nobody sees it before it is published whole."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.catalog.differences import Fate
from core.catalog.drafting import Author, Drafting
from core.catalog.model import Category, Edit, Service
from core.catalog.publishing import Publication, Publishing
from core.catalog.values import OF_SERVICE
from core.changes import Changes, Update
from core.errors import Invalid, NotAllowedNow, OutOfDate, Unknown
from core.people.model import Certificate, CertificateState, Provider
from db.catalog_uses import CatalogUses
from tests.builders import NOW, ZONE, Town, town

pytestmark = pytest.mark.feature("A7")
NAMES = {"zh_CN": "清洗油烟机", "en": "Hood cleaning"}
ANNA, BEN = Author(1, "Anna"), Author(2, "Ben")


@dataclass
class Shop:
    place: Town
    drafting: Drafting
    publishing: Publishing

    async def change(self, thing: Service | Category, by: Author = ANNA, **values: Any) -> Any:
        return await self.drafting.change(thing_id=thing.id, values=values, by=by, now=NOW)

    async def publish(self) -> Publication:
        seen = (await self.publishing.look(now=NOW)).seen
        return await self.publishing.publish(seen=seen, now=NOW)

    async def found(self, token: str) -> int:
        rows = await self.place.database.fetch(
            "SELECT COUNT(*) FROM search_term WHERE token = ?", [token]
        )
        return int(rows[0][0])


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with town(tmp_path) as place:
        uses = CatalogUses(place.database)
        drafting = Drafting(
            store=place.store, catalog=place.catalog, reads=uses, new_id=place.new_id
        )
        publishing = Publishing(
            store=place.store, catalog=place.catalog, drafting=drafting, reads=uses, zone=ZONE
        )
        yield Shop(place, drafting, publishing)


async def test_a_new_service_waits_in_the_draft_until_it_is_whole_and_published(shop: Shop) -> None:
    there = await shop.place.service(price_low=1, price_high=2)
    made = await shop.drafting.add_service(
        category_id=there.category_id, names=NAMES, by=ANNA, now=NOW
    )
    assert made.hidden
    await shop.change(made, hidden=False)
    stuck = await shop.publishing.look(now=NOW)
    assert [(one.thing.id, one.lacks) for one in stuck.obstacles] == [(made.id, "price")]
    with pytest.raises(Invalid, match="obstacles"):
        await shop.publish()
    await shop.change(made, price_low=8000, price_high=20000)
    with pytest.raises(Unknown):
        shop.place.catalog.service(service_id=made.id)
    assert await shop.found("油烟") == 0
    done = await shop.publish()
    assert [one.fate for one in done.differences] == [Fate.ADDED]
    assert made.id in [s.id for s in shop.place.catalog.services()]
    assert await shop.found("油烟") == 1
    with pytest.raises(NotAllowedNow):
        await shop.publish()


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("names", {"en": " "}), ("names", {"zh_CN": "长" * 41, "en": "x"}), ("price_low", -1),
        ("price_high", 0), ("minutes", 50), ("minutes", 0), ("minutes", 735),
        ("commission_bp", 5001), ("deposit_bp", 10001), ("payment", "gold"), ("unit", "moon"),
        ("keywords", ["x" * 31]), ("keywords", [str(n) for n in range(61)]), ("emoji", "abc"),
        ("options", [{"code": "a", "names": {"en": "x"}, "price": -1, "minutes": 0, "max": 1}]),
        ("options", [{"code": "a", "names": {"en": "x"}, "price": 1, "minutes": 7, "max": 1}]),
        ("questions", [{"code": str(n), "names": {"en": "x"}} for n in range(4)]),
        ("questions", [{"code": "a", "names": {"en": "x"}, "choices": [{"en": "only one"}]}]),
        ("code", "x"), ("id", 7),
    ],
)  # fmt: skip
async def test_values_out_of_bounds_change_nothing(shop: Shop, name: str, bad: Any) -> None:
    there = await shop.place.service(price_low=100, price_high=200)
    with pytest.raises(Invalid):
        await shop.change(there, **{name: bad})
    assert await shop.drafting.edits() == []


async def test_the_band_keeps_its_order_and_a_deposit_its_share(shop: Shop) -> None:
    there = await shop.place.service(price_low=100, price_high=200)
    for values in ({"price_low": 200}, {"price_low": 300, "price_high": 250}):
        with pytest.raises(Invalid, match="order"):
            await shop.change(there, **values)
    await shop.change(there, deposit_bp=0)
    assert [one.lacks for one in (await shop.publishing.look(now=NOW)).obstacles] == ["deposit_bp"]


async def test_a_value_put_back_leaves_no_edit(shop: Shop) -> None:
    there = await shop.place.service(price_low=100, price_high=200)
    await shop.change(there, minutes=120)
    await shop.change(there, BEN, commission_bp=1000)
    [edit] = await shop.drafting.edits()
    assert (edit.said, edit.name) == ({"minutes": 120, "commission_bp": 1000}, "Ben")
    await shop.change(there, minutes=90)
    await shop.change(there, commission_bp=1500)
    assert await shop.drafting.edits() == []


async def test_placed_orders_keep_their_names_price_minutes_and_commission(shop: Shop) -> None:
    place = shop.place
    service = await place.service(price_low=100, price_high=20000)
    ann, wang = await place.person(), await place.provider(service=service)
    order = await place.order(
        customer=ann, service=service, provider=wang, start=NOW + timedelta(hours=3)
    )
    await shop.change(
        service, names=NAMES, commission_bp=3000, minutes=120, price_low=15000, options=[]
    )
    await shop.publish()
    kept = (await place.orders.view(order_id=order.id)).order
    assert kept.snapshot["names"]["en"] == "AC repair"
    assert (kept.total, kept.minutes, kept.commission_bp) == (12000, 90, 1500)
    now = place.catalog.service(service_id=service.id)
    assert (now.names, now.minutes, now.options) == (NAMES, 120, [])


async def test_publishing_says_who_asks_a_price_outside_and_has_no_certificate(shop: Shop) -> None:
    place = shop.place
    service = await place.service(price_low=100, price_high=20000)
    await place.provider(service=service, price=12000, name="王师傅")
    li = await place.provider(service=service, price=15000, name="李师傅")
    await place.keep(certificate(place, li))
    await shop.change(service, price_low=13000, certificate="gas")
    seen = await shop.publishing.look(now=NOW)
    assert [(one.count, one.names) for one in seen.outside] == [(1, ("王师傅",))]
    assert [count for _, count in seen.uncertified] == [1]
    await shop.publish()
    kinds = await place.database.fetch("SELECT kind, COUNT(*) FROM timer GROUP BY kind")
    assert dict(kinds) == {"service.band": 1, "provider.reindex": 2}


def certificate(place: Town, provider: Provider) -> Certificate:
    return Certificate(
        id=place.new_id(), provider_id=provider.id, kind="gas", state=CertificateState.VERIFIED,
        expires_on=NOW.date() + timedelta(days=9),
    )  # fmt: skip


async def test_what_is_used_is_only_hidden_and_a_full_category_stays(shop: Shop) -> None:
    service = await shop.place.service(price_low=100, price_high=200)
    category = shop.place.catalog.category(category_id=service.category_id)
    with pytest.raises(Invalid, match="not_empty"):
        await shop.drafting.remove(thing_id=category.id, by=ANNA, now=NOW)
    await shop.drafting.remove(thing_id=service.id, by=ANNA, now=NOW)
    await shop.drafting.remove(thing_id=category.id, by=ANNA, now=NOW)
    await shop.place.provider(service=service)
    assert [one.id for one in (await shop.publishing.look(now=NOW)).used] == [service.id]
    with pytest.raises(Invalid, match="obstacles"):
        await shop.publish()
    for one in (category, service):
        await shop.drafting.undo(thing_id=one.id)
    with pytest.raises(Invalid, match="in_use"):
        await shop.drafting.remove(thing_id=service.id, by=ANNA, now=NOW)


async def test_what_nobody_uses_goes_with_its_category(shop: Shop) -> None:
    service = await shop.place.service(price_low=100, price_high=200)
    for thing_id in (service.id, service.category_id):
        await shop.drafting.remove(thing_id=thing_id, by=ANNA, now=NOW)
    done = await shop.publish()
    assert [one.fate for one in done.differences] == [Fate.REMOVED] * 2
    assert shop.place.catalog.things() == []


async def test_a_service_below_a_hidden_category_is_not_found(shop: Shop) -> None:
    service = await shop.place.service(price_low=100, price_high=200, payment="full")
    await shop.change(service, keywords=["zibo"])
    await shop.publish()
    assert await shop.found("zibo") == 1
    category = shop.place.catalog.category(category_id=service.category_id)
    await shop.change(category, hidden=True)
    await shop.publish()
    assert await shop.found("zibo") == 0
    assert shop.place.catalog.services() == []
    with pytest.raises(Unknown):
        shop.place.catalog.bookable(service_id=service.id)


async def test_neighbours_change_places(shop: Shop) -> None:
    root = await shop.drafting.add_category(parent_id=None, names=NAMES, by=ANNA, now=NOW)
    made = [
        await shop.drafting.add_service(category_id=root.id, names={"en": name}, by=ANNA, now=NOW)
        for name in "abc"
    ]
    await shop.drafting.move(thing_id=made[2].id, steps=-1, by=ANNA, now=NOW)
    await shop.drafting.move(thing_id=made[0].id, steps=-1, by=ANNA, now=NOW)
    services = (await shop.drafting.tree()).everything_in(category_id=root.id)[1]
    assert [one.names["en"] for one in services] == ["a", "c", "b"]
    await shop.publish()
    kept = shop.place.catalog.everything_in(category_id=root.id)[1]
    assert [one.names["en"] for one in kept] == ["a", "c", "b"]


async def test_only_the_draft_that_was_seen_is_published_or_thrown_away(shop: Shop) -> None:
    service = await shop.place.service(price_low=100, price_high=200)
    await shop.change(service, minutes=120)
    seen = (await shop.publishing.look(now=NOW)).seen
    await shop.change(service, BEN, minutes=135)
    with pytest.raises(OutOfDate):
        await shop.publishing.publish(seen=seen, now=NOW)
    with pytest.raises(OutOfDate):
        await shop.drafting.discard(seen=seen)
    again = (await shop.publishing.look(now=NOW)).seen
    assert await shop.drafting.discard(seen=again) == 1
    assert shop.place.catalog.service(service_id=service.id).minutes == 90


async def test_of_two_who_publish_at_once_one_is_outrun(shop: Shop) -> None:
    service = await shop.place.service(price_low=100, price_high=200)
    await shop.change(service, minutes=120)
    [edit] = await shop.drafting.edits()
    what = await shop.publishing.look(now=NOW)
    rival = Update(Edit, edit.id, {"version": 2}, {"version": 1})
    plain = shop.place.store.apply

    async def outrun(changes: Changes) -> None:
        shop.place.store.apply = plain  # type: ignore[method-assign]
        await plain(Changes().add(rival))
        await plain(changes)

    shop.place.store.apply = outrun  # type: ignore[method-assign]
    with pytest.raises(OutOfDate):
        await shop.publishing.publish(seen=what.seen, now=NOW)
    await shop.place.catalog.reload()
    assert shop.place.catalog.service(service_id=service.id).minutes == 90


def test_everything_that_can_be_changed_is_a_value_of_a_service() -> None:
    assert OF_SERVICE.keys() <= Service.model_fields.keys()


async def test_a_thing_hangs_in_another_category_and_never_below_itself(shop: Shop) -> None:
    one, other = [await shop.place.service(price_low=1, price_high=2) for _ in range(2)]
    how = {"by": ANNA, "now": NOW}
    inner = await shop.drafting.add_category(parent_id=one.category_id, names=NAMES, **how)
    for category_id in (one.category_id, inner.id):
        with pytest.raises(Unknown):  # in itself, below itself
            await shop.drafting.hang(thing_id=one.category_id, category_id=category_id, **how)
    with pytest.raises(Unknown):
        await shop.drafting.hang(thing_id=one.id, category_id=None, **how)
    await shop.drafting.hang(thing_id=one.id, category_id=other.category_id, **how)
    await shop.drafting.hang(thing_id=inner.id, category_id=None, **how)
    tree = await shop.drafting.tree()
    assert [each.id for each in tree.beside(other)] == [other.id, one.id], "the last there"
    assert tree.category(category_id=inner.id).parent_id is None
    assert shop.place.catalog.service(service_id=one.id).category_id == one.category_id
    await shop.publish()
    assert shop.place.catalog.service(service_id=one.id).category_id == other.category_id
