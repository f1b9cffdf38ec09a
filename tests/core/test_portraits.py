"""A new photo of a provider: one waits at a time, staff decide once, and no file is left that nobody speaks of."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.changes import Changes, Insert, Update
from core.errors import DomainError, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.files.model import Kept
from core.people.model import Provider, ProviderState
from core.portraits.model import Portrait, PortraitState
from core.portraits.service import Portraits
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("P1", "A2")


@dataclass
class Studio:
    town: Town
    portraits: Portraits
    provider: Provider

    async def picture(self) -> int:
        number = self.town.new_id()
        kept = Kept(
            id=number, owner_id=self.provider.person_id, name="p.jpg", mime="image/jpeg", size=1,
            sha256=str(number), path=str(number), created_at=NOW,
        )  # fmt: skip
        await self.town.store.apply(Changes().add(Insert(kept)))
        return kept.id

    async def send(self) -> Portrait:
        return await self.portraits.send(
            person_id=self.provider.person_id, file_id=await self.picture(), now=NOW
        )

    async def shown(self) -> int | None:
        found = await self.town.store.get(Provider, id=self.provider.id)
        assert found is not None
        return found.photo_id

    async def leaving(self) -> set[int]:
        sql = "SELECT subject_id FROM timer WHERE kind = 'file.leave'"
        return {int(row[0]) for row in await self.town.database.fetch(sql)}


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    async with town(tmp_path) as place:
        portraits = Portraits(store=place.store, new_id=place.new_id)
        provider = await place.provider(service=await place.service())
        yield Studio(place, portraits, provider)


async def test_approved_it_is_on_the_page_and_the_former_leaves(studio: Studio) -> None:
    former = await studio.picture()
    await studio.town.store.apply(
        Changes().add(Update(Provider, studio.provider.id, {"photo_id": former}))
    )
    sent = await studio.send()
    assert await studio.shown() == former
    assert [one.portrait.id for one in await studio.portraits.waiting()] == [sent.id]
    await studio.portraits.approve(portrait_id=sent.id, version=sent.version, by=7, now=NOW)
    assert await studio.shown() == sent.file_id
    assert await studio.leaving() == {former}
    assert await studio.portraits.waiting() == []
    with pytest.raises(NotAllowedNow):
        await studio.portraits.reject(portrait_id=sent.id, by=7, reason="no", now=NOW)


async def test_rejected_the_page_stays_as_it_was_and_the_new_one_leaves(studio: Studio) -> None:
    sent = await studio.send()
    with pytest.raises(Invalid):
        await studio.portraits.reject(portrait_id=sent.id, by=7, reason=" ", now=NOW)
    done = await studio.portraits.reject(portrait_id=sent.id, by=7, reason="too dark", now=NOW)
    assert (done.state, done.reason, done.file_id) == (PortraitState.REJECTED, "too dark", None)
    assert await studio.shown() is None
    assert await studio.leaving() == {sent.file_id}


async def test_another_one_takes_the_place_of_the_one_that_waits(studio: Studio) -> None:
    first = await studio.send()
    second = await studio.send()
    assert (second.id, second.version) == (first.id, 2)
    assert await studio.leaving() == {first.file_id}
    with pytest.raises(OutOfDate):  # staff looked at the first one
        await studio.portraits.approve(portrait_id=first.id, version=1, by=7, now=NOW)
    await studio.portraits.approve(portrait_id=first.id, version=2, by=7, now=NOW)
    assert await studio.shown() == second.file_id


async def test_decided_by_two_at_once_it_is_decided_once(studio: Studio) -> None:
    sent = await studio.send()
    yes = studio.portraits.approve(portrait_id=sent.id, version=1, by=7, now=NOW)
    no = studio.portraits.reject(portrait_id=sent.id, by=8, reason="too dark", now=NOW)
    ends = await asyncio.gather(yes, no, return_exceptions=True)
    assert sum(isinstance(end, DomainError) for end in ends) == 1
    done = (await studio.portraits.look(portrait_id=sent.id)).portrait
    assert (await studio.shown() is not None) == (done.state is PortraitState.APPROVED)


async def test_only_of_somebody_who_works(studio: Studio) -> None:
    applied = {"state": ProviderState.APPLIED}
    await studio.town.store.apply(Changes().add(Update(Provider, studio.provider.id, applied)))
    with pytest.raises(NotAllowedNow):
        await studio.send()
    with pytest.raises(Unknown):
        await studio.portraits.look(portrait_id=1)
