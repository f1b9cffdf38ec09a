"""The list of a day's movements: asked for, fetched, compared with its digest, read. Pure but for the two calls."""

import csv
import gzip
import hashlib
import hmac
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from bot.payments.wechat.client import Client
from bot.payments.wechat.orders import CURRENCY, SHANGHAI, payment_number
from core.money import to_minor
from core.payments.method import NoAnswer
from core.reconciling.model import Kind, Line

NOTHING: Final = "NO_STATEMENT_EXIST"
DIGESTS: Final = {"SHA1": hashlib.sha1}
FEN: Final = Decimal("0.01")
FIRST_COLUMN: Final = "交易时间"
TOTALS: Final = "总交易单数"
NUMBERS: Final = {
    Kind.PAYMENT: ("微信订单号", "商户订单号", "订单金额"),
    Kind.REFUND: ("微信退款单号", "商户退款单号", "申请退款金额"),
}
MOVEMENTS: Final = {"SUCCESS": Kind.PAYMENT, "REFUND": Kind.REFUND}


async def lines(*, client: Client, first: datetime, end: datetime) -> list[Line]:
    """The platform counts days by the clock of Beijing. Raises NoAnswer."""
    found: list[Line] = []
    day, last = first.astimezone(SHANGHAI).date(), (end - timedelta(seconds=1)).astimezone(SHANGHAI)
    while day <= last.date():
        found += [line for line in await _of_day(client, day) if first <= line.at < end]
        day += timedelta(days=1)
    return found


async def _of_day(client: Client, day: date) -> list[Line]:
    reply = await client.get(f"/v3/bill/tradebill?bill_date={day.isoformat()}&bill_type=ALL")
    if reply.code == NOTHING:
        return []
    url, digest = reply.body.get("download_url"), reply.body.get("hash_value")
    kind = DIGESTS.get(str(reply.body.get("hash_type")))
    if reply.code or not isinstance(url, str) or not isinstance(digest, str) or kind is None:
        raise NoAnswer(reply.code or "no file")
    raw = _plain(await client.fetch(url))
    if not hmac.compare_digest(kind(raw).hexdigest(), digest.lower()):
        raise NoAnswer("another file")
    try:
        return list(read(raw.decode("utf-8-sig"), day=day))
    except (KeyError, ValueError, InvalidOperation) as error:
        raise NoAnswer("not a statement") from error


def _plain(raw: bytes) -> bytes:
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError) as error:
        raise NoAnswer("not a statement") from error


def read(text: str, *, day: date) -> Iterator[Line]:
    """Each value begins with a backtick, which alone tells a comma in a title from one between two values."""
    rows = text.splitlines()
    names = next(csv.reader(rows[:1]))
    if names[0].strip("`") != FIRST_COLUMN:
        raise ValueError("another list")
    for row in rows[1:]:
        if row.startswith(TOTALS):
            return
        cells = dict(zip(names, row.removeprefix("`").split(",`"), strict=True))
        kind = MOVEMENTS.get(cells["交易状态"])
        if kind is not None:
            yield _line(cells, kind, day)


def _line(cells: dict[str, str], kind: Kind, day: date) -> Line:
    reference, number, amount = NUMBERS[kind]
    at = datetime.fromisoformat(cells["交易时间"]).replace(tzinfo=SHANGHAI)
    paid = kind is Kind.PAYMENT
    return Line(
        id=0, day=day, kind=kind, reference=cells[reference],
        number=payment_number(cells[number]) if paid else cells[number], at=_within(at, day),
        charge="" if paid else cells[NUMBERS[Kind.PAYMENT][0]],
        amount=_fen(cells[amount]), currency=cells["货币种类"] or CURRENCY,
        fee=_fen(cells["手续费"], fine=True) if paid else None,
    )  # fmt: skip


def _within(at: datetime, day: date) -> datetime:
    """A refund may stand with the time of what was paid: it moved on the day of its list."""
    if at.date() == day:
        return at
    return at.replace(year=day.year, month=day.month, day=day.day)


def _fen(yuan: str, *, fine: bool = False) -> int:
    """Fees are stated finer than a fen."""
    value = Decimal(yuan)
    rounded = value.quantize(FEN, ROUND_HALF_UP) if fine else value
    return to_minor(value=rounded, currency=CURRENCY)
