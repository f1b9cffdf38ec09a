"""Tables as XLSX: text stays text whatever it begins with, money and moments are values one can sum and sort."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

import xlsxwriter

from bot.i18n import Words
from bot.screen import File
from core.money import exponent, to_decimal

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
Value = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` says what its cells hold: money is in minor units, a moment in UTC; None leaves a cell empty."""

    title: str
    kind: Literal["text", "money", "moment", "number"] = "text"
    width: int = 14


def sheet(
    *, name: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]],
    words: Words, currency: str,
) -> File:  # fmt: skip
    """One table with its title above, as a file of this name."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet()
    bold = book.add_format({"bold": True})
    formats = {
        "money": book.add_format({"num_format": _money(currency)}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        "number": book.add_format({"num_format": "#,##0.##"}),
    }
    page.write_string(0, 0, title, bold)
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
        page.write_string(2, place, column.title, bold)
    page.freeze_panes(3, 0)
    for number, row in enumerate(rows, start=3):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            match value:
                case None:
                    continue
                case str():
                    page.write_string(number, place, value)
                case datetime():
                    local = words.local(value).replace(tzinfo=None)
                    page.write_datetime(number, place, local, formats["moment"])
                case _:
                    page.write_number(
                        number, place, _number(column, value, currency), formats.get(column.kind)
                    )
    book.close()
    return File(f"{name}.xlsx", MIME, kept.getvalue())


def _money(currency: str) -> str:
    """¥1,234.50; a currency without a sign of its own stands behind."""
    digits = exponent(currency=currency)
    figure = "#,##0" + ("." + "0" * digits if digits else "")
    sign = SIGNS.get(currency)
    return f'"{sign}"{figure}' if sign else f'{figure} "{currency}"'


def _number(column: Column, value: int | float, currency: str) -> float | Decimal:
    if column.kind == "money":
        return to_decimal(amount=int(value), currency=currency)
    return value
