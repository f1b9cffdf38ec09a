"""Tables opened by a spreadsheet that is not ours: whatever people typed is text there, and nothing is a formula."""

import asyncio
import random
import re
import shutil
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from bot.adapters.sheets import Column, sheet
from bot.provider.income.statement import statement_file
from bot.provider.records.table import records_file
from bot.screen import File
from core.orders.model import State
from core.records.model import Sought
from tests.reliability.test_records import NASTY, SHANGHAI, WORDS, lived
from tests.reliability.town import Town

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.feature("P9", "P12"),
    pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine"),
]
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
FORMULAS = ("1+1", "SUM(A1:A9)", 'HYPERLINK("http://a.b","x")', "cmd|' /C calc'!A0", "1")


async def opened(file: File, place: Path) -> str:
    """The table as LibreOffice reads it, in its own format."""
    kept = place / "table.xlsx"
    kept.write_bytes(file.content)
    process = await asyncio.create_subprocess_exec(
        str(OFFICE), "--headless", f"-env:UserInstallation=file://{place}/office",
        "--convert-to", "fods", "--outdir", str(place), str(kept),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await asyncio.wait_for(process.communicate(), 100)
    assert process.returncode == 0, said
    return (place / "table.fods").read_text("utf-8")


def texts(page: str) -> list[str]:
    """What stands in the cells that are text, controls and blanks at the ends aside."""
    cells = re.findall(
        r'<table:table-cell[^>]*office:value-type="string"[^>]*>(.*?)</table:table-cell>',
        page,
        re.S,
    )
    return [_plain(unescape(re.sub("<[^>]*>", "", cell))) for cell in cells]


def _plain(text: str) -> str:
    return re.sub(r"[\s\x00]|_x0000_", "", text)


def is_text(page: str, values: list[str]) -> None:
    assert "table:formula" not in page
    assert "xlink:href" not in page.partition("<office:body>")[2]
    shown = texts(page)
    missing = [value for value in values if _plain(value) not in shown]
    assert not missing, (missing, shown)


async def test_every_dangerous_beginning_is_text_to_a_spreadsheet(tmp_path: Path) -> None:
    values = [begin + rest for begin in BEGINNINGS for rest in FORMULAS]
    file = sheet(
        name="x", title="=1+1", columns=[Column("=A"), Column("@money", "money")],
        rows=[[text, 12_345] for text in values], words=WORDS, currency="CNY",
    )  # fmt: skip
    page = await opened(file, tmp_path)
    is_text(page, [*values, "=1+1", "=A", "@money"])
    assert page.count('office:value="123.45"') == len(values), "money stays a number"


async def test_records_and_statements_with_such_words_are_text_to_a_spreadsheet(
    here: Town, tmp_path: Path
) -> None:
    life, _, _ = await lived(here, random.randrange(2**32), count=20)
    nasty = [life.order((await here.customers(1))[0], here.services[0], State.CLOSED, place=text)
             for text in NASTY]  # fmt: skip
    await here.insert(
        [*nasty, *(life.review(o, text=t) for o, t in zip(nasty, NASTY, strict=True))]
    )
    me = life.provider.person_id
    found = await here.core.records.found(person_id=me, sought=Sought())
    wholes = await here.core.records.wholes(person_id=me, records=found)
    file = records_file(wholes, ["=All", "@x"], WORDS, datetime.now(SHANGHAI))
    is_text(await opened(file, tmp_path), [*NASTY])
    month = (await here.core.statements.months(person_id=me, now=here.now))[0]
    paper = await here.core.statements.of_month(person_id=me, month=month)
    page = await opened(statement_file(paper, WORDS), tmp_path)
    is_text(page, [WORDS.plain("At the beginning"), WORDS.plain("At the end")])
