"""An appeal is written at leisure, sent once, decided once, and never by who froze while somebody else can."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from core.appeals.model import AppealState
from core.appeals.service import Appeals
from core.changes import Changes, Update
from core.errors import AlreadyDone, DomainError, Invalid, NotAllowedNow, OutOfDate, OwnDecision
from core.people.freezing import Freezing
from core.people.model import Provider, ProviderState, Role, Staff
from tests.builders import NOW, Town, town

pytestmark = pytest.mark.feature("P16")


@dataclass
class Court:
    town: Town
    freezing: Freezing
    appeals: Appeals
    provider: Provider
    staff: list[Staff]

    async def member(self, role: Role) -> Staff:
        number = len(self.staff) + 1
        new = Staff(
            id=self.town.new_id(), telegram_id=number, name=f"S{number}", role=role, added_at=NOW
        )
        await self.town.keep(new)
        self.staff.append(new)
        return new

    async def freeze(self, by: Staff, reason: str = "No-show") -> None:
        await self.freezing.freeze(
            provider_id=self.provider.id, staff_id=by.id, reason=reason, now=NOW
        )

    async def writes(self, text: str, key: str = "1", files: tuple[int, ...] = ()) -> None:
        await self.appeals.write(
            person_id=self.provider.person_id, text=text, files=list(files), key=key, now=NOW
        )

    async def sent(self) -> int:
        await self.writes("I was ill")
        appeal = await self.appeals.send(person_id=self.provider.person_id, now=NOW)
        return appeal.id

    async def state(self) -> ProviderState:
        return (await self.freezing.provider(provider_id=self.provider.id)).state

    async def decides(
        self, appeal: int, by: Staff, *, lift: bool, answer: str = "So it is"
    ) -> None:
        await self.appeals.decide(appeal_id=appeal, member=by, lift=lift, answer=answer, now=NOW)


@pytest.fixture
async def court(tmp_path: Path) -> AsyncIterator[Court]:
    async with town(tmp_path) as place:
        provider = await place.provider(service=await place.service())
        freezing = Freezing(store=place.store, passing=place.passing, new_id=place.new_id)
        appeals = Appeals(
            store=place.store, freezing=freezing, rules=place.rules, new_id=place.new_id
        )
        yield Court(place, freezing, appeals, provider, [])


async def test_who_froze_may_not_decide_and_another_may(court: Court) -> None:
    one, other = await court.member(Role.OPERATOR), await court.member(Role.OPERATOR)
    await court.freeze(one)
    appeal = await court.sent()
    for lift in (True, False):
        with pytest.raises(OwnDecision):
            await court.decides(appeal, one, lift=lift)
    await court.decides(appeal, other, lift=True)
    assert await court.state() is ProviderState.APPROVED
    case = await court.appeals.case(appeal_id=appeal)
    assert (case.appeal.state, case.decider.id) == (AppealState.LIFTED, other.id)  # type: ignore[union-attr]


async def test_the_owner_decides_where_nobody_else_is_left_even_on_a_freeze_of_his_own(
    court: Court,
) -> None:
    owner, support = await court.member(Role.OWNER), await court.member(Role.SUPPORT)
    await court.freeze(owner)
    appeal = await court.sent()
    with pytest.raises(OwnDecision):
        await court.decides(appeal, support, lift=True)
    operator = await court.member(Role.OPERATOR)
    with pytest.raises(OwnDecision):
        await court.decides(appeal, owner, lift=True)
    await court.town.store.apply(_gone(operator))
    await court.decides(appeal, owner, lift=False)
    assert await court.state() is ProviderState.FROZEN


def _gone(member: Staff) -> Changes:
    return Changes().add(Update(Staff, member.id, {"active": False}))


async def test_of_two_who_decide_at_once_the_first_does(court: Court) -> None:
    one, two, three = [await court.member(Role.OPERATOR) for _ in range(3)]
    await court.freeze(one)
    appeal = await court.sent()
    ends = await asyncio.gather(
        court.decides(appeal, two, lift=True), court.decides(appeal, three, lift=False),
        return_exceptions=True,
    )  # fmt: skip
    lost = [end for end in ends if end is not None]
    assert [type(end) for end in lost] == [AlreadyDone]
    case = await court.appeals.case(appeal_id=appeal)
    lifted = case.appeal.state is AppealState.LIFTED
    assert (await court.state() is ProviderState.APPROVED) is lifted
    assert case.appeal.decided_by == (two.id if lifted else three.id)


async def test_a_lift_that_was_decided_on_before_a_colleague_kept_it_comes_too_late(
    court: Court,
) -> None:
    one, two, three = [await court.member(Role.OPERATOR) for _ in range(3)]
    await court.freeze(one)
    appeal = await court.sent()
    await court.decides(appeal, two, lift=False)
    with pytest.raises(OutOfDate):
        await court.freezing.unfreeze(
            provider_id=court.provider.id, staff_id=three.id, now=NOW, appeal_id=appeal
        )
    assert await court.state() is ProviderState.FROZEN


async def test_one_appeal_per_freeze_and_another_after_the_rules_days(court: Court) -> None:
    one, other = await court.member(Role.OPERATOR), await court.member(Role.OPERATOR)
    await court.freeze(one)
    appeal = await court.sent()
    with pytest.raises(NotAllowedNow):
        await court.writes("And more", key="2")
    again = await court.appeals.send(person_id=court.provider.person_id, now=NOW)
    assert again.id == appeal, "sending twice is fine"
    await court.decides(appeal, other, lift=False)
    with pytest.raises(NotAllowedNow):
        await court.writes("Please!", key="3")
    later = NOW + timedelta(days=court.town.rules.number("appeal_again_days"))
    second = await court.appeals.write(
        person_id=court.provider.person_id, text="New papers", files=[], key="4", now=later
    )
    assert (second.turn, second.text) == (2, "New papers")


async def test_a_new_freeze_is_a_new_matter(court: Court) -> None:
    one, other = await court.member(Role.OPERATOR), await court.member(Role.OPERATOR)
    await court.freeze(one)
    await court.decides(await court.sent(), other, lift=True)
    with pytest.raises(NotAllowedNow):
        await court.writes("Nothing to appeal", key="5")
    await court.freeze(other, "Papers")
    await court.writes("Once more", key="6")
    appeal = await court.appeals.send(person_id=court.provider.person_id, now=NOW)
    case = await court.appeals.case(appeal_id=appeal.id)
    assert (case.former, case.freeze.staff_id, case.appeal.turn) == (1, other.id, 1)
    await court.decides(appeal.id, one, lift=False)


async def test_who_lets_him_work_again_grants_the_appeal_that_waits(court: Court) -> None:
    one, _ = await court.member(Role.OPERATOR), await court.member(Role.OPERATOR)
    await court.freeze(one)
    appeal = await court.sent()
    await court.freezing.unfreeze(provider_id=court.provider.id, staff_id=one.id, now=NOW)
    case = await court.appeals.case(appeal_id=appeal)
    assert case.appeal.state is AppealState.LIFTED
    assert case.freeze.ended_by == one.id
    assert await court.appeals.waiting() == []


async def test_what_is_written_adds_up_within_bounds_and_can_be_begun_anew(court: Court) -> None:
    await court.freeze(await court.member(Role.OPERATOR))
    me = court.provider.person_id
    with pytest.raises(Invalid):
        await court.appeals.send(person_id=me, now=NOW)
    await court.writes("One", key="a")
    await court.writes("One", key="a")
    await court.writes("two", key="b", files=(7,))
    draft = (await court.appeals.paused(person_id=me)).appeal
    assert draft
    assert (draft.text, draft.files) == ("One\ntwo", [7])
    for text, files in (("x" * 2000, ()), ("", tuple(range(10)))):
        with pytest.raises(Invalid):
            await court.writes(text, key="c", files=files)
    draft = (await court.appeals.paused(person_id=me)).appeal
    assert draft
    assert draft.text == "One\ntwo", "what was there is kept"
    await court.appeals.start_over(person_id=me, now=NOW)
    with pytest.raises(Invalid):
        await court.appeals.send(person_id=me, now=NOW)
    with pytest.raises(DomainError):
        await court.appeals.case(appeal_id=draft.id)
