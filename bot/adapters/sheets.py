"""Tables as XLSX: text stays text whatever it begins with, money and moments are values one can sum and sort."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from bot.i18n import Words
from bot.screen import File
from core.money import BASIS, exponent, to_decimal

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
LONGEST_NAME = 31
"""Of a table in a file of several."""
Value = str | int | float | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` says what its cells hold: money is in minor units, a share in basis points, a moment in UTC; None leaves a
    cell empty.
    """

    title: str
    kind: Literal["text", "money", "moment", "number", "share"] = "text"
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """With its title above; `tab` is what it is called among others."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    tab: str = ""


def sheet(
    *, name: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]],
    words: Words, currency: str,
) -> File:  # fmt: skip
    """One table, as a file of this name."""
    return book(name=name, tables=[Table(title, columns, rows)], words=words, currency=currency)


def book(*, name: str, tables: Sequence[Table], words: Words, currency: str) -> File:
    """Several tables behind each other."""
    kept = io.BytesIO()
    made = xlsxwriter.Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    formats = {
        "bold": made.add_format({"bold": True}),
        "money": made.add_format({"num_format": _money(currency)}),
        "moment": made.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        "number": made.add_format({"num_format": "#,##0.##"}),
        "share": made.add_format({"num_format": "0.0%"}),
    }
    for table in tables:
        tab = _tab(table.tab)
        _Writing(made.add_worksheet(tab or None), formats, words, currency).table(table)
    made.close()
    return File(f"{name}.xlsx", MIME, kept.getvalue())


def _tab(name: str) -> str:
    """Without the signs that no tab may have."""
    return "".join(c for c in name if c not in "[]:*?/\\")[:LONGEST_NAME].strip("' ")


@dataclass(frozen=True, slots=True)
class _Writing:
    """One table onto its page."""

    page: Any
    formats: dict[str, Any]
    words: Words
    currency: str

    def table(self, table: Table) -> None:
        bold = self.formats["bold"]
        self.page.write_string(0, 0, table.title, bold)
        for place, column in enumerate(table.columns):
            self.page.set_column(place, place, column.width)
            self.page.write_string(2, place, column.title, bold)
        self.page.freeze_panes(3, 0)
        for number, row in enumerate(table.rows, start=3):
            for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                self._cell(number, place, column, value)

    def _cell(self, row: int, place: int, column: Column, value: Value) -> None:
        match value:
            case None:
                return
            case str():
                self.page.write_string(row, place, value)
            case datetime():
                local = self.words.local(value).replace(tzinfo=None)
                self.page.write_datetime(row, place, local, self.formats["moment"])
            case _:
                number = _number(column, value, self.currency)
                self.page.write_number(row, place, number, self.formats.get(column.kind))


def _money(currency: str) -> str:
    """¥1,234.50; a currency without a sign of its own stands behind."""
    digits = exponent(currency=currency)
    figure = "#,##0" + ("." + "0" * digits if digits else "")
    sign = SIGNS.get(currency)
    return f'"{sign}"{figure}' if sign else f'{figure} "{currency}"'


def _number(column: Column, value: int | float, currency: str) -> float | Decimal:
    if column.kind == "money":
        return to_decimal(amount=int(value), currency=currency)
    return value / BASIS if column.kind == "share" else value
