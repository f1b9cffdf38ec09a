"""The same over the wire: each of the product's methods against its stand-in, whose book must say what ours says."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.sweep import Sweep
from core.errors import AlreadyDone
from core.ledger.postings import CAPTURED, REFUNDED
from core.orders.model import State
from core.payments.facts import Fact, Told
from core.payments.method import Answer, Opened
from core.reconciling.model import Difference, Kind, Line, Why
from tests.bot.payments.candidates import CANDIDATES, STRIPE, Candidate
from tests.bot.payments.towns import Town
from tests.databases import DIALECTS, Blank
from tests.money.house import House, house

pytestmark = pytest.mark.feature("C10")
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Answers:
    """Of calls that are at the gateway already."""

    under_way: asyncio.Event = field(default_factory=asyncio.Event)
    come: asyncio.Event = field(default_factory=asyncio.Event)


class Desk:
    """A house whose cards go through a gateway."""

    def __init__(self, here: House, town: Town, candidate: Candidate) -> None:
        self.here, self.town, self.candidate = here, town, candidate
        self._heard = 0

    async def books(self) -> None:
        self.town.clock.now = self.here.now
        [lin] = await self.here.opens()
        await self.here.books(lin)

    async def till(self) -> str:
        """Where the customer pays."""
        payment = await self.here.link()
        opened = Opened(payment.url, payment.reference, payment.expires_at, payment.code)
        return self.candidate.till(self.town, opened)

    async def at_the_page(self, action: str) -> None:
        await self.town.tap(await self.till(), action)

    async def hears(self, notices: int, *, by: Sweep | None = None) -> None:
        """So many notices more have come to the door, and are worked."""
        await self.town.wait(lambda: len(self.town.notices) >= self._heard + notices)
        await self._at_the_door(self._heard)
        self._heard += notices
        await (by or self.here.sweep).run()

    async def hears_all_again(self) -> None:
        await self._at_the_door(0)
        await self.here.sweep.run()

    async def _at_the_door(self, first: int) -> None:
        for raw, headers in self.town.notices[first:] * 2:
            await self.here.core.payments.notice(
                method="card", raw=raw, headers=headers, now=self.here.now
            )

    async def later(self, **span: float) -> None:
        await self.here.later(**span)
        self.town.clock.now = self.here.now

    async def lines(self) -> list[Line]:
        """The gateway's own book of the day, as it is made the day after."""
        self.town.clock.now = self.here.now + timedelta(days=1, hours=12)
        first = datetime.combine(self.here.now.astimezone(ZONE).date(), time(), ZONE)
        lines: list[Line] = await self.town.method.statement(
            first=first, end=first + timedelta(days=1)
        )
        return lines

    async def compares(self, *, days: int = 0) -> list[Difference]:
        """The day's statement, or one of the days after it, is held against the book; what is open then."""
        first = datetime.combine(self.here.now.astimezone(ZONE).date(), time(), ZONE)
        day = first + timedelta(days=days)
        self.town.clock.now = day + timedelta(days=1, hours=12)
        lines = await self.town.method.statement(first=day, end=day + timedelta(days=1))
        self.town.clock.now = self.here.now
        outcome = await self.here.core.reconciling.compare(
            method="card", day=day.date(), lines=lines, now=self.here.now
        )
        return list(outcome.open)

    async def reconciles(self) -> None:
        lines = await self.lines()
        charges = {one.reference: one.amount for one in lines if one.kind is Kind.PAYMENT}
        assert await self.here.posted(CAPTURED) == charges
        refunds = sorted(one.amount for one in lines if one.kind is Kind.REFUND)
        assert sorted((await self.here.posted(REFUNDED)).values()) == refunds

    def holds_back_refunds(self, monkeypatch: pytest.MonkeyPatch) -> Answers:
        """The gateway does it, and its answer stays on the way."""
        refund, answers = self.town.method.refund, Answers()

        async def slow(**asked: Any) -> Answer:
            answer: Answer = await refund(**asked)
            answers.under_way.set()
            await answers.come.wait()
            return answer

        monkeypatch.setattr(self.town.method, "refund", slow)
        return answers


