"""What is taken out of a review leaves the disk, and nothing else does, whoever sends the same just then."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.files import DiskFiles
from core.changes import Changes, Update
from core.files.model import Copy, Kept
from core.orders.model import Order, Pay
from core.people.model import Person
from core.reviews.model import Review
from core.reviews.service import Scores
from tests.e2e.test_booking import jpeg
from tests.films import film
from tests.reliability.town import NOON, Town

pytestmark = pytest.mark.feature("C18")
PICTURE = jpeg()


async def finished(here: Town) -> tuple[Person, Order]:
    service = await here.service()
    provider, [customer] = await here.provider(service), await here.customers(1)
    await here.wants(customer, provider, NOON + timedelta(hours=1), pay=Pay.ON_SITE)
    order = await here.place(customer.id)
    at = {"order_id": order.id, "person_id": provider.person_id}
    for verb in ("accept", "depart", "arrive"):
        await getattr(here.core.jobs, verb)(**at, now=here.now)
    await here.core.jobs.start(**at, code=order.start_code, now=here.now)
    await here.core.jobs.finish(**at, now=here.now)
    return customer, order


async def sent(here: Town, owner: Person, content: bytes, mime: str = "image/jpeg") -> Kept:
    return await here.built.files.keep(
        content=content, mime=mime, name="a", owner_id=owner.id, now=here.now
    )


async def publishes(here: Town, order: Order, files: Sequence[Kept]) -> None:
    await here.core.reviews.write(
        order_id=order.id, customer_id=order.customer_id, scores=Scores(5, 5, 5), text="",
        files=[one.id for one in files], now=here.now,
    )  # fmt: skip
    await here.sweep.run()
    here.now += timedelta(minutes=1)


def on_disk(folder: Path) -> set[str]:
    root = folder / "files"
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


async def test_what_a_change_takes_out_leaves_with_its_cover_and_its_copies(
    here: Town, tmp_path: Path
) -> None:
    customer, order = await finished(here)
    stays, goes = (
        await sent(here, customer, PICTURE),
        await sent(here, customer, film(), "video/mp4"),
    )
    for kept in (stays, goes):
        await here.built.files.keep_copy("customer", kept.id, f"t{kept.id}")
    await publishes(here, order, [stays, goes])
    assert len(on_disk(tmp_path)) == 3, "a photo, a film and its cover"
    await publishes(here, order, [stays])
    assert on_disk(tmp_path) == {stays.path}
    assert [one.id for one in await here.built.store.find(Kept)] == [stays.id]
    assert [one.file_id for one in await here.built.store.find(Copy)] == [stays.id]


async def test_what_is_taken_out_of_a_change_under_way_stays_while_it_is_published(
    here: Town, tmp_path: Path
) -> None:
    customer, order = await finished(here)
    published = await sent(here, customer, PICTURE)
    await publishes(here, order, [published])
    added = await sent(here, customer, PICTURE)
    await here.core.reviews.take_out(
        customer_id=customer.id, files=[published.id, added.id], now=here.now
    )
    await here.sweep.run()
    assert on_disk(tmp_path) == {published.path}


async def test_what_another_row_speaks_of_stays(here: Town, tmp_path: Path) -> None:
    customer, order = await finished(here)
    photo = await sent(here, customer, PICTURE)
    await publishes(here, order, [photo])
    await here.built.store.apply(Changes().add(Update(Order, order.id, {"photos": [photo.id]})))
    await publishes(here, order, [])
    assert await here.built.files.read(photo.id)


async def test_a_path_that_two_rows_share_stays_for_the_other(here: Town, tmp_path: Path) -> None:
    """Equal files had one path before each got its own."""
    customer, order = await finished(here)
    first, second = await sent(here, customer, PICTURE), await sent(here, customer, PICTURE)
    await here.built.store.apply(Changes().add(Update(Kept, second.id, {"path": first.path})))
    await publishes(here, order, [first, second])
    await publishes(here, order, [second])
    assert await here.built.files.read(first.id) is None
    assert await here.built.files.read(second.id)


async def test_nobody_takes_out_what_others_sent(here: Town) -> None:
    customer, _ = await finished(here)
    [stranger] = await here.customers(1)
    photo = await sent(here, customer, PICTURE)
    await here.core.reviews.take_out(customer_id=stranger.id, files=[photo.id], now=here.now)
    await here.sweep.run()
    assert await here.built.files.read(photo.id)


async def test_the_same_picture_that_is_kept_meanwhile_stays(
    here: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody sends it between the look at the rows and the removal of the bytes."""
    customer, order = await finished(here)
    [other] = await here.customers(1)
    photo = await sent(here, customer, PICTURE)
    await publishes(here, order, [photo])
    looked, rivals = here.built.store.find, list[Kept]()

    async def looks(kind: type, **where: object) -> object:
        found = await looked(kind, **where)
        if where.get("path") == photo.path and not rivals:
            rivals.append(await sent(here, other, PICTURE))
        return found

    monkeypatch.setattr(here.built.store, "find", looks)
    await publishes(here, order, [])
    assert [one.path for one in rivals] == sorted(on_disk(tmp_path))
    assert await here.built.files.read(rivals[0].id)


async def test_a_removal_that_was_broken_off_is_done_to_its_end(
    here: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer, order = await finished(here)
    photo = await sent(here, customer, PICTURE)
    await publishes(here, order, [photo])
    unlink = DiskFiles._unlink

    async def breaks_off(self: DiskFiles, path: str, **how: Sequence[int]) -> None:
        monkeypatch.setattr(DiskFiles, "_unlink", unlink)
        await unlink(self, path, **how)
        raise OSError("the power is gone")

    monkeypatch.setattr(DiskFiles, "_unlink", breaks_off)
    await publishes(here, order, [])
    assert await here.built.store.count(Kept) == 1
    here.now += timedelta(minutes=1)
    await here.sweep.run()
    assert await here.built.store.count(Kept) == 0
    assert on_disk(tmp_path) == set()
    [review] = await here.built.store.find(Review)
    assert review.files == []


async def test_what_was_sent_for_a_review_that_never_came_leaves_after_the_rules_days(
    here: Town, tmp_path: Path
) -> None:
    customer, order = await finished(here)
    abandoned, published = [await sent(here, customer, PICTURE) for _ in range(2)]
    await here.core.reviews.came(
        customer_id=customer.id, files=[abandoned.id, published.id], now=here.now
    )
    await publishes(here, order, [published])
    days = here.core.rules.number("review_draft_days")
    here.now += timedelta(days=days) - timedelta(minutes=2)
    await here.sweep.run()
    assert on_disk(tmp_path) == {abandoned.path, published.path}
    here.now += timedelta(minutes=2)
    await here.sweep.run()
    assert on_disk(tmp_path) == {published.path}


async def test_a_form_sent_after_its_pictures_left_is_published_without_them(here: Town) -> None:
    customer, order = await finished(here)
    gone = await sent(here, customer, PICTURE)
    [other] = await here.customers(1)
    strangers = await sent(here, other, PICTURE)
    await here.core.reviews.came(customer_id=customer.id, files=[gone.id], now=here.now)
    here.now += timedelta(days=here.core.rules.number("review_draft_days"))
    await here.sweep.run()
    await publishes(here, order, [gone, strangers])
    review = await here.core.reviews.of_order(order_id=order.id)
    assert review is not None
    assert review.files == [], "what left, and what never was hers"
