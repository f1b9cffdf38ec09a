"""The three trades behind a payment, over real HTTP: whichever is paid, the payment is; refunds told by their total."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from core.errors import PaymentUnavailable
from core.payments.facts import Told
from core.payments.method import NoAnswer, NoticeRefused, Outcome
from tests.bot.payments.alipay_keys import pair
from tests.bot.payments.alipay_town import Town, till, town
from tests.bot.payments.towns import NOW, intent


@pytest.fixture
async def here() -> AsyncIterator[Town]:
    async with town() as built:
        yield built


async def scanned(here: Town, code: str) -> str:
    """A phone is held over the code: the page it leads to."""
    async with here.http.get(code) as page:
        assert page.status == 200
        return str(page.url)


async def link(here: Town, number: str, way: str) -> str:
    """Where our own page leads to."""
    who = {"intent": intent(number), "back": here.base}
    if way == "computer":
        return str(await here.method.open_on_computer(**who))
    return str(await here.method.open_on_phone(ip="203.0.113.7", **who))


async def test_the_code_the_phones_page_and_the_computers_page_each_pay_it(here: Town) -> None:
    for number, way in (("P1", "code"), ("P2", "phone"), ("P3", "computer")):
        opened = await here.method.open(intent=intent(number))
        url = opened.code if way == "code" else await link(here, number, way)
        await here.tap(await scanned(here, url), "pay")
        answer = await here.method.ask(intent=intent(number))
        assert (answer.outcome, answer.amount) == (Outcome.PAID, 6000)
    await here.wait(lambda: len(here.facts) == 3)
    assert [fact.number for fact in here.facts] == ["P1", "P2", "P3"]


async def test_paid_by_code_and_by_page_are_two_charges_of_one_payment(here: Town) -> None:
    opened = await here.method.open(intent=intent())
    for url in (opened.code, await link(here, "P1", "phone")):
        await here.tap(await scanned(here, url), "pay")
    await here.wait(lambda: len(here.facts) == 2)
    assert {fact.number for fact in here.facts} == {"P1"}
    assert len({fact.reference for fact in here.facts}) == 2


async def test_closed_early_what_was_opened_is_closed_at_once_and_the_rest_in_its_time(
    here: Town,
) -> None:
    opened = await here.method.open(intent=intent())
    page = till(here, opened)
    assert (await here.method.close(intent=intent())).outcome is Outcome.OPEN
    assert "This link has run out" in await here.tap(page, "pay")
    here.clock.advance(minutes=16)
    assert "This link has run out" in await here.tap(await scanned(here, opened.code), "pay")
    closed = await here.method.close(intent=intent())
    assert (closed.outcome, closed.expired) == (Outcome.REFUSED, True)


async def test_refunds_in_parts_and_in_full_are_told_as_such(here: Town) -> None:
    opened = await here.method.open(intent=intent())
    await here.tap(till(here, opened), "pay")
    charge = (await here.method.ask(intent=intent())).reference
    for number, amount in (("R1", 2000), ("R2", 4000)):
        await here.method.refund(number=number, charge=charge, amount=amount, currency="CNY")
    await here.wait(lambda: len(here.facts) == 3)
    told = [(f.told, f.refund_number, f.total, f.amount) for f in here.facts]
    assert told == [
        (Told.PAID, "", 0, 6000), (Told.REFUNDED, "R1", 2000, 0), (Told.REFUNDED, "R2", 6000, 0),
    ]  # fmt: skip
    # A trade that was given back in full is closed, and was paid all the same.
    assert (await here.method.ask(intent=intent())).outcome is Outcome.PAID


async def test_the_same_refund_with_another_amount_is_not_guessed(here: Town) -> None:
    opened = await here.method.open(intent=intent())
    await here.tap(till(here, opened), "pay")
    charge = (await here.method.ask(intent=intent())).reference
    refund = here.method.refund
    await refund(number="R1", charge=charge, amount=2000, currency="CNY")
    other = await refund(number="R1", charge=charge, amount=1999, currency="CNY")
    assert other.outcome is Outcome.UNKNOWN
    dollars = await refund(number="R2", charge=charge, amount=1, currency="USD")
    assert dollars.outcome is Outcome.REFUSED


async def test_our_own_account_without_money_gives_nothing_back(here: Town) -> None:
    opened = await here.method.open(intent=intent())
    await here.tap(till(here, opened), "pay")
    charge = (await here.method.ask(intent=intent())).reference
    here.stand_in.account.move(-here.stand_in.account.purse())
    answer = await here.method.refund(number="R1", charge=charge, amount=1, currency="CNY")
    assert answer.outcome is Outcome.REFUSED


async def test_only_yuan_and_only_with_the_right_keys() -> None:
    async with town() as here:
        with pytest.raises(PaymentUnavailable):
            await here.method.open(intent=intent(currency="USD"))
    async with town(private_key=pair("x")[0]) as here:
        with pytest.raises(PaymentUnavailable):
            await here.method.open(intent=intent())
    async with town(public_key=pair("x")[1]) as here:
        with pytest.raises(NoAnswer):
            await here.method.open(intent=intent())
        assert (await here.method.ask(intent=intent())).outcome is Outcome.UNKNOWN


async def test_a_number_for_one_product_is_no_number_for_another(here: Town) -> None:
    await here.tap(await scanned(here, await link(here, "P1", "phone")), "pay")
    with pytest.raises(NoAnswer):
        await here.method.open(intent=intent("P1W"))


async def test_a_bill_that_is_not_written_yet_is_no_answer_and_a_day_without_trade_is_empty(
    here: Town,
) -> None:
    day = NOW.replace(hour=0) - timedelta(hours=8)
    asked = {"first": day, "end": day + timedelta(days=1)}
    with pytest.raises(NoAnswer):
        await here.method.statement(**asked)
    here.clock.advance(days=2)
    assert await here.method.statement(**asked) == []


async def test_a_notice_of_another_app_is_refused(here: Town) -> None:
    opened = await here.method.open(intent=intent())
    await here.tap(till(here, opened), "pay")
    await here.wait(lambda: bool(here.notices))
    raw, headers = here.notices[0]
    async with town(app_id="2021000000000009") as other:
        with pytest.raises(NoticeRefused, match="app"):
            other.method.read_notice(raw=raw, headers=headers, now=here.clock.now)
