"""Money to providers' WeChat over real HTTP: once per number whatever is lost, theirs once they say yes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core.payments.facts import Told
from core.payouts.sending import Transfer, Went
from tests.bot.payments.towns import NOW
from tests.bot.payments.wechat_keys import pairs
from tests.bot.payments.wechat_town import Town, town

OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"
TRANSFER = Transfer("W12345678", 12_850, OPENID, "王伟")
BILLS = "mch-transfer/transfer-bills"


@pytest.fixture
async def here() -> AsyncIterator[Town]:
    async with town() as built:
        yield built


def ended(here: Town, state: str, why: str = "") -> None:
    transfers = here.stand_in.transfers
    transfers.end(here.stand_in.book.find("wechat.transfer", TRANSFER.number), state, why)
    here.stand_in.notices.ring()


async def book(here: Town) -> list[dict[str, Any]]:
    return (await here.book())["transfers"]


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "500", "unknown_code"])
async def test_a_lost_answer_is_unknown_and_there_is_one_transfer(here: Town, fault: str) -> None:
    sender = here.method.sender
    assert (await sender.ask(transfer=TRANSFER)).went is Went.NOT_THERE
    await here.fault(fault, match=f"POST /sandbox/wechat/v3/fund-app/{BILLS}")
    assert (await sender.send(transfer=TRANSFER)).went is Went.UNKNOWN
    there = Went.WAITS if fault == "drop_after" else Went.NOT_THERE
    assert (await sender.ask(transfer=TRANSFER)).went is there
    sent = [await sender.send(transfer=TRANSFER) for _ in range(3)]
    assert {one.went for one in sent} == {Went.WAITS}
    [made] = await book(here)
    assert (made["amount"], made["openid"], made["name"]) == (12_850, OPENID, "王伟")
    assert {(one.reference, one.ticket, one.until) for one in sent} == {
        (made["bill"], made["package"], NOW + timedelta(hours=24))
    }
    assert (await sender.ask(transfer=TRANSFER)).ticket == "", "only who sends gets it"


async def test_who_says_yes_has_it_and_we_are_told(here: Town) -> None:
    sender = here.method.sender
    await sender.send(transfer=TRANSFER)
    ended(here, "SUCCESS")
    await here.wait(lambda: len(here.facts) == 1)
    [fact] = here.facts
    assert (fact.told, fact.number) == (Told.PAYOUT_ENDED, TRANSFER.number)
    for answer in (await sender.ask(transfer=TRANSFER), await sender.send(transfer=TRANSFER)):
        assert answer.went is Went.DONE
    assert here.stand_in.transfers.purse() == 100_000_000 - TRANSFER.amount


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        ("OVERDUE_CLOSE", "wechat_late"), ("NAME_NOT_CORRECT", "wechat_name"),
        ("OPENID_INVALID", "wechat_gone"), ("ACCOUNT_FROZEN", "wechat_status"),
        ("DAY_RECEIVED_COUNT_EXCEED", "wechat_limit"), ("SOMETHING_NEW", "wechat_other"),
    ],
)  # fmt: skip
async def test_what_wechat_refuses_is_said_in_a_word(here: Town, why: str, reason: str) -> None:
    await here.method.sender.send(transfer=TRANSFER)
    ended(here, "FAIL", why)
    answer = await here.method.sender.ask(transfer=TRANSFER)
    assert (answer.went, answer.reason) == (Went.REFUSED, reason)


async def test_what_nobody_takes_within_a_day_is_over_by_itself_or_called_off(here: Town) -> None:
    sender = here.method.sender
    await sender.send(transfer=TRANSFER)
    here.clock.advance(hours=23)
    assert (await sender.ask(transfer=TRANSFER)).went is Went.WAITS
    await sender.call_off(transfer=TRANSFER)
    answer = await sender.ask(transfer=TRANSFER)
    assert (answer.went, answer.reason) == (Went.REFUSED, "wechat_late")
    other = Transfer("W87654321", 30, OPENID, "王伟")
    await sender.send(transfer=other)
    here.clock.advance(hours=24)
    answer = await sender.ask(transfer=other)
    assert (answer.went, answer.reason) == (Went.REFUSED, "wechat_late")
    assert here.stand_in.transfers.purse() == 100_000_000


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "500"])
async def test_a_lost_calling_off_says_nothing(here: Town, fault: str) -> None:
    await here.method.sender.send(transfer=TRANSFER)
    await here.fault(fault, match="/cancel")
    await here.method.sender.call_off(transfer=TRANSFER)
    went = (await here.method.sender.ask(transfer=TRANSFER)).went
    assert went is (Went.REFUSED if fault == "drop_after" else Went.WAITS)


async def test_what_cant_be_taken_is_refused_only_where_nothing_is_under_that_number(
    here: Town,
) -> None:
    sender = here.method.sender
    small = Transfer("W1", 9, OPENID, "王伟")
    assert (await sender.send(transfer=small)).went is Went.REFUSED
    await sender.send(transfer=TRANSFER)
    other = Transfer(TRANSFER.number, 100, OPENID, "王伟")
    assert (await sender.send(transfer=other)).went is Went.UNKNOWN
    assert (await sender.ask(transfer=other)).went is Went.UNKNOWN
    assert (await sender.ask(transfer=TRANSFER)).went is Went.WAITS


async def test_an_empty_purse_is_no_refusal(here: Town) -> None:
    transfers = here.stand_in.transfers
    transfers.move(-transfers.purse())
    assert (await here.method.sender.send(transfer=TRANSFER)).went is Went.SHORT
    transfers.move(TRANSFER.amount)
    assert (await here.method.sender.send(transfer=TRANSFER)).went is Went.WAITS


async def test_a_wrong_key_on_either_side_is_never_a_refusal() -> None:
    others = pairs("others")
    for wrong in (
        {"private_key": others.merchant.private}, {"public_key": others.platform.public},
    ):  # fmt: skip
        async with town(**wrong) as here:
            sender = here.method.sender
            assert (await sender.send(transfer=TRANSFER)).went is Went.UNKNOWN
            assert (await sender.ask(transfer=TRANSFER)).went is Went.UNKNOWN
