"""The day's bill of Alipay: a zip with a table in GBK, to be asked for by the days of Beijing."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.payments.alipay.amounts import BEIJING, CURRENCY, minor, read_time
from bot.payments.alipay.client import Client
from bot.payments.alipay.codes import NO_BILL
from bot.payments.alipay.trades import payment_number
from core.payments.method import NoAnswer
from core.reconciling.model import Kind, Line

# Until then the bill of the day before may not be written yet; afterwards no bill means no trade.
WRITTEN_BY: Final = time(12)
SUMMARY: Final = "汇总"
KINDS: Final = {"交易": Kind.PAYMENT, "退款": Kind.REFUND}
TRADE, ORDER, KIND, END = "支付宝交易号", "商户订单号", "业务类型", "完成时间"
AMOUNT, REQUEST, FEE = "订单金额", "退款批次号/请求号", "服务费"
LARGEST_TABLE: Final = 256 << 20


async def lines_between(
    client: Client, *, first: datetime, end: datetime, now: datetime
) -> list[Line]:
    """Raises NoAnswer."""
    day, lines = first.astimezone(BEIJING).date(), list[Line]()
    while datetime.combine(day, time(), BEIJING) < end:
        lines += await _day(client, day, now)
        day += timedelta(days=1)
    return [line for line in lines if first <= line.at < end]


async def _day(client: Client, day: date, now: datetime) -> list[Line]:
    reply = await client.call(
        "alipay.data.dataservice.bill.downloadurl.query",
        {"bill_type": "trade", "bill_date": day.isoformat()},
    )
    if reply.why in NO_BILL and now >= datetime.combine(
        day + timedelta(days=1), WRITTEN_BY, BEIJING
    ):
        return []
    url = reply.text("bill_download_url")
    if not reply.ok or not url:
        raise NoAnswer
    return read_bill(await client.file(url))


def read_bill(raw: bytes) -> list[Line]:
    """Each payment and refund in it. Raises NoAnswer for what is no bill: better none than half of one."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            texts = [_text(packed, one) for one in packed.infolist() if SUMMARY not in _name(one)]
        return [line for text in texts for line in _lines(text)]
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, OSError) as error:
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


def _lines(text: str) -> Iterator[Line]:
    rows = (row for row in csv.reader(io.StringIO(text)) if row and not row[0].startswith("#"))
    head = [_clean(name).split("（")[0].split("(")[0] for name in next(rows, [])]
    for row in rows:
        yield _line({name: _clean(cell) for name, cell in zip(head, row, strict=True)})


def _clean(cell: str) -> str:
    """Numbers have a tab behind them, so that spreadsheets leave them alone."""
    return cell.strip(" \t`\ufeff")


def _line(row: dict[str, str]) -> Line:
    kind, at = KINDS[row[KIND]], read_time(row[END])
    refund = kind is Kind.REFUND
    return Line(
        id=0, day=at.date(), kind=kind, at=at.astimezone(UTC), amount=abs(minor(row[AMOUNT])), currency=CURRENCY,
        reference=row[REQUEST] if refund else row[TRADE],
        number=row[REQUEST] if refund else payment_number(row[ORDER]),
        fee=None if refund else -minor(row[FEE] or "0"),
    )  # fmt: skip
