"""Photos of the work: asked for by the service as it was booked, obligatory where asked, kept with the order."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.catalog.model import WorkPhotos
from core.changes import Changes, Update
from core.errors import Invalid, NotAllowedNow, PhotosMissing, Unknown, WrongCode
from core.files.model import Kept
from core.orders.model import Order, Stage, State
from core.orders.photos import MOST_PHOTOS, JobPhotos
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("P5")
START = NOW + timedelta(hours=3)


@dataclass
class Visit:
    """One accepted order and its provider, as the tests drive it on."""

    town: Town
    photos: JobPhotos
    order: Order
    person_id: int

    @property
    def mine(self) -> dict[str, Any]:
        return {"order_id": self.order.id, "person_id": self.person_id, "now": NOW}

    async def goes(self, *verbs: str) -> None:
        for verb in verbs:
            more = {"code": self.order.start_code} if verb == "start" else {}
            await getattr(self.town.jobs, verb)(**self.mine, **more)

    async def shows(self, count: int = 1) -> None:
        for _ in range(count):
            file = Kept(
                id=self.town.new_id(), name="a.jpg", mime="image/jpeg", size=1, sha256="0",
                path="0", created_at=NOW,
            )  # fmt: skip
            await self.town.keep(file)
            await self.photos.add(file_id=file.id, **self.mine)

    async def count(self, stage: Stage) -> int:
        view = await self.town.orders.view(order_id=self.order.id)
        return len(view.photos_of(stage))

    async def state(self) -> State:
        return (await self.town.orders.view(order_id=self.order.id)).order.state


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


async def visit(place: Town, asked: WorkPhotos) -> Visit:
    service = await place.service(work_photos=asked)
    provider = await place.provider(service=service)
    order = await place.order(
        customer=await place.person(), service=service, provider=provider, start=START
    )
    photos = JobPhotos(store=place.store, orders=place.orders, new_id=place.new_id)
    made = Visit(place, photos, order, provider.person_id)
    await made.goes("accept", "depart", "arrive")
    return made


async def test_work_begins_and_ends_only_with_the_photos_that_are_asked_for(place: Town) -> None:
    job = await visit(place, WorkPhotos.BOTH)
    with pytest.raises(PhotosMissing, match="before"):
        await job.goes("start")
    with pytest.raises(PhotosMissing):  # not even a try of the code is counted
        await place.jobs.start(code="x", **job.mine)
    await job.shows(2)
    await job.goes("start")
    with pytest.raises(PhotosMissing, match="after"):
        await job.goes("finish")
    await job.shows()
    await job.goes("finish")
    assert [await job.count(stage) for stage in Stage] == [2, 1]
    assert await job.state() is State.FINISHED


@pytest.mark.parametrize(
    ("asked", "stages"),
    [
        (WorkPhotos.NONE, set()),
        (WorkPhotos.BEFORE, {Stage.BEFORE}),
        (WorkPhotos.AFTER, {Stage.AFTER}),
    ],
)
async def test_what_is_not_asked_for_is_not_needed_and_not_taken(
    place: Town, asked: WorkPhotos, stages: set[Stage]
) -> None:
    job = await visit(place, asked)
    for stage, verb in ((Stage.BEFORE, "start"), (Stage.AFTER, "finish")):
        if stage in stages:
            with pytest.raises(PhotosMissing):
                await job.goes(verb)
            await job.shows()
        else:
            with pytest.raises(NotAllowedNow):
                await job.shows()
        await job.goes(verb)
    assert await job.state() is State.FINISHED


async def test_an_order_keeps_what_was_asked_when_it_was_placed(place: Town) -> None:
    job = await visit(place, WorkPhotos.NONE)
    assert job.order.snapshot["work_photos"] == "none"
    older = job.order.model_copy(update={"snapshot": {"names": {}}})
    assert not any(older.asks(stage) for stage in Stage), "orders from before ask for nothing"


async def test_five_are_enough_and_one_can_begin_anew(place: Town) -> None:
    job = await visit(place, WorkPhotos.BEFORE)
    await job.shows(MOST_PHOTOS)
    with pytest.raises(Invalid, match="too_many"):
        await job.shows()
    await job.photos.clear(**job.mine)
    assert await job.count(Stage.BEFORE) == 0
    with pytest.raises(PhotosMissing):
        await job.goes("start")
    await job.shows()
    await job.goes("start")
    with pytest.raises(NotAllowedNow):
        await job.photos.clear(**job.mine)


async def test_only_the_present_provider_shows_the_work(place: Town) -> None:
    job = await visit(place, WorkPhotos.BOTH)
    stranger = await place.person("Eve")
    with pytest.raises(Unknown):
        await job.photos.add(order_id=job.order.id, person_id=stranger.id, file_id=1, now=NOW)
    with pytest.raises(Unknown):
        await job.photos.clear(order_id=job.order.id, person_id=stranger.id, now=NOW)


async def test_the_next_provider_takes_photos_of_his_own(place: Town) -> None:
    job = await visit(place, WorkPhotos.BEFORE)
    await job.shows()
    await place.passing.reassign(order_id=job.order.id, staff_id=9, now=NOW, reason="late")
    view = await place.orders.view(order_id=job.order.id)
    other = await place.provider(
        service=place.catalog.service(service_id=view.order.service_id), name="李师傅"
    )
    handed = {"provider_id": other.id, "state": State.ARRIVED, "version": view.order.version}
    await place.store.apply(Changes().add(Update(Order, job.order.id, handed)))
    after = await place.orders.view(order_id=job.order.id)
    assert after.lacks(Stage.BEFORE)
    assert after.photos == ()


async def test_staff_may_do_without_and_the_timeline_says_why(place: Town) -> None:
    job = await visit(place, WorkPhotos.BOTH)
    told = {"order_id": job.order.id, "staff_id": 9, "now": NOW}
    await place.jobs.override_start(reason="camera broken", **told)
    await place.jobs.override_finish(reason="seen on a call", **told)
    assert await job.state() is State.FINISHED
    steps = await place.orders.timeline(order_id=job.order.id)
    logged = [(s.verb, s.actor, s.facts["override"]) for s in steps if "override" in s.facts]
    assert logged == [("start", "staff", "camera broken"), ("finish", "staff", "seen on a call")]
    with pytest.raises(NotAllowedNow):
        await place.jobs.override_finish(reason="again", **told)


async def test_the_first_photo_of_a_stage_is_a_line_of_the_timeline(place: Town) -> None:
    job = await visit(place, WorkPhotos.BOTH)
    await job.shows(3)
    with pytest.raises(WrongCode):
        await place.jobs.start(code="nope", **job.mine)
    steps = await place.orders.timeline(order_id=job.order.id)
    assert [s.facts for s in steps if s.verb == "show"] == [{"stage": "before"}]
    view = await place.orders.view(order_id=job.order.id)
    assert view.order.version == len(steps)
