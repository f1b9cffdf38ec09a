"""Receipts: one for each payment and refund, numbered without gaps, always the same paper."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fpdf import FPDF

from bot.adapters.receipt_pdf import receipt_file
from bot.fonts import drawable
from bot.i18n import Words, languages
from bot.words import METHODS
from bot.words import method as method_name
from core.errors import Unknown
from core.orders.model import Order, Pay
from core.payments.model import RefundState
from core.receipts.model import Bill, Moved, Receipt, ReceiptKind
from core.receipts.service import Paper
from tests.money.house import START, House

pytestmark = pytest.mark.feature("C11")


async def papers(here: House) -> list[Moved]:
    """The first one first."""
    order = await here.now_order()
    found = await here.core.receipts.of_order(order_id=order.id, customer_id=order.customer_id)
    return found[::-1]


async def opened(here: House, moved: Moved) -> Paper:
    order = await here.now_order()
    return await here.core.receipts.open(
        transaction_id=moved.transaction_id, customer_id=order.customer_id, now=here.now
    )


async def test_a_visit_in_three_payments_and_a_refund_has_four_papers(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin, Pay.DEPOSIT)
    deposit = await here.pays()
    await here.at_work()
    await here.approves(await here.proposes(5_000))
    await here.later(minutes=1)
    rest = await here.link_for_rest()
    await here.hears(here.gateway.pays(rest.number))
    await here.hears(here.gateway.pays(deposit.number, late=True))
    await here.later(minutes=1)
    await here.approves(await here.proposes(7_000))
    await here.finishes()
    await here.names_cash(7_000)
    await here.confirms_cash(7_000)

    moves = await papers(here)
    told = [(one.amount, one.method, one.back) for one in moves]
    assert sorted(told) == sorted([
        (6_000, "card", False), (19_000, "card", False), (6_000, "card", False),
        (6_000, "card", True), (7_000, "on_site", False),
    ])  # fmt: skip
    shown = [await opened(here, one) for one in moves]
    # What was approved later is not on an earlier paper.
    assert [shown[0].moved.bill.total, shown[-1].moved.bill.total] == [20_000, 32_000]
    numbers = [one.receipt.number for one in shown]
    assert sorted(numbers) == ["C-000001", "R-000001", "R-000002", "R-000003", "R-000004"]
    assert [(await opened(here, one)).receipt.number for one in moves] == numbers
    [month] = await here.core.receipts.months(customer_id=here.customer.id)  # type: ignore[union-attr]
    assert (month.sum(back=False), month.sum(back=True)) == (38_000, 6_000)


@pytest.mark.feature("C14")
async def test_a_cheaper_stand_in_and_another_time_leave_the_paper_as_it_was(here: House) -> None:
    lin, _ = await here.opens("lin", "mei:150")
    await here.books(lin)
    await here.pays()
    [before] = await papers(here)
    words = Words("en", "Asia/Shanghai")
    first = receipt_file(await opened(here, before), words)
    await here.declines()
    await here.accepts()
    await here.later(minutes=1)
    order = await here.now_order()
    assert (order.total, order.refunded) == (15_000, 5_000)
    paid, back = await papers(here)
    assert receipt_file(await opened(here, paid), words).content == first.content
    # The difference went back, with a credit note that shows the lower bill.
    assert [paid.bill.total, back.bill.total] == [20_000, 15_000]
    assert (paid.amount, back.amount, back.back) == (20_000, 5_000, True)


@pytest.mark.feature("C15")
async def test_the_fee_stands_on_the_credit_note_of_a_late_cancel(here: House) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.accepts()
    order = await here.now_order()
    here.now = order.starts_at - timedelta(hours=1)
    await here.cancels()
    paid, back = await papers(here)
    fee = paid.amount - back.amount
    assert 0 < fee < paid.amount
    assert [(await opened(here, one)).fee for one in (paid, back)] == [0, fee]
    words = Words("en", "Asia/Shanghai")
    told = await opened(here, back)
    assert receipt_file(told, words).content != receipt_file(replace(told, fee=0), words).content


async def test_everybody_who_asks_at_once_gets_the_next_number_and_nobody_another_s(
    here: House,
) -> None:
    providers = await here.opens(*(f"p{n}" for n in range(5)))
    asked = []
    for provider, customer in zip(providers, await here.customers(5), strict=True):
        await here.books(provider, customer=customer, start=START)
        await here.pays()
        [moved] = await papers(here)
        asked += [(moved, customer.id)] * 3
    got = await asyncio.gather(
        *(here.core.receipts.open(transaction_id=moved.transaction_id, customer_id=who, now=here.now)
          for moved, who in asked)
    )  # fmt: skip
    assert {paper.receipt.seq for paper in got} == {1, 2, 3, 4, 5}
    assert await here.built.store.count(Receipt) == 5
    with pytest.raises(Unknown):
        await here.core.receipts.open(
            transaction_id=asked[0][0].transaction_id, customer_id=asked[-1][1], now=here.now
        )


@pytest.mark.parametrize("language", languages())
async def test_the_same_paper_is_the_same_to_the_byte(here: House, language: str) -> None:
    [lin] = await here.opens()
    await here.rules(tax_bp=600)
    await here.books(lin)
    await here.pays()
    [moved] = await papers(here)
    paper, words = await opened(here, moved), Words(language, "Asia/Shanghai")
    await here.rules(tax_bp=1300)
    again = await opened(here, moved)
    assert paper.tax == again.tax == 1_132  # 6 % in 200.00
    first, second = receipt_file(paper, words), receipt_file(again, words)
    assert first.content.startswith(b"%PDF-")
    assert first.content == second.content
    assert first.name == "R-000001.pdf"


def test_no_character_becomes_an_empty_box() -> None:
    assert drawable("Ann Lee ¥128.50 – 王师傅 換電容 ①㎡") == "Ann Lee ¥128.50 – 王师傅 換電容 ①㎡"
    assert drawable("龘 😀 x") == "Da x"
    assert drawable("ř") == "r"
    gb = [
        bytes([a, b]).decode("gb2312", "ignore")
        for a in range(0xB0, 0xF8)
        for b in range(0xA1, 0xFF)
    ]
    assert [c for c in gb if c and drawable(c) != c] == []


WAYS = {
    "en": {
        "stripe": "Received ¥60 by bank card", "invoice": "Received ¥60 by card inside Telegram",
        "wechat": "Received ¥60 by WeChat Pay", "alipay": "Received ¥60 by Alipay",
        "on_site": "Received ¥60 on site",
    },
    "zh_CN": {
        "stripe": "银行卡", "invoice": "Telegram", "wechat": "微信支付", "alipay": "支付宝",
        "on_site": "当面",
    },
}  # fmt: skip


def paper_of(method: str, *, back: bool = False, tax_name: str = "Tax", tax_bp: int = 0) -> Paper:
    order = Order.model_construct(
        number="48273615", service_id=1, commission_bp=1_500, snapshot={"names": {"en": "x"}}
    )
    bill = Bill([{"names": {"en": "x"}, "count": 1, "amount": 6_000}], 0, START.isoformat())
    moved = Moved(1, 1, START, 6_000, "CNY", method, back=back, bill=bill)
    receipt = Receipt(
        id=1, kind=ReceiptKind.REFUND if back else ReceiptKind.PAYMENT, seq=1, transaction_id=1,
        order_id=1, payer="李雷", platform="x", tax_name=tax_name, tax_bp=tax_bp, issued_at=START,
    )  # fmt: skip
    return Paper(receipt, moved, order)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is set on paper, piece by piece."""
    pieces: list[str] = []
    for name in ("cell", "multi_cell"):
        real = getattr(FPDF, name)

        def told(pdf: Any, w: float, h: float, text: str, *, real: Any = real, **how: Any) -> Any:
            if not how.get("dry_run"):
                pieces.append(text)
            return real(pdf, w, h, text, **how)

        monkeypatch.setattr(FPDF, name, told)
    return pieces


