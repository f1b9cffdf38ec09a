"""Paying by WeChat: our method against the stand-in over HTTP, with all that goes wrong on the way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import PaymentUnavailable
from core.payments.facts import Told
from core.payments.method import NoAnswer, Outcome
from tests.bot.payments.towns import NOW
from tests.bot.payments.wechat_keys import pairs
from tests.bot.payments.wechat_town import NUMBER, Town, asked, town

pytestmark = pytest.mark.feature("C10")
PHONE = NUMBER + "H"
BACK = "https://city.example/pay/wechat/P1?key=1"


@pytest.fixture
async def wechat() -> AsyncIterator[Town]:
    async with town() as here:
        yield here


async def states(wechat: Town) -> dict[object, object]:
    return {order["id"]: order["state"] for order in (await wechat.book())["orders"]}


async def test_a_code_is_made_scanned_paid_and_told_by_a_notice(wechat: Town) -> None:
    opened = await wechat.method.open(intent=asked())
    assert (opened.url, opened.reference) == (f"{wechat.base}/pay/wechat/{NUMBER}", NUMBER)
    assert (await wechat.method.ask(intent=asked())).outcome is Outcome.OPEN
    await wechat.tap(opened.code, "pay")
    await wechat.wait(lambda: len(wechat.facts) == 1)
    [fact] = wechat.facts
    assert (fact.told, fact.number, fact.amount, fact.currency) == (Told.PAID, NUMBER, 6000, "CNY")
    answer = await wechat.method.ask(intent=asked())
    assert (answer.outcome, answer.amount, answer.currency) == (Outcome.PAID, 6000, "CNY")
    assert answer.reference == fact.reference


async def test_a_phone_pays_a_second_order_which_is_the_same_payment(wechat: Town) -> None:
    await wechat.method.open(intent=asked())
    link = await wechat.method.open_on_phone(intent=asked(), ip="203.0.113.7", back=BACK)
    assert await wechat.method.open_on_phone(intent=asked(), ip="203.0.113.7", back=BACK) == link
    await wechat.tap(link, "pay")
    await wechat.wait(lambda: len(wechat.facts) == 1)
    assert wechat.facts[0].number == NUMBER
    answer = await wechat.method.ask(intent=asked())
    assert (answer.outcome, answer.reference) == (Outcome.PAID, wechat.facts[0].reference)
    assert await states(wechat) == {NUMBER: "CLOSED", PHONE: "SUCCESS"}


async def test_paid_by_code_and_on_the_phone_is_two_charges_of_one_payment(wechat: Town) -> None:
    opened = await wechat.method.open(intent=asked())
    await wechat.tap(opened.code, "twice")
    await wechat.wait(lambda: len(wechat.facts) == 2)
    assert {fact.number for fact in wechat.facts} == {NUMBER}
    assert len({fact.reference for fact in wechat.facts}) == 2
    assert await states(wechat) == {NUMBER: "SUCCESS", PHONE: "SUCCESS"}


async def test_the_same_number_is_one_order_however_often(wechat: Town) -> None:
    first = await wechat.method.open(intent=asked())
    assert await wechat.method.open(intent=asked()) == first
    assert list(await states(wechat)) == [NUMBER]


async def test_a_number_with_other_contents_is_never_taken_for_the_same(wechat: Town) -> None:
    await wechat.method.open(intent=asked())
    for other in (asked(amount=5999), asked(title="Something else")):
        with pytest.raises(NoAnswer):
            await wechat.method.open(intent=other)
    [order] = (await wechat.book())["orders"]
    assert order["total"] == 6000


@pytest.mark.parametrize(
    ("fault", "known"),
    [
        ("drop_before", Outcome.UNKNOWN),
        ("500", Outcome.UNKNOWN),
        ("drop_after", Outcome.OPEN),
    ],
)
async def test_no_answer_is_asked_again_with_the_number_alone(
    wechat: Town, fault: str, known: Outcome
) -> None:
    await wechat.fault(fault, match="native")
    with pytest.raises(NoAnswer):
        await wechat.method.open(intent=asked())
    assert (await wechat.method.ask(intent=asked())).outcome is known
    await wechat.method.open(intent=asked())
    assert list(await states(wechat)) == [NUMBER]


async def test_what_the_platform_finds_wrong_with_a_link_is_a_no(wechat: Town) -> None:
    with pytest.raises(PaymentUnavailable):
        await wechat.method.open_on_phone(intent=asked(), ip="nowhere", back=BACK)
    with pytest.raises(PaymentUnavailable):
        await wechat.method.open(intent=asked("P1"))  # shorter than six


async def test_another_currency_is_not_for_wechat(wechat: Town) -> None:
    with pytest.raises(PaymentUnavailable):
        await wechat.method.open(intent=asked(currency="USD"))
    with pytest.raises(PaymentUnavailable):
        await wechat.method.open_on_phone(intent=asked(currency="USD"), ip="203.0.113.7", back=BACK)
    back = await wechat.method.refund(number="R1", charge="42", amount=1, currency="USD")
    assert back.outcome is Outcome.REFUSED
    assert await states(wechat) == {}


@pytest.mark.parametrize("unknown", ["private_key", "merchant_id", "key_serial"])
async def test_whom_the_platform_does_not_know_it_answers_without_a_signature(unknown: str) -> None:
    other = {"private_key": pairs("others").merchant.private}
    async with town(**other if unknown in other else {unknown: "1900000999"}) as wechat:
        with pytest.raises(NoAnswer):
            await wechat.method.open(intent=asked())
        assert (await wechat.method.ask(intent=asked())).outcome is Outcome.UNKNOWN
        back = await wechat.method.refund(number="R1", charge="42", amount=1, currency="CNY")
        assert back.outcome is Outcome.UNKNOWN
        assert await states(wechat) == {}


@pytest.mark.parametrize("key", ["public_key", "public_key_id"])
async def test_an_answer_the_platform_has_not_signed_is_no_answer(key: str) -> None:
    others = pairs("others")
    other = {"public_key": others.platform.public, "public_key_id": others.key_id}
    async with town(**{key: other[key]}) as wechat:
        with pytest.raises(NoAnswer):
            await wechat.method.open(intent=asked())
        assert (await wechat.method.ask(intent=asked())).outcome is Outcome.UNKNOWN
        assert (await wechat.method.close(intent=asked())).outcome is Outcome.UNKNOWN


async def test_closed_means_neither_can_be_paid_nor_opened(wechat: Town) -> None:
    opened = await wechat.method.open(intent=asked())
    link = await wechat.method.open_on_phone(intent=asked(), ip="203.0.113.7", back=BACK)
    answer = await wechat.method.close(intent=asked())
    assert (answer.outcome, answer.expired) == (Outcome.REFUSED, True)
    for url in (opened.code, link):
        await wechat.tap(url, "pay")
    assert set((await states(wechat)).values()) == {"CLOSED"}
    for again in (wechat.method.open(intent=asked()), wechat.method.open_on_phone(
        intent=asked(), ip="203.0.113.7", back=BACK)):  # fmt: skip
        with pytest.raises(NoAnswer):
            await again


async def test_a_phone_that_is_late_finds_a_closed_door(wechat: Town) -> None:
    await wechat.method.open(intent=asked())
    await wechat.method.close(intent=asked())
    with pytest.raises(NoAnswer):
        await wechat.method.open_on_phone(intent=asked(), ip="203.0.113.7", back=BACK)


async def test_closing_what_was_never_made_is_closed(wechat: Town) -> None:
    answer = await wechat.method.close(intent=asked())
    assert (answer.outcome, answer.expired) == (Outcome.REFUSED, True)


@pytest.mark.parametrize("on_phone", [False, True])
async def test_closing_what_is_paid_says_paid(wechat: Town, on_phone: bool) -> None:
    opened = await wechat.method.open(intent=asked())
    link = await wechat.method.open_on_phone(intent=asked(), ip="203.0.113.7", back=BACK)
    await wechat.tap(link if on_phone else opened.code, "pay")
    answer = await wechat.method.close(intent=asked())
    assert (answer.outcome, answer.amount) == (Outcome.PAID, 6000)


@pytest.mark.parametrize("which", [NUMBER, PHONE])
async def test_half_an_answer_closes_nothing(wechat: Town, which: str) -> None:
    """The one that did not answer may have been paid."""
    await wechat.method.open(intent=asked())
    await wechat.fault("500", match=f"/{which}/close")
    assert (await wechat.method.close(intent=asked())).outcome is Outcome.UNKNOWN
    assert (await wechat.method.close(intent=asked())).outcome is Outcome.REFUSED


async def test_a_code_runs_out_by_itself(wechat: Town) -> None:
    await wechat.method.open(intent=asked())
    wechat.clock.advance(minutes=16)
    answer = await wechat.method.ask(intent=asked())
    assert (answer.outcome, answer.expired) == (Outcome.REFUSED, True)


async def test_a_title_is_cut_to_what_the_platform_takes(wechat: Town) -> None:
    await wechat.method.open(intent=asked(title="空调\n" + "清洗" * 60))
    [order] = (await wechat.book())["orders"]
    description = order["asked"]["description"]  # type: ignore[index]
    assert description.startswith("空调 清洗清洗")
    assert 124 <= len(description.encode()) <= 127


async def test_money_goes_back_once_per_number_in_parts_a_minute_apart(wechat: Town) -> None:
    charge = await _paid(wechat)

    async def back(number: str, amount: int) -> Outcome:
        answer = await wechat.method.refund(
            number=number, charge=charge, amount=amount, currency="CNY"
        )
        return answer.outcome

    assert await back("R1", 2000) is Outcome.OPEN
    assert await back("R1", 2000) is Outcome.PAID
    assert await back("R2", 4001) is Outcome.REFUSED
    assert await back("R3", 4000) is Outcome.UNKNOWN  # too soon
    wechat.clock.advance(minutes=1)
    assert await back("R3", 4000) is Outcome.OPEN
    assert await back("R4", 1) is Outcome.REFUSED
    assert [r["refund"] for r in (await wechat.book())["refunds"]] == [2000, 4000]
    await wechat.wait(lambda: [f.told for f in wechat.facts].count(Told.REFUNDED) == 2)
    told = [f for f in wechat.facts if f.told is Told.REFUNDED]
    assert {(f.refund_number, f.charge) for f in told} == {("R1", charge), ("R3", charge)}


async def test_fifty_parts_and_a_year_are_the_end(wechat: Town) -> None:
    charge = await _paid(wechat)
    outcomes = []
    for part in range(51):
        answer = await wechat.method.refund(
            number=f"R{part}", charge=charge, amount=10, currency="CNY"
        )
        outcomes.append(answer.outcome)
        wechat.clock.advance(seconds=61)
    assert outcomes == [Outcome.OPEN] * 50 + [Outcome.REFUSED]
    other = await _paid(wechat, "P7654321", NOW + timedelta(hours=2))
    wechat.clock.advance(days=366)
    late = await wechat.method.refund(number="R99", charge=other, amount=10, currency="CNY")
    assert late.outcome is Outcome.REFUSED


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "500", "unknown_code"])
async def test_a_refund_without_an_answer_is_unknown_and_done_once_when_repeated(
    wechat: Town, fault: str
) -> None:
    charge = await _paid(wechat)
    for call in ("GET /sandbox/wechat/v3/refund", "GET /sandbox/wechat/v3/pay", "POST"):
        await wechat.fault(fault, match=call)
        answer = await wechat.method.refund(number="R1", charge=charge, amount=6000, currency="CNY")
        assert answer.outcome is Outcome.UNKNOWN
    wechat.clock.advance(hours=25)
    answer = await wechat.method.refund(number="R1", charge=charge, amount=6000, currency="CNY")
    assert answer.outcome in {Outcome.OPEN, Outcome.PAID}
    assert len((await wechat.book())["refunds"]) == 1


async def test_the_book_survives_a_restart(tmp_path: Path) -> None:
    storage = tmp_path / "wechat.db"
    async with town(storage=storage) as wechat:
        opened = await wechat.method.open(intent=asked())
        wechat.deaf = 10**6
        await wechat.tap(opened.code, "pay")
    async with town(storage=storage) as wechat:
        assert (await wechat.method.ask(intent=asked())).outcome is Outcome.PAID


async def test_twice_late_and_out_of_order_ends_alike(wechat: Town) -> None:
    await wechat.fault("twice", match="REFUND")
    await wechat.fault("out_of_order", match="TRANSACTION")
    charge = await _paid(wechat)
    await wechat.method.refund(number="R1", charge=charge, amount=6000, currency="CNY")
    await wechat.wait(lambda: len(wechat.facts) == 3)
    assert [fact.told for fact in wechat.facts] == [Told.REFUNDED, Told.REFUNDED, Told.PAID]
    assert len({fact.key for fact in wechat.facts}) == 2


async def test_many_at_once_share_one_line_and_none_is_mixed_up(wechat: Town) -> None:
    numbers = [f"P10000{n:02d}" for n in range(20)]
    intents = [asked(number, amount=1000 + n) for n, number in enumerate(numbers)]
    await asyncio.gather(*(wechat.method.open(intent=intent) for intent in intents))
    for number in numbers[::2]:
        wechat.stand_in.paid(number)
    answers = await asyncio.gather(*(wechat.method.ask(intent=intent) for intent in intents))
    assert [answer.amount for answer in answers] == [
        1000 + n if n % 2 == 0 else 0 for n in range(20)
    ]


@pytest.mark.feature("A12")
async def test_the_statement_of_a_day_has_each_charge_and_refund_with_its_fee(wechat: Town) -> None:
    wechat.clock.now = NOW.replace(hour=3)  # eleven in the morning there
    charge = await _paid(wechat, title="洗衣, 加急")
    await wechat.method.refund(number="R1", charge=charge, amount=2000, currency="CNY")
    other = asked("P7654321", amount=12850)
    await wechat.method.open_on_phone(intent=other, ip="203.0.113.7", back=BACK)
    wechat.stand_in.paid("P7654321H")
    first = NOW.replace(hour=0) - timedelta(hours=8)
    with pytest.raises(NoAnswer):  # the day isn't over
        await wechat.method.statement(first=first, end=first + timedelta(days=1))
    wechat.clock.advance(days=1)
    lines = await wechat.method.statement(first=first, end=first + timedelta(days=1))
    told = [(one.kind, one.number, one.amount, one.currency, one.fee) for one in lines]
    assert sorted(told, key=str) == [
        ("payment", "P1234567", 6000, "CNY", 36), ("payment", "P7654321", 12850, "CNY", 77),
        ("refund", "R1", 2000, "CNY", None),
    ]  # fmt: skip
    assert charge in [one.reference for one in lines]
    assert await wechat.method.statement(first=first - timedelta(days=1), end=first) == []


@pytest.mark.parametrize("fault", ["500", "drop_after", "unknown_code"])
@pytest.mark.parametrize("call", ["tradebill", "billdownload"])
async def test_a_statement_that_does_not_come_is_no_answer(
    wechat: Town, call: str, fault: str
) -> None:
    await _paid(wechat)
    wechat.clock.advance(days=1)
    await wechat.fault(fault, match=call)
    with pytest.raises(NoAnswer):
        await wechat.method.statement(first=NOW, end=NOW + timedelta(hours=1))


async def _paid(wechat: Town, number: str = NUMBER, until: object = None, **more: object) -> str:
    given = asked(number, **more) if until is None else asked(number, expires_at=until, **more)
    await wechat.method.open(intent=given)
    wechat.stand_in.paid(number)
    return str((await wechat.method.ask(intent=given)).reference)
