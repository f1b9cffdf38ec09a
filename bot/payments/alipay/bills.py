"""The bills of a day at Alipay: zips with a table in GBK, to be asked for by the days of Beijing."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.payments.alipay.amounts import BEIJING
from bot.payments.alipay.client import Client
from bot.payments.alipay.codes import NO_BILL
from core.payments.method import NoAnswer

Row = dict[str, str]
# Until then the bill of the day before may not be written yet; afterwards no bill means that nothing moved.
WRITTEN_BY: Final = time(12)
SUMMARY: Final = "汇总"
LARGEST_TABLE: Final = 256 << 20


async def bill(client: Client, *, kind: str, day: date, now: datetime) -> list[Row]:
    """Raises NoAnswer."""
    reply = await client.call(
        "alipay.data.dataservice.bill.downloadurl.query",
        {"bill_type": kind, "bill_date": day.isoformat()},
    )
    written = datetime.combine(day + timedelta(days=1), WRITTEN_BY, BEIJING)
    if reply.why in NO_BILL and now >= written:
        return []
    url = reply.text("bill_download_url")
    if not reply.ok or not url:
        raise NoAnswer
    return read(await client.file(url))


def read(raw: bytes) -> list[Row]:
    """Its rows by the names of the columns. Raises NoAnswer for what is no bill: better none than half of one."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            texts = [_text(packed, one) for one in packed.infolist() if SUMMARY not in _name(one)]
        return [row for text in texts for row in _rows(text)]
    except (zipfile.BadZipFile, ValueError, RuntimeError, OSError) as error:
        raise NoAnswer from error


def _name(one: zipfile.ZipInfo) -> str:
    """The zip is as old-fashioned as the table: names that are not marked as UTF-8 are GBK, too."""
    if one.flag_bits & 0x800:
        return one.filename
    return one.filename.encode("cp437").decode("gbk", errors="replace")


def _text(packed: zipfile.ZipFile, one: zipfile.ZipInfo) -> str:
    if one.file_size > LARGEST_TABLE:
        raise ValueError("too large")
    return packed.read(one).decode("gb18030")


def _rows(text: str) -> Iterator[Row]:
    rows = (row for row in csv.reader(io.StringIO(text)) if row and not row[0].startswith("#"))
    head = [_clean(name).split("（")[0].split("(")[0] for name in next(rows, [])]
    for row in rows:
        yield {name: _clean(cell) for name, cell in zip(head, row, strict=True)}


def _clean(cell: str) -> str:
    """Numbers have a tab behind them, so that spreadsheets leave them alone."""
    return cell.strip(" \t`\ufeff")