@pytest.mark.parametrize(("language", "method"), [(c, m) for c in WAYS for m in METHODS])
def test_a_paper_says_how_it_was_paid(language: str, method: str, drawn: list[str]) -> None:
    words = Words(language, "Asia/Shanghai")
    made = receipt_file(paper_of(method), words)
    assert b"/FontFile2" in made.content  # read alike wherever it is opened
    said = [text for text in drawn if WAYS[language][method] in text]
    assert len(said) == 1
    assert "¥60" in said[0]
    if method != "on_site":  # what was paid at the door is not sent back from here
        drawn.clear()
        assert b"/FontFile2" in receipt_file(paper_of(method, back=True), words).content
        start = {"en": "Refunded", "zh_CN": "已"}[language]
        [back] = [text for text in drawn if method_name(method, words) in text]
        assert back.startswith(start)


@pytest.mark.parametrize(
    ("language", "name", "told"),
    [
        ("en", "Tax", "Tax included (6 %): ¥3.40"), ("zh_CN", "Tax", "含税（6%）：¥3.40"),
        ("en", "VAT", "VAT included (6 %): ¥3.40"), ("zh_CN", "VAT", "含增值税（6%）：¥3.40"),
        ("zh_CN", "消费税", "含消费税（6%）：¥3.40"), ("en", "TVA", "TVA included (6 %): ¥3.40"),
    ],
)  # fmt: skip
def test_the_tax_is_called_as_the_platform_calls_it(
    language: str, name: str, told: str, drawn: list[str]
) -> None:
    receipt_file(paper_of("wechat", tax_name=name, tax_bp=600), Words(language, "Asia/Shanghai"))
    assert told in drawn