@asynccontextmanager
async def at_a_desk(
    candidate: Candidate, dialect: str, folder: Path, blank: Blank
) -> AsyncIterator[Desk]:
    async with (
        candidate.town() as town,
        blank(dialect, folder) as url,
        house(url, folder, methods={"card": town.method}, migrated=True) as here,
    ):
        desk = Desk(here, town, candidate)
        yield desk
        await here.is_right()
        await desk.reconciles()


@pytest.fixture(params=CANDIDATES, ids=str)
async def desk(request: pytest.FixtureRequest, tmp_path: Path, blank: Blank) -> AsyncIterator[Desk]:
    async with at_a_desk(request.param, "sqlite", tmp_path, blank) as desk:
        yield desk


async def test_paid_on_the_page_and_cancelled(desk: Desk) -> None:
    await desk.books()
    await desk.at_the_page("pay")
    await desk.hears(1)
    await desk.here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)
    await desk.here.cancels()
    await desk.hears(1)
    await desk.here.shows({}, state=State.CANCELLED, refunded=20_000)
    assert await desk.here.told("refunded") == 1


async def test_paid_twice_on_the_page(desk: Desk) -> None:
    await desk.books()
    await desk.at_the_page("twice")
    await desk.hears(2)
    await desk.hears(1)
    await desk.here.shows(
        {"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED, refunded=20_000
    )


async def test_no_notice_ever_comes_and_the_answer_to_the_refund_is_lost(desk: Desk) -> None:
    await desk.books()
    await desk.town.fault("lost", times=99)
    await desk.at_the_page("pay")
    await desk.later(seconds=5)
    await desk.here.shows({"gateway:card": 20_000, "customer": -20_000}, state=State.OFFERED)
    await desk.town.fault("drop_after", match=desk.candidate.calls["refund"])
    await desk.here.cancels()
    await desk.here.shows({"gateway:card": 20_000, "owed back": -20_000}, refunded=0)
    await desk.later(minutes=1)
    await desk.here.shows({}, refunded=20_000)


@pytest.mark.feature("C15")
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("candidate", CANDIDATES, ids=str)
async def test_the_answer_to_a_refund_is_ten_seconds_late_and_its_notice_comes_before_and_after(
    candidate: Candidate, dialect: str, tmp_path: Path, blank: Blank,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    async with at_a_desk(candidate, dialect, tmp_path, blank) as desk:
        await desk.books()
        await desk.at_the_page("pay")
        await desk.hears(1)
        answers = desk.holds_back_refunds(monkeypatch)
        cancelling = asyncio.create_task(desk.here.cancels())
        await answers.under_way.wait()
        await desk.hears(1, by=desk.here.another_sweep())
        await desk.here.shows({}, state=State.CANCELLED, refunded=20_000)
        desk.here.now += timedelta(seconds=10)
        answers.come.set()
        await cancelling
        await desk.hears_all_again()
        await desk.later(minutes=30)
        await desk.here.shows({}, state=State.CANCELLED, refund_due=20_000, refunded=20_000)
        assert len((await desk.town.book())[candidate.refunds]) == 1
        assert len(await desk.here.posted(REFUNDED)) == 1
        assert await desk.here.told("refunded") == 1


async def test_the_hold_runs_out_and_the_page_is_closed_in_the_same_minute(desk: Desk) -> None:
    await desk.books()
    url = await desk.till()
    await desk.later(minutes=14, seconds=59)
    await desk.later(seconds=1)
    await desk.later(seconds=5)
    await desk.town.tap(url, "pay")
    await desk.here.shows({}, state=State.CANCELLED, paid=0)
    assert await desk.lines() == []


async def sold(desk: Desk) -> str:
    """Paid and told; where it was paid."""
    await desk.books()
    till = await desk.till()
    await desk.town.tap(till, "pay")
    await desk.hears(1)
    return till


async def test_given_back_in_part_at_the_companys_own_desk(desk: Desk) -> None:
    till = await sold(desk)
    for times in (1, 2):
        await desk.town.tap(till, "part")
        await desk.hears(1)
        assert await desk.here.told("refunded") == await desk.here.staff_told("by_hand") == times
    back = 5_000 + 3_750
    await desk.here.shows(
        {"gateway:card": 20_000 - back, "customer": back - 20_000},
        state=State.OFFERED, refund_due=back, refunded=back,
    )  # fmt: skip
    assert await desk.compares() == []
    await desk.later(minutes=1)  # WeChat wants that between two parts
    await desk.here.cancels()
    await desk.hears(1)
    await desk.here.shows({}, state=State.CANCELLED, refunded=20_000)


async def test_all_given_back_at_the_desk_while_our_own_refund_is_on_its_way(desk: Desk) -> None:
    till = await sold(desk)
    await desk.town.fault("drop_before", match=desk.candidate.calls["refund"], times=2)
    await desk.here.cancels()
    await desk.town.tap(till, "rest")
    await desk.hears(1)
    for _ in range(3):
        await desk.later(minutes=30)
    await desk.here.shows({}, state=State.CANCELLED, refunded=20_000)
    assert await desk.here.told("refunded") == 1
    assert await desk.compares() == []


async def test_what_the_desk_gave_back_and_nobody_told_is_found_in_the_statement_and_booked_once(
    desk: Desk,
) -> None:
    till = await sold(desk)
    await desk.town.fault("lost", times=99)
    await desk.town.tap(till, "part")
    [found] = await desk.compares()
    assert (found.kind, found.why, found.stated) == (Kind.REFUND, Why.NOT_HERE, 5_000)
    assert found.order_id == desk.here.order_id
    reconciling = desk.here.core.reconciling
    what: dict[str, Any] = {"difference_id": found.id, "by": 1, "reason": "", "now": desk.here.now}
    assert await reconciling.can_book(one=found)
    await reconciling.book(**what)
    with pytest.raises(AlreadyDone):
        await reconciling.book(**what)
    await desk.here.shows(
        {"gateway:card": 15_000, "customer": -15_000}, refund_due=5_000, refunded=5_000
    )
    assert await desk.here.told("refunded") == await desk.here.staff_told("by_hand") == 1
    assert await desk.compares() == []
    assert await desk.compares(days=1) == []


async def test_what_staff_told_in_their_own_words_is_not_booked_once_more(desk: Desk) -> None:
    till = await sold(desk)
    await desk.town.fault("lost", times=99)
    charge = (await desk.here.payments())[0].charges
    await desk.here.core.payments.absorb(
        fact=Fact(Told.REFUNDED, reference="done by Li", amount=5_000, currency="CNY",
                  charge=next(iter(charge))), now=desk.here.now,
    )  # fmt: skip
    await desk.town.tap(till, "part")
    [found] = [one for one in await desk.compares() if one.why is Why.NOT_HERE]
    assert not await desk.here.core.reconciling.can_book(one=found)
    await desk.here.shows(refunded=5_000)


@pytest.mark.parametrize("desk", [STRIPE], indirect=True, ids=str)
@pytest.mark.parametrize("end", ["won", "lost"])
async def test_a_dispute_from_the_page_to_its_end(desk: Desk, end: str) -> None:
    till = await sold(desk)
    await desk.town.tap(till, "dispute")
    await desk.hears(2)
    await desk.here.shows({"chargebacks": 20_000, "customer": -20_000}, state=State.OFFERED)
    assert await desk.here.staff_told("charged_back") == 1
    await desk.town.tap(till, "part")  # nothing is left to give back
    await desk.town.tap(till, end)
    await desk.hears({"won": 2, "lost": 1}[end])
    held = {"won": "gateway:card", "lost": "chargebacks"}[end]
    await desk.here.shows({held: 20_000, "customer": -20_000})
    await desk.hears_all_again()
    assert await desk.here.staff_told("charge_regained") == (end == "won")
    assert await desk.here.staff_told("dispute_lost") == (end == "lost")
    [dispute] = (await desk.town.book())["disputes"]
    assert dispute["status"] == end
