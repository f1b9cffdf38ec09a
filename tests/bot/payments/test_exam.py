"""The common exam: what every way of paying online must do, over real HTTP and with all that goes wrong on the way."""

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from core.payments.facts import Fact, Told, merge
from core.payments.method import Answer, NoAnswer, NoticeRefused, Opened, Outcome
from core.payments.model import PaymentState, Purpose
from core.payments.service import intend
from tests.bot.payments.candidates import CANDIDATES, Candidate
from tests.bot.payments.towns import NOW, Town, intent

pytestmark = pytest.mark.feature("C10")
LOST = ["drop_before", "drop_after", "500", "unknown_code"]
ALTERED = 3_500


@dataclass
class Hall:
    """One candidate, at work."""

    candidate: Candidate
    town: Town

    async def opens(self, number: str = "P100001", amount: int = 6000) -> Opened:
        opened: Opened = await self.town.method.open(intent=intent(number, amount=amount))
        return opened

    async def taps(self, opened: Opened, action: str = "pay") -> str:
        till = self.candidate.till(self.town, opened)
        return await self.town.tap(till, action, **{"Accept-Language": "zh-CN"})

    async def asks(self, opened: Opened, number: str = "P100001", amount: int = 6000) -> Answer:
        asked = intent(number, amount=amount, reference=opened.reference)
        answer: Answer = await self.town.method.ask(intent=asked)
        return answer

    async def closes(self, reference: str = "", number: str = "P100001") -> Answer:
        answer: Answer = await self.town.method.close(intent=intent(number, reference=reference))
        return answer

    async def sends_back(self, charge: str, amount: int, number: str = "R1") -> Answer:
        """What is accepted is asked for again with the same number."""
        for _ in range(2):
            answer: Answer = await self.town.method.refund(
                number=number, charge=charge, amount=amount, currency="CNY"
            )
            if answer.outcome is not Outcome.OPEN:
                break
        return answer

    async def sells(self, number: str = "P100001", amount: int = 6000) -> str:
        """A paid payment; the gateway's id of its charge."""
        opened = await self.opens(number, amount)
        await self.taps(opened)
        await self.hears(Told.PAID, 1)
        return (await self.asks(opened, number, amount)).reference

    async def hears(self, told: Told, times: int) -> list[Fact]:
        await self.town.wait(lambda: len(self.told(told)) >= times)
        return self.told(told)

    def told(self, told: Told) -> list[Fact]:
        return [fact for fact in self.town.facts if fact.told is told]

    async def fault(self, call: str, kind: str) -> None:
        await self.town.fault(kind, match=self.candidate.calls[call])

    async def charges(self) -> list[dict[str, object]]:
        return (await self.town.book())[self.candidate.charges]

    async def refunds(self) -> list[dict[str, object]]:
        return (await self.town.book())[self.candidate.refunds]