@pytest.mark.feature("C15")
async def test_money_given_back_by_hand_has_its_credit_note(here: House, drawn: list[str]) -> None:
    [lin] = await here.opens()
    await here.books(lin)
    await here.pays()
    await here.does_the_job()
    here.gateway.trouble.append("refund:refused")
    await here.core.refunds.refund(
        order_id=here.order_id, amount=5_000, by_provider=False, before=0, staff_id=1,
        reason="agreed", now=here.now,
    )  # fmt: skip
    await here.later(minutes=1)
    [refused] = await here.core.payments.refunds_of(order_id=here.order_id)
    assert refused.state is RefundState.FAILED
    assert len(await papers(here)) == 1
    charge = next(iter(here.gateway.charges))
    given = here.gateway.refunds_by_hand(charge, 5_000)
    await here.core.payments.given_by_hand(
        refund_id=refused.id, reference=given.reference, staff_id=1, now=here.now
    )
    await here.later(minutes=1)
    _, back = await papers(here)
    assert (back.amount, back.back, back.method) == (5_000, True, "card")
    paper = await opened(here, back)
    assert paper.receipt.number == "C-000001"
    receipt_file(paper, Words("en", "Asia/Shanghai"))
    assert "Refunded ¥50 by card" in drawn


def test_a_paper_has_room_for_many_long_lines() -> None:
    lines = [{"names": {"en": "很长的项目名称" * 8}, "count": 1, "amount": 100} for _ in range(60)]
    order = Order.model_construct(
        number="48273615", service_id=1, commission_bp=1_500, snapshot={"names": {"en": "x"}}
    )
    bill = Bill(lines, 0, START.isoformat())
    moved = Moved(1, 1, START, 6_000, "CNY", "card", back=False, bill=bill)
    receipt = Receipt(
        id=1, kind=ReceiptKind.PAYMENT, seq=1, transaction_id=1, order_id=1, payer="李雷",
        platform="x", tax_name="Tax", tax_bp=0, issued_at=START,
    )  # fmt: skip
    made = receipt_file(Paper(receipt, moved, order), Words("zh_CN", "Asia/Shanghai"))
    assert made.content.count(b"/Type /Page\n") >= 3
