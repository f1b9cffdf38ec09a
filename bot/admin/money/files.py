"""A gateway's statement as a CSV file, and all differences as a table."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.adapters.sheets import Column, sheet
from bot.admin.money.screens import says
from bot.amounts import read_amount
from bot.i18n import Words
from bot.screen import File
from bot.words import method
from core.errors import Invalid
from core.reconciling.model import Difference, Kind, Line

LARGEST = 5 << 20
COLUMNS = ("type", "reference", "amount", "currency", "time")
CALLED = {"类型": "type", "流水号": "reference", "我方单号": "number", "原流水号": "charge",
          "金额": "amount", "币种": "currency", "手续费": "fee", "时间": "time"}  # fmt: skip
KINDS = {"payment": Kind.PAYMENT, "charge": Kind.PAYMENT, "支付": Kind.PAYMENT, "收款": Kind.PAYMENT,
         "refund": Kind.REFUND, "退款": Kind.REFUND,
         "transfer": Kind.TRANSFER, "转账": Kind.TRANSFER, "came back": Kind.CAME_BACK,
         "转账退回": Kind.CAME_BACK}  # fmt: skip


def read_statement(content: bytes, zone: ZoneInfo) -> list[Line]:
    """Raises Invalid("statement", why) with the number of the line."""
    rows = csv.DictReader(io.StringIO(_text(content)))
    names = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    head = [CALLED.get(name, name) for name in names]
    if missing := [name for name in COLUMNS if name not in head]:
        raise Invalid("statement", "columns", {"names": ", ".join(missing)})
    rows.fieldnames = head
    lines = []
    for number, row in enumerate(rows, start=2):
        told = {
            name: (value or "").strip() for name, value in row.items() if isinstance(value, str)
        }
        if not any(told.values()):
            continue
        try:
            lines.append(_line(told, zone))
        except (KeyError, ValueError):
            raise Invalid("statement", "line", {"number": number}) from None
    if not lines:
        raise Invalid("statement", "empty")
    return lines


def _text(content: bytes) -> str:
    """As gateways save it: UTF-8, or what spreadsheets in China write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _line(row: dict[str, str], zone: ZoneInfo) -> Line:
    at = datetime.fromisoformat(row["time"].replace("/", "-"))
    at = at if at.tzinfo else at.replace(tzinfo=zone)
    currency = row["currency"].upper()
    fee = row.get("fee", "")
    return Line(
        id=0, day=at.astimezone(zone).date(), kind=KINDS[row["type"].lower()],
        reference=_filled(row["reference"]), number=row.get("number", ""), charge=row.get("charge", ""),
        amount=_money(row["amount"].lstrip("-"), currency), currency=currency,
        fee=_money(fee, currency) if fee else None, at=at.astimezone(ZoneInfo("UTC")),
    )  # fmt: skip


def _filled(text: str) -> str:
    if not text:
        raise ValueError("a line without a reference")
    return text[:200]


def _money(text: str, currency: str) -> int:
    amount = read_amount(text, currency)
    if amount is None:
        raise ValueError(text)
    return amount


def differences_file(found: Sequence[Difference], words: Words) -> File:
    columns = [
        Column(words.plain("Day"), width=12), Column(words.plain("Way of paying")),
        Column(words.plain("What differs"), width=40), Column(words.plain("Reference"), width=30),
        Column(words.plain("Our number"), width=24), Column(words.plain("Statement"), "money"),
        Column(words.plain("Book"), "money"), Column(words.plain("Currency"), width=10),
        Column(words.plain("Found"), "moment", 18), Column(words.plain("Settled"), "moment", 18),
        Column(words.plain("Reason"), width=40),
    ]  # fmt: skip
    rows = [
        (one.day.isoformat(), method(one.method, words), says(words, one), one.reference, one.number,
         one.stated, one.booked, one.currency, one.found_at, one.ended_at, words.known(one.reason))
        for one in found
    ]  # fmt: skip
    title = words.plain("Differences between statements and book")
    return sheet(name="differences", title=title, columns=columns, rows=rows, words=words,
                 currency=words.currency)  # fmt: skip
