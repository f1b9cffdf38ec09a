"""Paying by card: the real SDK against the stand-in over HTTP, with all that goes wrong on the way."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import PaymentUnavailable
from core.payments.facts import Told
from core.payments.method import NoAnswer, Outcome
from tests.bot.payments.stripe_town import NOW, Town, intent, town

pytestmark = pytest.mark.feature("C10")


@pytest.fixture
async def stripe() -> AsyncIterator[Town]:
    async with town() as here:
        yield here


async def test_a_link_is_opened_paid_on_the_page_and_told_by_a_notice(stripe: Town) -> None:
    opened = await stripe.method.open(intent=intent())
    assert opened.expires_at == NOW + timedelta(minutes=40)
    asked = intent(reference=opened.reference)
    assert (await stripe.method.ask(intent=asked)).outcome is Outcome.OPEN

    async with stripe.http.get(opened.url) as page:
        text = await page.text()
    assert "¥60.00" in text
    assert 'lang="zh-CN"' in text
    assert "支付成功" in await stripe.tap(opened.url, "pay")

    await stripe.wait(lambda: len(stripe.facts) == 1)
    [fact] = stripe.facts
    assert (fact.told, fact.number, fact.amount, fact.currency) == (Told.PAID, "P1", 6000, "CNY")
    answer = await stripe.method.ask(intent=asked)
    assert (answer.outcome, answer.amount, answer.currency) == (Outcome.PAID, 6000, "CNY")
    assert answer.reference == fact.reference


async def test_the_same_number_opens_one_page_however_often(stripe: Town) -> None:
    first = await stripe.method.open(intent=intent())
    stripe.clock.advance(minutes=20)
    assert await stripe.method.open(intent=intent()) == first
    assert len((await stripe.book())["sessions"]) == 1


async def test_a_number_with_other_contents_is_never_taken_for_the_same(stripe: Town) -> None:
    await stripe.method.open(intent=intent())
    with pytest.raises(NoAnswer):
        await stripe.method.open(intent=intent(amount=5999))
    assert len((await stripe.book())["sessions"]) == 1


@pytest.mark.parametrize(
    ("fault", "known"),
    [("drop_before", Outcome.UNKNOWN), ("500", Outcome.UNKNOWN), ("drop_after", Outcome.OPEN)],
)
async def test_a_lost_answer_is_unknown_and_the_number_finds_the_page(
    stripe: Town, fault: str, known: Outcome
) -> None:
    await stripe.fault(fault)
    with pytest.raises(NoAnswer):
        await stripe.method.open(intent=intent())
    assert (await stripe.method.ask(intent=intent())).outcome is known
    opened = await stripe.method.open(intent=intent())
    assert len((await stripe.book())["sessions"]) == 1

    await stripe.tap(opened.url, "pay")
    assert (await stripe.method.ask(intent=intent())).outcome is Outcome.PAID
    asked = intent(reference=opened.reference)
    await stripe.fault(fault)
    assert (await stripe.method.ask(intent=asked)).outcome is Outcome.UNKNOWN
    assert (await stripe.method.ask(intent=asked)).outcome is Outcome.PAID


async def test_the_same_number_in_another_language_is_the_same_page(stripe: Town) -> None:
    first = await stripe.method.open(intent=intent(language="zh_CN"))
    again = await stripe.method.open(intent=intent(language="en", title="Other words"))
    assert again == first


async def test_a_page_is_found_among_hundreds(stripe: Town) -> None:
    opened = await stripe.method.open(intent=intent("P1"))
    for number in range(205):
        stripe.stand_in.account.create(
            {
                "mode": "payment", "success_url": "/", "line_items": {"0": {
                    "quantity": "1", "price_data": {"unit_amount": "1", "currency": "cny",
                                                    "product_data": {"name": f"{number}"}}}},
            },
            base=stripe.base,
        )  # fmt: skip
    await stripe.tap(opened.url, "pay")
    assert (await stripe.method.ask(intent=intent("P1"))).outcome is Outcome.PAID


async def test_a_page_whose_link_was_lost_is_closed_by_its_number(stripe: Town) -> None:
    await stripe.fault("drop_after")
    with pytest.raises(NoAnswer):
        await stripe.method.open(intent=intent())
    answer = await stripe.method.close(intent=intent())
    assert (answer.outcome, answer.expired) == (Outcome.REFUSED, True)
    assert [s["status"] for s in (await stripe.book())["sessions"]] == ["expired"]


async def test_a_wrong_key_is_a_definite_no_for_opening_and_unknown_for_money() -> None:
    async with town(key="sk_test_wrong") as stripe:
        with pytest.raises(PaymentUnavailable):
            await stripe.method.open(intent=intent())
        assert (await stripe.method.ask(intent=intent(reference="cs_1"))).outcome is Outcome.UNKNOWN
        back = await stripe.method.refund(number="R1", charge="pi_1", amount=1, currency="CNY")
        assert back.outcome is Outcome.UNKNOWN


async def test_a_page_runs_out_by_itself(stripe: Town) -> None:
    opened = await stripe.method.open(intent=intent())
    stripe.clock.advance(minutes=41)
    answer = await stripe.method.ask(intent=intent(reference=opened.reference))
    assert (answer.outcome, answer.expired) == (Outcome.REFUSED, True)


async def test_cancel_on_the_page_pays_nothing_and_the_link_stays_good(stripe: Town) -> None:
    opened = await stripe.method.open(intent=intent(language="en"))
    assert "Nothing was paid" in await stripe.tap(opened.url, "cancel")
    assert "go back to the chat" in await stripe.tap(opened.url, "pay")


async def test_a_hostile_title_is_shown_as_it_is(stripe: Town) -> None:
    opened = await stripe.method.open(intent=intent(title="<script>alert(1)</script> $shop"))
    async with stripe.http.get(opened.url) as page:
        text = await page.text()
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; $shop" in text


async def test_an_address_that_does_not_exist_has_a_page(stripe: Town) -> None:
    async with stripe.http.get(f"{stripe.base}/sandbox/pay/stripe/cs_nothing") as page:
        assert page.status == 404
        assert "No such payment" in await page.text()


async def _paid(stripe: Town) -> str:
    opened = await stripe.method.open(intent=intent())
    await stripe.tap(opened.url, "pay")
    return (await stripe.method.ask(intent=intent(reference=opened.reference))).reference


async def test_the_notice_of_a_refund_names_our_number_and_the_charge(stripe: Town) -> None:
    charge = await _paid(stripe)
    for number, amount in (("R1", 2000), ("R2", 4000)):
        await stripe.method.refund(number=number, charge=charge, amount=amount, currency="CNY")
    await stripe.wait(lambda: [f.told for f in stripe.facts].count(Told.REFUNDED) == 2)
    told = [f for f in stripe.facts if f.told is Told.REFUNDED]
    assert {(f.refund_number, f.charge) for f in told} == {("R1", charge), ("R2", charge)}


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "500"])
async def test_nothing_is_given_back_while_it_is_not_known_what_was(
    stripe: Town, fault: str
) -> None:
    """We ask first: without that answer no second call is made."""
    charge = await _paid(stripe)
    await stripe.wait(lambda: not stripe.stand_in.book.waiting())
    await stripe.fault(fault, match="GET /sandbox/stripe/v1/refunds")
    answer = await stripe.method.refund(number="R1", charge=charge, amount=6000, currency="CNY")
    assert answer.outcome is Outcome.UNKNOWN
    assert not (await stripe.book())["refunds"]


async def test_the_book_survives_a_restart(tmp_path: Path) -> None:
    storage = tmp_path / "stripe.db"
    async with town(storage=storage) as stripe:
        opened = await stripe.method.open(intent=intent())
        stripe.deaf = 10**6
        await stripe.tap(opened.url, "pay")
    async with town(storage=storage) as stripe:
        answer = await stripe.method.ask(intent=intent(reference=opened.reference))
        assert answer.outcome is Outcome.PAID
        await stripe.wait(lambda: [f.told for f in stripe.facts] == [Told.PAID])


@pytest.mark.feature("A12")
async def test_the_statement_of_a_span_has_each_charge_and_refund_with_its_fee(
    stripe: Town,
) -> None:
    paid, back = intent("P1", amount=12850), intent("P2", amount=5000)
    for one in (paid, back):
        opened = await stripe.method.open(intent=one)
        stripe.stand_in.paid(opened.reference)
    answer = await stripe.method.ask(intent=back)
    await stripe.method.refund(number="R1", charge=answer.reference, amount=2000, currency="CNY")
    hour = timedelta(hours=1)
    lines = await stripe.method.statement(first=NOW - hour, end=NOW + hour)
    assert sorted((one.kind, one.number, one.amount, one.currency, one.fee) for one in lines or ()) == [
        ("payment", "P1", 12850, "CNY", 373), ("payment", "P2", 5000, "CNY", 145),
        ("refund", "R1", 2000, "CNY", None),
    ]  # fmt: skip
    assert answer.reference in [one.reference for one in lines or ()]
    assert await stripe.method.statement(first=NOW - 2 * hour, end=NOW - hour) == []
