"""The staff: roles, the last owner, the log; what staff do to orders and certificates."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import Invalid, NotPermitted, OutOfDate, Unknown
from core.orders.find import OrderFinder, Wanted
from core.orders.model import State
from core.people.model import Certificate, CertificateState, Role
from core.people.papers import Papers
from core.people.staff import StaffRoom
from core.security.model import Why
from core.security.refusals import Refusals
from db.search.orders import OrderSearch
from tests.builders import NOW, ZONE, Town, town

ANNA, BEN = 3001, 3002
HERE: Any = {"name": "Somebody", "chat_id": -100, "now": NOW}
NOON = NOW + timedelta(hours=3)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def _refusals(place: Town) -> Refusals:
    return Refusals(store=place.store, rules=place.rules, zone=ZONE, new_id=place.new_id)


@pytest.fixture
def room(place: Town) -> StaffRoom:
    return StaffRoom(store=place.store, refusals=_refusals(place), new_id=place.new_id)


async def enrolled(room: StaffRoom, telegram_id: int, role: Role) -> None:
    await room.enrol(telegram_id=telegram_id, name=f"No {telegram_id}", role=role, by=None, now=NOW)


@pytest.mark.feature("A1")
async def test_the_last_owner_can_neither_go_nor_step_down(room: StaffRoom) -> None:
    await enrolled(room, ANNA, Role.OWNER)
    with pytest.raises(Invalid, match="last_owner"):
        await room.dismiss(telegram_id=ANNA)
    with pytest.raises(Invalid, match="last_owner"):
        await enrolled(room, ANNA, Role.SUPPORT)
    assert [m.role for m in await room.members()] == [Role.OWNER]


@pytest.mark.feature("A1")
async def test_two_owners_who_remove_each_other_at_once_leave_one(room: StaffRoom) -> None:
    await enrolled(room, ANNA, Role.OWNER)
    await enrolled(room, BEN, Role.OWNER)
    await asyncio.gather(
        room.dismiss(telegram_id=ANNA), room.dismiss(telegram_id=BEN), return_exceptions=True
    )
    assert len(await room.members()) == 1


@pytest.mark.feature("A1")
async def test_removed_staff_lose_everything_at_once_and_may_come_back(room: StaffRoom) -> None:
    await enrolled(room, ANNA, Role.OWNER)
    await enrolled(room, BEN, Role.OPERATOR)
    await room.dismiss(telegram_id=BEN)
    with pytest.raises(Unknown):
        await room.check(telegram_id=BEN, action="orders.read", **HERE)
    with pytest.raises(Unknown):
        await room.dismiss(telegram_id=BEN)
    await enrolled(room, BEN, Role.FINANCE)
    member = await room.check(telegram_id=BEN, action="orders.settle", **HERE)
    assert member.role is Role.FINANCE


@pytest.mark.feature("A1")
async def test_each_refused_attempt_is_noted(room: StaffRoom, place: Town) -> None:
    await enrolled(room, ANNA, Role.OWNER)
    await enrolled(room, BEN, Role.SUPPORT)
    with pytest.raises(NotPermitted):
        await room.check(telegram_id=BEN, action="orders.cancel", **HERE)
    await room.dismiss(telegram_id=BEN)
    for who in (BEN, 666):
        with pytest.raises(Unknown):
            await room.check(telegram_id=who, action="orders.read", **HERE)
    noted = await _refusals(place).lately(days=1, now=NOW)
    assert {(one.telegram_id, one.action, one.why) for one in noted} == {
        (BEN, "orders.cancel", Why.ROLE), (BEN, "orders.read", Why.FORMER),
        (666, "orders.read", Why.STRANGER),
    }  # fmt: skip
    assert await room.acts() == []


@pytest.mark.feature("A4")
async def test_orders_are_found_by_number_names_phone_state_and_day(place: Town) -> None:
    service = await place.service()
    wang = await place.provider(service=service, name="王师傅")
    ann = await place.person("Ann 100% Lee", phone="+8613800138000")
    order = await place.order(customer=ann, service=service, provider=wang, start=NOON)
    finder = OrderFinder(store=place.store, search=OrderSearch(place.database))

    async def found(**given: object) -> int:
        return (await finder.find(wanted=Wanted(**given))).total  # type: ignore[arg-type]

    for text in (
        order.number,
        f"{order.number[:4]}-{order.number[4:]}",
        "ann",
        "LEE",
        "王",
        "8000",
    ):
        assert await found(text=text) == 1, text
    assert await found(text="ann 王") == 1
    assert await found(text="100%") == 1
    for text in ("10%", "_nn", "Bob", "ann bob"):
        assert await found(text=text) == 0, text
    assert await found(states=frozenset({State.OFFERED})) == 1
    assert await found(states=frozenset({State.CLOSED})) == 0
    assert await found(start=NOW, end=NOW + timedelta(days=1)) == 1
    assert await found(start=NOW + timedelta(days=1)) == 0


@pytest.mark.feature("A2")
async def test_certificates_are_judged_one_by_one(place: Town) -> None:
    service = await place.service()
    wang = await place.provider(service=service)
    today = date(2026, 3, 2)
    good = Certificate(id=1, provider_id=wang.id, kind="electrician", expires_on=today)
    over = Certificate(id=2, provider_id=wang.id, kind="gas", expires_on=date(2026, 3, 1))
    await place.keep(good, over)
    papers = Papers(store=place.store, availability=place.availability)
    await papers.judge(paper_id=1, good=True, now=NOW)
    with pytest.raises(Invalid, match="over"):
        await papers.judge(paper_id=2, good=True, now=NOW)
    await papers.expire_on(paper_id=2, day=date(2027, 3, 1), now=NOW)
    await papers.judge(paper_id=2, good=False, now=NOW)
    found = {p.id: p.state for p in await place.store.find(Certificate)}
    assert found == {1: CertificateState.VERIFIED, 2: CertificateState.REJECTED}
    with pytest.raises(Unknown):
        await papers.judge(paper_id=3, good=True, now=NOW)


@pytest.mark.feature("A2")
async def test_the_sign_of_the_verified_follows_a_paper_at_once(place: Town) -> None:
    """It is looked at anew when staff judge, and in the first moment after the paper's last day."""
    service = await place.service()
    wang = await place.provider(service=service)
    await place.keep(Certificate(id=1, provider_id=wang.id, kind="gas"))
    papers = Papers(store=place.store, availability=place.availability)
    await papers.judge(paper_id=1, good=True, now=NOW)
    await papers.expire_on(paper_id=1, day=date(2026, 3, 5), now=NOW)
    rows = await place.database.fetch(
        "SELECT due_at, subject_id FROM timer WHERE kind = 'provider.reindex' ORDER BY due_at"
    )
    over = datetime(2026, 3, 5, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    assert rows == [(int(at.timestamp() * 1000), wang.id) for at in (NOW, over)]


@pytest.mark.feature("A2")
async def test_of_two_who_judge_at_once_the_second_looks_again(place: Town) -> None:
    service = await place.service()
    wang = await place.provider(service=service)
    await place.keep(Certificate(id=1, provider_id=wang.id, kind="gas"))
    papers = Papers(store=place.store, availability=place.availability)
    ends = await asyncio.gather(
        *(papers.judge(paper_id=1, good=g, now=NOW) for g in (True, False)),
        return_exceptions=True,
    )
    assert sum(isinstance(end, OutOfDate) for end in ends) <= 1
    assert sum(not isinstance(end, Exception) for end in ends) >= 1
