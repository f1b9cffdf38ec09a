"""Money to providers over real HTTP: once per number whatever is lost, and each refusal in a word of its own."""

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta

import pytest

from bot.payments.alipay.amounts import BEIJING
from core.payouts.sending import Transfer, Went
from core.reconciling.model import Kind
from tests.bot.payments.alipay_keys import pair
from tests.bot.payments.alipay_town import Town, town

TRANSFER = Transfer("W12345678", 12_850, "13800000009", "王伟")


@pytest.fixture
async def here() -> AsyncIterator[Town]:
    async with town() as built:
        yield built


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "500", "unknown_code"])
async def test_a_lost_answer_is_unknown_and_the_money_goes_once(here: Town, fault: str) -> None:
    sender = here.method.sender
    assert (await sender.ask(transfer=TRANSFER)).went is Went.NOT_THERE
    await here.fault(fault, match="alipay.fund.trans.uni.transfer")
    assert (await sender.send(transfer=TRANSFER)).went is Went.UNKNOWN
    there = Went.DONE if fault == "drop_after" else Went.NOT_THERE
    assert (await sender.ask(transfer=TRANSFER)).went is there
    sent = [await sender.send(transfer=TRANSFER) for _ in range(3)]
    assert {one.went for one in sent} == {Went.DONE}
    [made] = (await here.book())["transfers"]
    assert (made["amount"], made["name"]) == (12_850, "王伟")
    assert {one.reference for one in sent} == {made["order_id"]}


@pytest.mark.parametrize(
    ("transfer", "reason"),
    [
        (Transfer("W1", 100, "13800000000", "王伟"), "alipay_payee"),
        (Transfer("W1", 100, "13800000001", "王伟"), "alipay_name"),
        (Transfer("W1", 9, "13800000009", "王伟"), "alipay_limit"),
    ],
)
async def test_what_alipay_refuses_is_said_in_a_word(
    here: Town, transfer: Transfer, reason: str
) -> None:
    sent = await here.method.sender.send(transfer=transfer)
    assert (sent.went, sent.reason) == (Went.REFUSED, reason)
    assert not (await here.book())["transfers"]


async def test_without_a_name_or_with_another_amount_nothing_is_known(here: Town) -> None:
    sender = here.method.sender
    assert (await sender.send(transfer=Transfer("W1", 100, "a@b.cn", ""))).went is Went.UNKNOWN
    await sender.send(transfer=TRANSFER)
    other = Transfer(TRANSFER.number, 100, TRANSFER.account, TRANSFER.name)
    assert (await sender.send(transfer=other)).went is Went.UNKNOWN
    assert (await sender.ask(transfer=other)).went is Went.UNKNOWN


async def test_an_empty_purse_is_no_refusal(here: Town) -> None:
    account = here.stand_in.account
    account.move(-account.purse())
    assert (await here.method.sender.send(transfer=TRANSFER)).went is Went.SHORT
    account.move(TRANSFER.amount)
    assert (await here.method.sender.send(transfer=TRANSFER)).went is Went.DONE


async def test_a_wrong_key_on_either_side_is_never_a_refusal() -> None:
    for wrong in ({"private_key": pair("x")[0]}, {"public_key": pair("x")[1]}):
        async with town(**wrong) as here:
            assert (await here.method.sender.send(transfer=TRANSFER)).went is Went.UNKNOWN


@pytest.mark.feature("A12")
async def test_what_was_sent_stands_in_the_statement_under_our_number(here: Town) -> None:
    await here.method.sender.send(transfer=TRANSFER)
    midnight = datetime.combine(here.clock.now.astimezone(BEIJING).date(), time(), BEIJING)
    here.clock.advance(days=2)
    [line] = await here.method.statement(first=midnight, end=midnight + timedelta(days=1))
    assert (line.kind, line.reference, line.amount) == (Kind.TRANSFER, "W12345678", 12_850)