@pytest.fixture(params=CANDIDATES, ids=str)
async def hall(request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with request.param.town() as town:
        yield Hall(request.param, town)


async def test_a_link_is_opened_paid_and_told_by_a_notice(hall: Hall) -> None:
    opened = await hall.opens()
    assert opened.url.startswith("http")
    assert opened.reference
    assert (await hall.asks(opened)).outcome is Outcome.OPEN
    assert "支付成功" in await hall.taps(opened)
    [fact] = await hall.hears(Told.PAID, 1)
    assert (fact.number, fact.amount, fact.currency) == ("P100001", 6000, "CNY")
    assert fact.key
    answer = await hall.asks(opened)
    assert (answer.outcome, answer.amount, answer.currency) == (Outcome.PAID, 6000, "CNY")
    assert answer.reference == fact.reference


async def test_the_same_number_is_opened_once_however_often(hall: Hall) -> None:
    first = await hall.opens()
    hall.town.clock.advance(minutes=3)
    again = await hall.opens()
    assert again.reference == first.reference
    await hall.taps(first)
    assert "支付成功" in await hall.taps(again)
    assert len(await hall.charges()) == 1


async def test_a_number_with_another_amount_is_never_taken_for_the_same(hall: Hall) -> None:
    opened = await hall.opens(amount=6000)
    with pytest.raises(NoAnswer):
        await hall.opens(amount=5999)
    await hall.taps(opened)
    assert (await hall.asks(opened)).amount == 6000


@pytest.mark.parametrize("fault", LOST)
async def test_an_opening_without_an_answer_is_asked_again_with_the_same_number(
    hall: Hall, fault: str
) -> None:
    await hall.fault("open", fault)
    with pytest.raises(NoAnswer):
        await hall.opens()
    opened = await hall.opens()
    await hall.taps(opened)
    assert (await hall.asks(opened)).outcome is Outcome.PAID
    assert len(await hall.charges()) == 1


@pytest.mark.parametrize("fault", LOST)
async def test_a_question_without_an_answer_is_unknown(hall: Hall, fault: str) -> None:
    opened = await hall.opens()
    await hall.taps(opened)
    await hall.fault("ask", fault)
    assert (await hall.asks(opened)).outcome is Outcome.UNKNOWN
    assert (await hall.asks(opened)).outcome is Outcome.PAID


async def test_a_payment_without_reference_is_found_by_its_number(hall: Hall) -> None:
    opened = await hall.opens()
    await hall.taps(opened)
    found = await hall.town.method.ask(intent=intent("P100001"))
    assert found.outcome is Outcome.PAID
    assert found.reference == (await hall.asks(opened)).reference


@pytest.mark.parametrize("fault", LOST)
async def test_a_closing_without_an_answer_is_unknown_and_done_when_repeated(
    hall: Hall, fault: str
) -> None:
    opened = await hall.opens()
    await hall.fault("close", fault)
    assert (await hall.closes(opened.reference)).outcome is Outcome.UNKNOWN
    if not hall.candidate.closes_at_once:
        hall.town.clock.advance(minutes=41)
    closed = await hall.closes(opened.reference)
    assert (closed.outcome, closed.expired) == (Outcome.REFUSED, True)
    assert "链接已过期" in await hall.taps(opened)
    assert not await hall.charges()


async def test_what_was_never_opened_is_as_good_as_closed(hall: Hall) -> None:
    hall.town.clock.advance(hours=30)
    answer = await hall.closes()
    assert (answer.outcome, answer.expired) == (Outcome.REFUSED, True)
    assert not await hall.charges()


async def test_closing_what_is_paid_says_paid(hall: Hall) -> None:
    opened = await hall.opens()
    await hall.taps(opened)
    closed = await hall.closes(opened.reference)
    assert (closed.outcome, closed.amount) == (Outcome.PAID, 6000)


async def test_a_link_runs_out_by_itself(hall: Hall) -> None:
    opened = await hall.opens()
    hall.town.clock.advance(minutes=41)
    assert "链接已过期" in await hall.taps(opened)
    assert not await hall.charges()
    closed = await hall.closes(opened.reference)
    assert (closed.outcome, closed.expired) == (Outcome.REFUSED, True)


async def test_a_double_tap_pays_once_and_paying_twice_is_two_charges(hall: Hall) -> None:
    first = await hall.opens("P100001")
    for _ in range(2):
        await hall.taps(first)
    assert len(await hall.charges()) == 1
    await hall.taps(await hall.opens("P100002"), "twice")
    told = await hall.hears(Told.PAID, 3)
    assert len({fact.reference for fact in told if fact.number == "P100002"}) == 2


async def test_cancel_on_the_page_pays_nothing_and_the_link_stays_good(hall: Hall) -> None:
    opened = await hall.opens()
    assert "尚未付款" in await hall.taps(opened, "cancel")
    assert not await hall.charges()
    assert "支付成功" in await hall.taps(opened)


async def test_money_goes_back_once_per_number_and_never_more_than_was_paid(hall: Hall) -> None:
    charge = await hall.sells()
    assert (await hall.sends_back(charge, 2000, "R1")).outcome is Outcome.PAID
    hall.town.clock.advance(hours=25)  # what remembers repeated calls has forgotten them by now
    assert (await hall.sends_back(charge, 2000, "R1")).outcome is Outcome.PAID
    assert (await hall.sends_back(charge, 4001, "R2")).outcome is Outcome.REFUSED
    assert (await hall.sends_back(charge, 4000, "R3")).outcome is Outcome.PAID
    assert (await hall.sends_back(charge, 1, "R4")).outcome is Outcome.REFUSED
    assert len(await hall.refunds()) == 2


@pytest.mark.parametrize("late_by", [timedelta(0), timedelta(hours=25)], ids=["soon", "late"])
@pytest.mark.parametrize("fault", LOST)
async def test_a_refund_without_an_answer_is_unknown_and_done_once_when_repeated(
    hall: Hall, fault: str, late_by: timedelta
) -> None:
    charge = await hall.sells()
    await hall.fault("refund", fault)
    assert (await hall.sends_back(charge, 6000)).outcome is Outcome.UNKNOWN
    hall.town.clock.now += late_by
    assert (await hall.sends_back(charge, 6000)).outcome is Outcome.PAID
    assert len(await hall.refunds()) == 1


async def test_a_refund_of_what_was_never_charged_is_refused(hall: Hall) -> None:
    assert (await hall.sends_back("nothing_1", 1)).outcome is Outcome.REFUSED


@pytest.mark.parametrize("how", ["late", "twice", "out_of_order", "lost"])
async def test_notices_late_twice_lost_or_out_of_order_end_alike(hall: Hall, how: str) -> None:
    await hall.town.fault(how, seconds=0.2)
    opened = await hall.opens()
    await hall.taps(opened)
    if how == "out_of_order":
        await hall.opens("P100002")
        await hall.taps(await hall.opens("P100002"))
    await hall.hears(Told.PAID, 2 if how == "out_of_order" else 1)
    payment = intend(
        new_id=lambda: 1, order_id=1, method=hall.candidate.code, purpose=Purpose.FULL, amount=6000,
        currency="CNY", now=NOW, expires_at=NOW + timedelta(minutes=15),
    )  # fmt: skip
    for fact in [fact for fact in hall.town.facts if fact.number == "P100001"] * 2:
        payment = merge(payment=payment, fact=fact)
    assert (payment.state, payment.paid, payment.differs) == (PaymentState.PAID, 6000, False)


async def test_altered_notices_are_all_refused(hall: Hall) -> None:
    """Bytes flipped, put in and taken out, in the body and in every header that counts."""
    await hall.sells()
    raw, headers = hall.town.notices[0]
    method, now = hall.town.method, hall.town.clock.now
    good = method.read_notice(raw=raw, headers=headers, now=now)
    assert good is not None
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    counts = [name for name in headers if name.lower().startswith(("wechatpay", "stripe"))]
    refused = 0
    for _ in range(ALTERED):
        body, told = bytearray(raw), dict(headers)
        if counts and rng.random() < 0.3:
            name = rng.choice(counts)
            told[name] = _altered(bytearray(told[name].encode()), rng).decode("latin-1")
        else:
            body = _altered(body, rng)
        try:
            read = method.read_notice(raw=bytes(body), headers=told, now=now)
        except NoticeRefused:
            refused += 1
            continue
        # What stands beside the signature's own letters may change without changing what was signed.
        assert read == good, (bytes(body), told)
        assert bytes(body) != raw or told != headers
    assert refused > ALTERED * 0.95


def _altered(text: bytearray, rng: random.Random) -> bytearray:
    place = rng.randrange(len(text))
    kind = rng.randrange(3)
    if kind == 0:
        text[place] ^= 1 << rng.randrange(7)
    elif kind == 1:
        text[place:place] = rng.randbytes(rng.randrange(1, 9))
    else:
        del text[place : place + rng.randrange(1, 50)]
    return text


async def test_the_book_of_a_day_has_each_charge_and_each_refund(hall: Hall) -> None:
    charge = await hall.sells("P100001", 12850)
    await hall.sends_back(charge, 2000, "R1")
    day = NOW.replace(hour=0) - timedelta(hours=8)  # midnight in Shanghai
    hall.town.clock.advance(days=1)  # a day's book is whole once the day is over
    lines = await hall.town.method.statement(first=day, end=day + timedelta(days=1))
    shown = sorted((one.kind, one.number, one.amount, one.currency) for one in lines)
    assert shown == [("payment", "P100001", 12850, "CNY"), ("refund", "R1", 2000, "CNY")]
    assert charge in {one.reference for one in lines}
    before = await hall.town.method.statement(first=day - timedelta(days=1), end=day)
    assert before == []
