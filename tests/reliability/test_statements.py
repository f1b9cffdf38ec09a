"""Statements of a random half year add up: row by row, month by month, and with the balances at the end."""

import io
import random
import re
import zipfile
from datetime import timedelta

from bot.adapters.sheets import Column, sheet
from bot.i18n import Words
from bot.provider.income.statement import statement_file
from core.errors import PayoutRefused
from core.ledger.postings import CAPTURED, CASH_TAKEN
from core.people.model import Provider
from core.statements import Statement
from tests.db.invariants import broken
from tests.reliability.purse import banked, earns, withdraws
from tests.reliability.town import Town

OLIVIA = 3001
WORDS = Words("zh_CN", "Asia/Shanghai")


async def lives(here: Town, provider: Provider, days: int, rng: random.Random) -> None:
    """Visits paid either way, withdrawals, and each end they may have."""
    await banked(here, provider)
    decide = here.core.deciding
    for _ in range(days):
        here.now += timedelta(hours=rng.randrange(1, 48))
        for _ in range(rng.randrange(3)):
            came = rng.choice([CAPTURED, CAPTURED, CASH_TAKEN])
            amount, rate = rng.randrange(1, 60_000), rng.randrange(3_000)
            await earns(here, provider, amount, commission_bp=rate, came=came)
        await here.sweep.run()
        try:
            payout = await withdraws(here, provider, rng.randrange(5_000, 40_000))
        except PayoutRefused:
            continue
        if rng.random() < 0.3:
            await decide.returned(payout_id=payout.id, by=OLIVIA, reason="no", now=here.now)
        elif rng.random() < 0.8:
            await decide.approve(payout_id=payout.id, by=OLIVIA, now=here.now)
            await decide.paid(payout_id=payout.id, by=OLIVIA, now=here.now)
            if rng.random() < 0.3:
                here.now += timedelta(days=rng.randrange(20))
                await decide.returned(payout_id=payout.id, by=None, reason="back", now=here.now)


def cells(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def column(content: bytes, letter: str) -> list[float]:
    """The numbers of one column, from above."""
    found = re.findall(rf'<c r="{letter}\d+"[^>]*><v>([^<]*)</v>', cells(content))
    return [float(value) for value in found[1:]]  # the title is a shared string


async def test_statements_add_up_with_each_other_and_with_the_balances(here: Town) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    await here.service()
    provider = await here.provider()
    await lives(here, provider, 90, random.Random(seed))
    assert await broken(here.database, now=here.now) == {}
    me = provider.person_id
    months = await here.core.statements.months(person_id=me, now=here.now)
    papers = [await here.core.statements.of_month(person_id=me, month=m) for m in reversed(months)]
    assert len(papers) > 2
    assert papers[0].opening == 0
    for paper in papers:
        check(paper)
    assert [paper.opening for paper in papers[1:]] == [paper.closing for paper in papers[:-1]]
    has = await here.core.income.balances(person_id=me, currency="CNY")
    assert papers[-1].closing == has.pending + has.available + has.paying - has.debt
    assert sum(-r.change for p in papers for r in p.rows if r.payout) == has.withdrawn


def check(paper: Statement) -> None:
    """Each row says what it changed, and the table shows just that."""
    balance = paper.opening
    for row in paper.rows:
        balance += row.change
        assert row.balance == balance
        if row.payout is None:
            assert row.change == row.booked.net - row.booked.cash
    file = statement_file(paper, WORDS)
    shown = [paper.opening, *(row.balance for row in paper.rows), paper.closing]
    assert column(file.content, "K") == [amount / 100 for amount in shown]
    assert "<f>" not in cells(file.content)


def test_what_begins_like_a_formula_is_text_in_a_table() -> None:
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{=1}", "http://a.b", "＝1"]
    file = sheet(
        name="x", title="=cmd()", columns=[Column("=A"), Column("money", "money")],
        rows=[[text, 12_345] for text in nasty], words=WORDS, currency="CNY",
    )  # fmt: skip
    page = cells(file.content)
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert page.count("<v>123.45</v>") == len(nasty)
    assert page.count('t="s"') == len(nasty) + 3
