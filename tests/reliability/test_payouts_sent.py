"""Payouts that go by themselves: whatever is lost or killed on the way, each is sent once or is back, never both."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from core.changes import Changes, Insert
from core.errors import DomainError, NotAllowedNow, StandsStill
from core.payouts.model import AccountKind, Hindrance, Payout, PayoutState
from core.payouts.sending import RULE, Sent, Transfer, Went
from core.people.model import Provider
from core.rules.model import RuleValue
from db.engine import Database
from tests.databases import DIALECTS, Blank
from tests.db.invariants import broken
from tests.reliability.purse import HELD, earns, withdraws
from tests.reliability.town import Town, settle

OLIVIA = 3001
TEN = 10_000
LOST = ("before", "after", "unknown", "killed_before", "killed_after")


class Killed(Exception):
    """The process ends in the middle of the call."""


@dataclass
class Gateway:
    """Knows a transfer by its number and does it once. `trouble` more calls go wrong, `ends` says how one ends."""

    rng: random.Random
    trouble: int = 0
    money: dict[str, Transfer] = field(default_factory=dict)
    ends: dict[str, Sent] = field(default_factory=dict)
    calls: int = 0
    injected: int = 0

    async def send(self, *, transfer: Transfer) -> Sent:
        return await self._answer(transfer, act=True)

    async def ask(self, *, transfer: Transfer) -> Sent:
        return await self._answer(transfer, act=False)

    async def _answer(self, transfer: Transfer, *, act: bool) -> Sent:
        self.calls += 1
        await asyncio.sleep(0)
        wrong = ""
        if self.trouble > 0:
            self.trouble -= 1
            self.injected += 1
            wrong = self.rng.choice(LOST)
        if wrong.endswith("before"):
            return self._gone(wrong)
        said = self._truth(transfer, act)
        return self._gone(wrong) if wrong else said

    def _gone(self, wrong: str) -> Sent:
        if wrong.startswith("killed"):
            raise Killed
        return Sent(Went.UNKNOWN)

    def _truth(self, transfer: Transfer, act: bool) -> Sent:
        number = transfer.number
        if number in self.money:
            assert self.money[number] == transfer  # a repetition says exactly the same
            return Sent(Went.DONE, f"a{number}")
        if not act:
            return Sent(Went.NOT_THERE)
        if number in self.ends:
            end = self.ends[number]
            if end.went is Went.SHORT:
                del self.ends[number]
            return end
        self.money[number] = transfer
        return Sent(Went.DONE, f"a{number}")


@dataclass
class Waiting(Gateway):
    """A transfer waits for its payee, who says yes by `says_yes`, or is called off and gone for good.

    As at WeChat, only who sends gets the ticket.
    """

    waits: dict[str, Transfer] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)

    async def call_off(self, *, transfer: Transfer) -> None:
        answer = await self._answer(transfer, act=False)
        if answer.went is Went.WAITS:
            del self.waits[transfer.number]
            self.off.add(transfer.number)

    def says_yes(self, number: str) -> None:
        """Too late for what was called off."""
        if number in self.waits:
            self.money[number] = self.waits.pop(number)

    def _truth(self, transfer: Transfer, act: bool) -> Sent:
        number = transfer.number
        if number in self.off:
            return Sent(Went.REFUSED, f"a{number}", "wechat_late")
        if number in self.money or (act and number in self.ends):
            return super()._truth(transfer, act)
        if act:
            assert self.waits.setdefault(number, transfer) == transfer
        if number not in self.waits:
            return Sent(Went.NOT_THERE)
        return Sent(Went.WAITS, f"a{number}", ticket=f"t{number}" if act else "")


@pytest.fixture(params=DIALECTS)
async def both(
    request: pytest.FixtureRequest, tmp_path: Path, blank: Blank
) -> AsyncIterator[tuple[Town, Gateway]]:
    async with blank(request.param, tmp_path) as url:
        database = await Database.open(url)
        gateway = Gateway(random.Random(1))
        try:
            yield (
                await settle(database, tmp_path, senders={AccountKind.ALIPAY: gateway}), gateway
            )  # fmt: skip
        finally:
            await database.close()


@pytest.fixture(params=DIALECTS)
async def wechat(
    request: pytest.FixtureRequest, tmp_path: Path, blank: Blank
) -> AsyncIterator[tuple[Town, Waiting]]:
    async with blank(request.param, tmp_path) as url:
        database = await Database.open(url)
        gateway = Waiting(random.Random(1))
        try:
            yield (
                await settle(database, tmp_path, senders={AccountKind.WECHAT: gateway}), gateway
            )  # fmt: skip
        finally:
            await database.close()


async def earner(here: Town, amount: int, openid: str = "") -> Provider:
    """With money to withdraw, to Alipay or to this WeChat."""
    await here.service()
    provider = await here.provider()
    await earns(here, provider, amount)
    here.now += HELD
    await here.sweep.run()
    me, accounts = provider.person_id, here.core.accounts
    begun = (
        accounts.bound(provider_id=provider.id, openid=openid) if openid
        else await accounts.begin(person_id=me, kind=AccountKind.ALIPAY, number="13800000001")
    )  # fmt: skip
    sealed, _ = await accounts.complete(person_id=me, sealed=begun, holder="Wang Wei")
    await accounts.save(person_id=me, sealed=sealed, now=here.now)
    return provider


async def approved(here: Town, provider: Provider, amount: int = TEN) -> Payout:
    payout = await withdraws(here, provider, amount)
    return await here.core.deciding.approve(payout_id=payout.id, by=OLIVIA, now=here.now)


async def states(here: Town) -> dict[str, PayoutState]:
    return {one.number: one.state for one in await here.built.store.find(Payout)}


async def send(here: Town, payout: Payout) -> None:
    try:
        await here.core.payout_sending.send(payout_id=payout.id, tries=0, now=here.now)
    except (Killed, DomainError):
        pass  # the sweep looks again


async def whole(here: Town, provider: Provider, *, paid: int, back: int, paying: int = 0) -> None:
    left = await here.core.income.balances(person_id=provider.person_id, currency="CNY")
    assert (left.paying, left.available) == (paying, back)
    assert await broken(here.database, now=here.now) == {}
    assert sum(
        one.amount for one in await here.built.store.find(Payout, state=PayoutState.PAID)
    ) == paid  # fmt: skip


async def test_an_approved_payout_goes_by_itself_once(both: tuple[Town, Gateway]) -> None:
    here, gateway = both
    provider = await earner(here, TEN)
    payout = await approved(here, provider)
    await here.sweep.run()
    one = (await here.core.deciding.look(payout_id=payout.id)).payout
    assert (one.state, one.reference, one.ended_by) == (
        PayoutState.PAID, f"a{payout.number}", None,
    )  # fmt: skip
    [sent] = gateway.money.values()
    assert sent == Transfer(payout.number, TEN, "13800000001", "Wang Wei")
    here.now += timedelta(hours=2)
    await here.sweep.run()
    assert gateway.calls == 1
    await whole(here, provider, paid=TEN, back=0)


async def test_1_000_lost_answers_and_kills_double_nothing_and_lose_nothing(
    both: tuple[Town, Gateway],
) -> None:
    here, gateway = both
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    gateway.rng = rng = random.Random(seed)
    count = 20
    provider = await earner(here, count * TEN)
    payouts = [await approved(here, provider) for _ in range(count)]
    for payout in payouts[:4]:
        gateway.ends[payout.number] = Sent(Went.REFUSED, reason="alipay_name")
    for payout in payouts[4:8]:
        gateway.ends[payout.number] = Sent(Went.SHORT)
    gateway.trouble = 1_000
    while any(s in (PayoutState.APPROVED, PayoutState.SENDING) for s in (await states(here)).values()):  # fmt: skip
        lot = rng.choices(payouts, k=8)  # now and then the same twice, in the same moment
        await asyncio.gather(*(send(here, payout) for payout in lot))
    assert gateway.injected == 1_000
    ends = await states(here)
    assert set(gateway.money) == {n for n, state in ends.items() if state is PayoutState.PAID}
    assert {p.number for p in payouts[:4]} == {
        n for n, state in ends.items() if state is PayoutState.RETURNED
    }
    await whole(here, provider, paid=16 * TEN, back=4 * TEN)


async def test_what_is_being_sent_nobody_ends_by_hand(both: tuple[Town, Gateway]) -> None:
    here, gateway = both
    provider = await earner(here, TEN)
    payout = await approved(here, provider)
    gateway.trouble, gateway.rng = 3, random.Random(1)
    await send(here, payout)
    assert (await states(here))[payout.number] is PayoutState.SENDING
    for act in (
        here.core.deciding.paid(payout_id=payout.id, by=OLIVIA, now=here.now),
        here.core.deciding.returned(payout_id=payout.id, by=OLIVIA, reason="x", now=here.now),
        here.core.deciding.approve(payout_id=payout.id, by=OLIVIA + 1, now=here.now),
    ):
        with pytest.raises(NotAllowedNow):
            await act


async def test_a_refusal_gives_the_money_back_with_its_reason(both: tuple[Town, Gateway]) -> None:
    here, gateway = both
    provider = await earner(here, TEN)
    payout = await approved(here, provider)
    gateway.ends[payout.number] = Sent(Went.REFUSED, reason="alipay_name")
    await here.sweep.run()
    one = (await here.core.deciding.look(payout_id=payout.id)).payout
    assert (one.state, one.reason) == (PayoutState.RETURNED, "alipay_name")
    await whole(here, provider, paid=0, back=TEN)


async def test_an_empty_account_of_ours_waits_for_staff_and_then_it_goes(
    both: tuple[Town, Gateway],
) -> None:
    here, gateway = both
    provider = await earner(here, TEN)
    payout = await approved(here, provider)
    gateway.ends[payout.number] = Sent(Went.SHORT)
    await here.sweep.run()
    one = (await here.core.deciding.look(payout_id=payout.id)).payout
    assert (one.state, one.hindrance) == (PayoutState.APPROVED, Hindrance.SHORT)
    here.now += timedelta(minutes=31)
    await here.sweep.run()
    one = (await here.core.deciding.look(payout_id=payout.id)).payout
    assert (one.state, one.hindrance) == (PayoutState.PAID, Hindrance.NONE)
    await whole(here, provider, paid=TEN, back=0)


async def test_switched_off_or_to_a_bank_it_waits_for_a_hand(both: tuple[Town, Gateway]) -> None:
    here, gateway = both
    provider = await earner(here, 2 * TEN)
    await here.built.store.apply(
        Changes().add(Insert(RuleValue(id=here.new_id(), name=RULE, value="0")))
    )
    await here.core.rule_book.read()
    payout = await approved(here, provider)
    await here.sweep.run()
    assert gateway.calls == 0
    await here.core.deciding.paid(payout_id=payout.id, by=OLIVIA, now=here.now)
    await whole(here, provider, paid=TEN, back=TEN)


async def test_after_a_restore_nothing_is_sent(both: tuple[Town, Gateway]) -> None:
    here, gateway = both
    provider = await earner(here, TEN)
    payout = await approved(here, provider)
    quarantine = here.core.quarantine
    await quarantine.begin(taken_at=here.now, now=here.now)
    await quarantine.read()
    await here.sweep.run()
    with pytest.raises(StandsStill):
        await here.core.payout_sending.send(payout_id=payout.id, tries=0, now=here.now)
    assert gateway.calls == 0
    assert [one.id for one in (await quarantine.look()).payouts] == [payout.id]
    await quarantine.lift(by=OLIVIA, now=here.now)
    await here.sweep.run()
    assert len(gateway.money) == 1


async def test_two_processes_send_it_once(tmp_path: Path, blank: Blank) -> None:
    async with blank("postgresql", tmp_path) as url:
        gateway = Gateway(random.Random(1))
        senders = {AccountKind.ALIPAY: gateway}
        one, two = [await Database.open(url) for _ in range(2)]
        try:
            here = await settle(one, tmp_path, senders=senders)
            there = await settle(two, tmp_path, seed=2, senders=senders)
            provider = await earner(here, 10 * TEN)
            payouts = [await approved(here, provider) for _ in range(10)]
            there.now = here.now
            await asyncio.gather(*(send(town, p) for p in payouts for town in (here, there) * 3))
            await here.sweep.run()
            assert set(gateway.money) == {p.number for p in payouts}
            here.now += timedelta(minutes=10)
            await here.sweep.run()
            await whole(here, provider, paid=10 * TEN, back=0)
        finally:
            await one.close()
            await two.close()


async def test_a_gateway_that_is_gone_leaves_it_to_people_with_a_warning(
    tmp_path: Path, blank: Blank
) -> None:
    async with blank("sqlite", tmp_path) as url:
        database = await Database.open(url)
        try:
            gateway = Gateway(random.Random(1), trouble=1)
            here = await settle(database, tmp_path, senders={AccountKind.ALIPAY: gateway})
            provider = await earner(here, TEN)
            payout = await approved(here, provider)
            await send(here, payout)
            after = await settle(database, tmp_path, seed=2)
            after.now = here.now
            await send(after, payout)
            left = (await after.core.deciding.look(payout_id=payout.id)).payout
            assert (left.state, left.hindrance) == (PayoutState.APPROVED, Hindrance.NOBODY_TO_ASK)
        finally:
            await database.close()


async def test_what_waits_for_its_payee_is_his_once_he_says_yes(
    wechat: tuple[Town, Waiting],
) -> None:
    here, gateway = wechat
    provider = await earner(here, TEN, "oPayee")
    payout = await approved(here, provider)
    await here.sweep.run()
    one = (await here.core.deciding.look(payout_id=payout.id)).payout
    assert (one.state, one.ticket) == (PayoutState.CONFIRMING, f"t{payout.number}")
    assert one.confirm_until == here.now + timedelta(hours=24)
    assert gateway.waits == {payout.number: Transfer(payout.number, TEN, "oPayee", "Wang Wei")}
    for act in (
        here.core.deciding.paid(payout_id=payout.id, by=OLIVIA, now=here.now),
        here.core.deciding.returned(payout_id=payout.id, by=OLIVIA, reason="x", now=here.now),
    ):
        with pytest.raises(NotAllowedNow):
            await act
    here.now += timedelta(hours=2)
    await here.sweep.run()
    await whole(here, provider, paid=0, back=0, paying=TEN)
    gateway.says_yes(payout.number)
    here.now += timedelta(minutes=6)
    await here.sweep.run()
    await whole(here, provider, paid=TEN, back=0)


async def test_who_says_nothing_is_reminded_once_and_has_it_back_after_a_day(
    wechat: tuple[Town, Waiting],
) -> None:
    here, _ = wechat
    provider = await earner(here, TEN, "oPayee")
    payout = await approved(here, provider)
    nudges: list[int] = []
    for _ in range(30):
        await here.sweep.run()
        nudges.append(await letters(here, "payout_nudge"))
        here.now += timedelta(hours=1)
    assert (nudges[19], nudges[20], nudges[-1]) == (0, 1, 1)
    one = (await here.core.deciding.look(payout_id=payout.id)).payout
    assert (one.state, one.reason) == (PayoutState.RETURNED, "wechat_late")
    await whole(here, provider, paid=0, back=TEN)


async def letters(here: Town, kind: str) -> int:
    sql = "SELECT COUNT(*) FROM outbox WHERE kind = ?"
    return int((await here.database.fetch(sql, [kind]))[0][0])


async def test_wechat_losses_kills_and_late_yeses_double_nothing_and_lose_nothing(
    wechat: tuple[Town, Waiting],
) -> None:
    here, gateway = wechat
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    gateway.rng = rng = random.Random(seed)
    count = 12
    provider = await earner(here, count * TEN, "oPayee")
    payouts = [await approved(here, provider) for _ in range(count)]
    gateway.ends[payouts[0].number] = Sent(Went.REFUSED, reason="wechat_name")
    gateway.ends[payouts[1].number] = Sent(Went.SHORT)
    gateway.trouble = 400
    open_ = (PayoutState.APPROVED, PayoutState.SENDING, PayoutState.CONFIRMING)
    for _ in range(2_000):
        if all(state not in open_ for state in (await states(here)).values()):
            break
        await asyncio.gather(*(send(here, payout) for payout in rng.choices(payouts, k=6)))
        if rng.random() < 0.2:
            gateway.says_yes(rng.choice(payouts[:8]).number)  # the others never do
        here.now += timedelta(minutes=rng.randrange(20))
    ends = await states(here)
    assert set(gateway.money) == {n for n, state in ends.items() if state is PayoutState.PAID}
    assert set(gateway.money) | gateway.off | {payouts[0].number} == set(ends)
    back = sum(state is PayoutState.RETURNED for state in ends.values())
    await whole(here, provider, paid=(count - back) * TEN, back=back * TEN)
    assert back >= 5


async def test_switched_off_what_is_approved_for_wechat_waits_for_a_hand(
    wechat: tuple[Town, Waiting],
) -> None:
    here, gateway = wechat
    provider = await earner(here, TEN, "oPayee")
    off = Insert(RuleValue(id=here.new_id(), name=RULE, value="0"))
    await here.built.store.apply(Changes().add(off))
    await here.core.rule_book.read()
    payout = await approved(here, provider)
    await here.sweep.run()
    assert (gateway.calls, (await states(here))[payout.number]) == (0, PayoutState.APPROVED)
