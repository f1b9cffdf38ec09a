"""Applying: saved at each answer, resumable anywhere, sent, sent back with a reason, sent again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import AlreadyDone, Invalid, NotAllowedNow, Unknown
from core.files.model import Kept
from core.people.amending import Amendment
from core.people.applications import Applications
from core.people.dossier import Application, missing
from core.people.judging import Judging
from core.people.model import CertificateState, Person, ProviderState
from core.people.schedule import Schedule
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("P1")


@dataclass
class Office:
    town: Town
    applications: Applications
    judging: Judging
    schedule: Schedule
    me: Person

    async def file(self) -> int:
        kept = Kept(
            id=self.town.new_id(), name="a.jpg", mime="image/jpeg", size=1, sha256="0", path="0",
            created_at=NOW,
        )  # fmt: skip
        await self.town.keep(kept)
        return kept.id

    async def filled(self) -> Application:
        """Everything answered for a service that needs a certificate."""
        who = {"person_id": self.me.id}
        service = await self.town.service(certificate="gas", price_low=8000, price_high=20000)
        await self.applications.begin(**who, now=NOW)
        await self.applications.set_name(**who, name="  Li   Lei ")
        await self.applications.set_phone(**who, phone="+86 138 0013 8000")
        await self.applications.set_photo(**who, file_id=await self.file())
        await self.applications.offer(**who, service_id=service.id, price=12000)
        await self.applications.set_years(**who, years=0)
        await self.applications.set_paper(**who, kind="gas", now=NOW, number="G-1")
        await self.applications.set_paper(**who, kind="gas", now=NOW, expires_on=date(2028, 5, 31))
        await self.applications.set_paper(**who, kind="gas", now=NOW, file_id=await self.file())
        await self.schedule.set_base(**who, lat=31.2, lon=121.4, place="People's Square", now=NOW)
        week = Amendment({0: [(540, 1080)], 1: [(540, 1080)]})
        await self.schedule.amend(**who, amendment=week, now=NOW)
        return await self.applications.open(**who)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with town(tmp_path) as place:
        applications = Applications(
            store=place.store, catalog=place.catalog, availability=place.availability,
            rules=place.rules, new_id=place.new_id,
        )  # fmt: skip
        schedule = Schedule(store=place.store, availability=place.availability, new_id=place.new_id)
        judging = Judging(
            store=place.store, applications=applications, availability=place.availability
        )
        yield Office(place, applications, judging, schedule, await place.person("Li Lei"))


async def test_a_fresh_application_lacks_everything_that_must_be_known(office: Office) -> None:
    application = await office.applications.begin(person_id=office.me.id, now=NOW)
    lacking = missing(application=application)
    assert lacking == ["name", "phone", "photo", "services", "years", "area", "hours"]
    assert application.next_part == "name"


async def test_beginning_twice_goes_on_with_the_same_application(office: Office) -> None:
    one = await office.applications.begin(person_id=office.me.id, now=NOW)
    await office.applications.set_name(person_id=office.me.id, name="Li Lei")
    two = await office.applications.begin(person_id=office.me.id, now=NOW)
    assert (two.provider.id, two.provider.name) == (one.provider.id, "Li Lei")


async def test_a_whole_application_lacks_nothing_and_can_be_sent_once(office: Office) -> None:
    application = await office.filled()
    assert missing(application=application) == []
    assert application.provider.name == "Li Lei"
    sent = await office.applications.submit(person_id=office.me.id, now=NOW)
    assert sent.provider.state is ProviderState.APPLIED
    with pytest.raises(AlreadyDone):
        await office.applications.submit(person_id=office.me.id, now=NOW)
    with pytest.raises(NotAllowedNow):
        await office.applications.set_name(person_id=office.me.id, name="Somebody Else")


async def test_what_lacks_is_said_on_sending(office: Office) -> None:
    await office.applications.begin(person_id=office.me.id, now=NOW)
    with pytest.raises(Invalid) as refused:
        await office.applications.submit(person_id=office.me.id, now=NOW)
    assert "photo" in refused.value.facts["missing"]  # type: ignore[operator]


async def test_rejected_keeps_everything_and_can_be_sent_again(office: Office) -> None:
    provider = (await office.filled()).provider
    await office.applications.submit(person_id=office.me.id, now=NOW)
    back = await office.judging.reject(
        provider_id=provider.id, parts=["photo"], reason="Your face can't be seen"
    )
    assert (back.provider.state, back.provider.mend) == (ProviderState.REJECTED, "photo")
    assert missing(application=back) == []
    mended = await office.applications.set_photo(
        person_id=office.me.id, file_id=await office.file()
    )
    assert not mended.provider.turned_down, "sent back, though nothing is left to mend"
    again = await office.applications.submit(person_id=office.me.id, now=NOW)
    assert (again.provider.state, again.provider.reason) == (ProviderState.APPLIED, "")


async def test_turned_down_is_not_sent_back(office: Office) -> None:
    provider = (await office.filled()).provider
    await office.applications.submit(person_id=office.me.id, now=NOW)
    no = await office.judging.reject(provider_id=provider.id, parts=[], reason="Enough of them")
    assert no.provider.turned_down
    again = await office.applications.submit(person_id=office.me.id, now=NOW)
    assert not again.provider.turned_down


async def test_approval_verifies_the_papers(office: Office) -> None:
    provider = (await office.filled()).provider
    await office.applications.submit(person_id=office.me.id, now=NOW)
    done = await office.judging.approve(provider_id=provider.id, now=NOW)
    assert done.provider.state is ProviderState.APPROVED
    assert [paper.state for paper in done.papers] == [CertificateState.VERIFIED]
    with pytest.raises(NotAllowedNow):
        await office.judging.approve(provider_id=provider.id, now=NOW)


@pytest.mark.parametrize("price", [7999, 20001, 0, -1])
async def test_a_price_outside_the_band_is_refused_with_the_band(
    office: Office, price: int
) -> None:
    service = await office.town.service(price_low=8000, price_high=20000)
    await office.applications.begin(person_id=office.me.id, now=NOW)
    with pytest.raises(Invalid) as refused:
        await office.applications.offer(person_id=office.me.id, service_id=service.id, price=price)
    assert refused.value.facts == {"low": 8000, "high": 20000}


@pytest.mark.parametrize("name", ["", "x", "123", "😀😀", "y" * 41])
async def test_names_that_are_none_are_refused(office: Office, name: str) -> None:
    await office.applications.begin(person_id=office.me.id, now=NOW)
    with pytest.raises(Invalid):
        await office.applications.set_name(person_id=office.me.id, name=name)


async def test_a_paper_that_has_run_out_is_refused(office: Office) -> None:
    await office.applications.begin(person_id=office.me.id, now=NOW)
    yesterday = NOW.date() - timedelta(days=1)
    with pytest.raises(Invalid):
        await office.applications.set_paper(
            person_id=office.me.id, kind="gas", now=NOW, expires_on=yesterday
        )


async def test_a_paper_that_no_service_asks_for_is_refused(office: Office) -> None:
    await office.applications.begin(person_id=office.me.id, now=NOW)
    with pytest.raises(Unknown):
        await office.applications.set_paper(
            person_id=office.me.id, kind="made-up", now=NOW, number="G-1"
        )


async def test_who_never_applied_has_no_application(office: Office) -> None:
    with pytest.raises(Unknown):
        await office.applications.open(person_id=office.me.id)


@pytest.mark.feature("C21")
async def test_what_providers_say_of_themselves_leads_nobody_past_the_platform(
    office: Office,
) -> None:
    who = {"person_id": office.me.id}
    await office.applications.begin(**who, now=NOW)
    await office.applications.set_name(**who, name="Li Lei 13800138000")
    application = await office.applications.set_bio(
        **who, text="十年经验，加我微信 canary_99", language="zh_CN"
    )
    assert application.provider.name.startswith("Li Lei")
    assert application.provider.bio["zh_CN"].startswith("十年经验")
    assert "8000" not in application.provider.name
    assert "canary" not in application.provider.bio["zh_CN"]
