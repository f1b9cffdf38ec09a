"""Money on its way to providers: never more than is free, once per wish, and back on the balance when it isn't sent."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from core.changes import Changes, Update
from core.errors import AlreadyDone, Invalid, NotAllowedNow, PayoutRefused
from core.ledger.balances import Balances
from core.ledger.postings import CASH_TAKEN
from core.payouts.accounts import Accounts
from core.payouts.model import AccountKind, Payout, PayoutState
from core.people.model import Provider, ProviderState
from db.engine import Database
from tests.databases import Blank
from tests.db.invariants import broken
from tests.reliability.purse import CARD, HELD, banked, earns, rich, withdraws
from tests.reliability.town import Town, settle

OLIVIA, OSCAR = 3001, 3002
TEN = 10_000


async def balances(here: Town, provider: Provider) -> Balances:
    return await here.core.income.balances(person_id=provider.person_id, currency="CNY")


async def whole(here: Town) -> None:
    assert await broken(here.database, now=here.now) == {}


async def at_once(here: Town, provider: Provider, wishes: list[int], *others: Town) -> Counter[str]:
    """All in the same moment, ¥100 each, in turn by each process; how it ended for them."""
    processes = [here, *others]
    for other in others:
        other.now = here.now
    ends = await asyncio.gather(
        *(
            withdraws(processes[turn % len(processes)], provider, TEN, wish)
            for turn, wish in enumerate(wishes)
        ),
        return_exceptions=True,
    )
    return Counter(
        f"refused: {end.rule}" if isinstance(end, PayoutRefused) else type(end).__name__
        for end in ends
    )


async def test_of_many_withdrawals_at_once_as_many_go_as_there_is_money(here: Town) -> None:
    await check_ten(here, 100)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_of_a_thousand_withdrawals_at_once_ten_go(here: Town) -> None:
    await check_ten(here, 1_000)


@pytest.mark.parametrize("many", [100, pytest.param(1_000, marks=pytest.mark.slow)])
async def test_two_processes_pay_out_no_more_than_one(
    tmp_path: Path, blank: Blank, many: int
) -> None:
    """Only PostgreSQL has several."""
    async with blank("postgresql", tmp_path) as url:
        first, second = [await Database.open(url) for _ in range(2)]
        try:
            await check_ten(
                await settle(first, tmp_path), many, await settle(second, tmp_path, seed=2)
            )
        finally:
            await first.close()
            await second.close()


async def test_without_a_key_nothing_is_taken_or_paid(here: Town) -> None:
    provider = await rich(here, TEN)
    accounts = Accounts(store=here.built.store, vault=None, new_id=here.new_id)
    me = provider.person_id
    for act in (
        accounts.begin(person_id=me, kind=AccountKind.BANK, number=CARD),
        accounts.save(person_id=me, sealed="x", now=here.now),
    ):
        with pytest.raises(PayoutRefused) as refusal:
            await act
        assert refusal.value.rule == "off"


async def test_an_account_is_in_a_copy_masked_and_leaves_with_its_owner(here: Town) -> None:
    provider = await rich(here, 2 * TEN)
    payout = await withdraws(here, provider, TEN)
    copy = await here.core.privacy.copy(person_id=provider.person_id)
    [account] = copy.rows["payout_account"]
    assert account["masked"].startswith("•••• 7894")
    assert "sealed" not in account
    assert [row["number"] for row in copy.rows["payout"]] == [payout.number]
    left = Update(Provider, provider.id, {"state": ProviderState.REJECTED})
    await here.built.store.apply(Changes().add(left))
    await here.core.privacy.forget(person_id=provider.person_id, now=here.now)
    rows = await here.database.fetch("SELECT sealed, masked FROM payout_account")
    assert [tuple(row) for row in rows] == [("", "")]
    assert await here.built.store.count(Payout) == 1
    await whole(here)


async def check_ten(here: Town, many: int, *others: Town) -> None:
    provider = await rich(here, 10 * TEN)
    ends = await at_once(here, provider, [here.new_id() for _ in range(many)], *others)
    assert ends == {"Payout": 10, "refused: funds": many - 10}
    assert await balances(here, provider) == Balances(paying=10 * TEN)
    await whole(here)


async def test_a_wish_confirmed_many_times_at_once_is_one_payout(here: Town) -> None:
    provider = await rich(here, 10 * TEN)
    ends = await at_once(here, provider, [here.new_id()] * 50)
    assert ends == {"Payout": 50}
    assert await here.built.store.count(Payout) == 1
    assert await balances(here, provider) == Balances(available=9 * TEN, paying=TEN)
    await whole(here)


async def test_no_day_sees_more_than_the_rule_allows(here: Town) -> None:
    await check_day(here)


async def check_day(here: Town) -> None:
    here.core.rules.update({"payout_day_most": str(3 * TEN)})
    provider = await rich(here, 10 * TEN)
    with here.writing_together(20):
        ends = await at_once(here, provider, [here.new_id() for _ in range(20)])
    assert ends == {"Payout": 3, "refused: day": 17}
    here.now += timedelta(days=1)
    assert await withdraws(here, provider, TEN)
    await whole(here)


async def test_what_was_earned_is_free_after_the_holding_time_and_once(here: Town) -> None:
    await here.service()
    provider = await here.provider()
    order_id = await earns(here, provider, TEN)
    here.now += HELD - timedelta(seconds=1)
    await here.sweep.run()
    assert await balances(here, provider) == Balances(pending=TEN)
    await whole(here)
    here.now += timedelta(seconds=1)
    release = here.core.releasing.release
    await asyncio.gather(*(release(order_id=order_id, now=here.now) for _ in range(20)))
    await here.sweep.run()
    assert await balances(here, provider) == Balances(available=TEN)
    await whole(here)


async def test_a_payout_that_is_not_sent_or_comes_back_is_on_the_balance_again(here: Town) -> None:
    provider = await rich(here, 10 * TEN)
    decide = here.core.deciding
    kept, sent = [await withdraws(here, provider, TEN) for _ in range(2)]
    await decide.returned(payout_id=kept.id, by=OLIVIA, reason="Name differs", now=here.now)
    assert await balances(here, provider) == Balances(available=9 * TEN, paying=TEN)
    await whole(here)
    with pytest.raises(NotAllowedNow):
        await decide.paid(payout_id=sent.id, by=OLIVIA, now=here.now)
    await decide.approve(payout_id=sent.id, by=OLIVIA, now=here.now)
    await decide.paid(payout_id=sent.id, by=OLIVIA, now=here.now)
    assert await balances(here, provider) == Balances(available=9 * TEN, withdrawn=TEN)
    await whole(here)
    await decide.returned(payout_id=sent.id, by=None, reason="Unknown account", now=here.now)
    assert await balances(here, provider) == Balances(available=10 * TEN)
    with pytest.raises(AlreadyDone):
        await decide.returned(payout_id=sent.id, by=OLIVIA, reason="again", now=here.now)
    with pytest.raises(NotAllowedNow):
        await decide.paid(payout_id=sent.id, by=OLIVIA, now=here.now)
    await whole(here)


async def test_a_large_payout_needs_two_people_and_one_end(here: Town) -> None:
    provider = await rich(here, 1_000_000)
    decide = here.core.deciding
    large = await withdraws(here, provider, 500_001)
    await decide.approve(payout_id=large.id, by=OLIVIA, now=here.now)
    with pytest.raises(Invalid) as refusal:
        await decide.approve(payout_id=large.id, by=OLIVIA, now=here.now)
    assert refusal.value.reason == "same_person"
    with pytest.raises(NotAllowedNow):
        await decide.paid(payout_id=large.id, by=OLIVIA, now=here.now)
    await decide.approve(payout_id=large.id, by=OSCAR, now=here.now)
    with here.writing_together(6):
        ends = await asyncio.gather(
            *(decide.paid(payout_id=large.id, by=OLIVIA, now=here.now) for _ in range(3)),
            *(
                decide.returned(payout_id=large.id, by=OSCAR, reason="stop", now=here.now)
                for _ in range(3)
            ),
            return_exceptions=True,
        )
    assert sum(isinstance(end, Payout) for end in ends) == 1
    assert await here.built.store.count(Payout, state=[PayoutState.PAID, PayoutState.RETURNED]) == 1
    await whole(here)


async def test_each_refusal_names_its_rule_and_when_it_passes(here: Town) -> None:
    provider = await rich(here, 10 * TEN)

    async def refused(amount: int) -> tuple[str, int, bool]:
        with pytest.raises(PayoutRefused) as refusal:
            await withdraws(here, provider, amount)
        passes = refusal.value.until
        if passes is not None:
            before, here.now = here.now, passes
            await here.sweep.run()
            purse = await here.core.payouts.purse(person_id=provider.person_id, now=here.now)
            purse.check(amount=max(amount, purse.least))
            here.now = before
        return refusal.value.rule, refusal.value.amount, passes is not None

    assert await refused(4_999) == ("least", 5_000, False)
    assert await refused(10 * TEN + 1) == ("funds", 10 * TEN, False)
    await earns(here, provider, TEN)
    assert await refused(11 * TEN) == ("hold", 10 * TEN, True)
    here.core.rules.update({"payout_day_most": str(2 * TEN)})
    with pytest.raises(PayoutRefused) as refusal:
        await withdraws(here, provider, 3 * TEN)
    assert (refusal.value.rule, refusal.value.amount) == ("day", 2 * TEN)
    assert refusal.value.until == here.now.replace(hour=16, minute=0)  # midnight in Shanghai
    await banked(here, provider, "4111111111111111")
    assert (await refused(TEN))[0] == "cool"
    await whole(here)


async def test_too_little_is_told_with_the_day_when_there_will_be_enough(here: Town) -> None:
    provider = await rich(here, 3_000)
    await earns(here, provider, 1_000)
    here.now += timedelta(days=1)
    await earns(here, provider, 1_000)
    with pytest.raises(PayoutRefused) as refusal:
        await withdraws(here, provider, 3_000)
    assert refusal.value.until == here.now + HELD
    here.now += HELD
    await here.sweep.run()
    assert await withdraws(here, provider, 5_000)


async def test_cash_that_is_owed_is_kept_back_from_what_was_earned(here: Town) -> None:
    provider = await rich(here, 10 * TEN)
    # A visit whose whole price he took at the door though it was all commission.
    await earns(here, provider, 4 * TEN, commission_bp=10_000, came=CASH_TAKEN)
    with pytest.raises(PayoutRefused) as refusal:
        await withdraws(here, provider, 7 * TEN)
    assert (refusal.value.rule, refusal.value.amount) == ("owed", 4 * TEN)
    await withdraws(here, provider, 6 * TEN)
    # The next earnings pay it first.
    await earns(here, provider, 5 * TEN)
    here.now += HELD
    await here.sweep.run()
    assert await balances(here, provider) == Balances(available=5 * TEN, paying=6 * TEN)
    await whole(here)


async def test_nothing_of_an_account_lies_in_the_open(here: Town) -> None:
    provider = await rich(here, TEN)
    payout = await withdraws(here, provider, TEN)
    bare = CARD.replace(" ", "")
    for table in ("payout_account", "payout", "outbox", "timer", "ledger_transaction"):
        rows = await here.database.fetch(f"SELECT * FROM {table}")
        assert bare not in str(rows)
        assert "Wang Wei" not in str(rows)
    await here.core.deciding.approve(payout_id=payout.id, by=OLIVIA, now=here.now)
    holder = await here.core.deciding.holder(payout_id=payout.id)
    assert (holder.name, holder.number) == ("Wang Wei", bare)
