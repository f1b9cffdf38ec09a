"""A month's statement as a file: every figure of each order, payouts, and the balance after each."""

from bot import words as names
from bot.adapters.sheets import Column, Value, sheet
from bot.i18n import Words
from bot.provider.parts import title
from bot.screen import File
from bot.spans import month_name
from core.ids import spell_order_number
from core.statements import Row, Statement


def statement_file(statement: Statement, words: Words) -> File:
    columns = [
        Column(words.plain("Time"), "moment", 17), Column(words.plain("Number"), width=14),
        Column(words.plain("What"), width=34), Column(words.plain("Price"), "money"),
        Column(words.plain("Commission"), "money"), Column(words.plain("Penalties"), "money"),
        Column(words.plain("Tips and fees"), "money"), Column(words.plain("Yours"), "money"),
        Column(words.plain("Taken in cash"), "money"), Column(words.plain("Paid out"), "money"),
        Column(words.plain("Balance"), "money"),
    ]  # fmt: skip
    blank: list[Value] = [None] * 7
    rows = [
        [None, None, words.plain("At the beginning"), *blank, statement.opening],
        *(_row(row, words) for row in statement.rows),
        [None, None, words.plain("At the end"), *blank, statement.closing],
    ]
    return sheet(
        name=f"{statement.month:%Y-%m}", columns=columns, rows=rows, words=words,
        title=words.plain("Statement {month}", month=month_name(statement.month, words)),
        currency=statement.currency,
    )  # fmt: skip


def _row(row: Row, words: Words) -> list[Value]:
    booked = row.booked
    if row.order is None:
        number = row.payout.number if row.payout else ""
        state = words.plain(names.PAYOUTS[row.payout.state][1]) if row.payout else ""
        what = words.plain("Withdrawal: {state}", state=state)
        return [row.at, number, what, *[None] * 6, -row.change, row.balance]
    return [
        row.at, spell_order_number(row.order.number), title(row.order, words), booked.gross,
        -booked.commission, -booked.penalties, booked.extra, booked.net, booked.cash, None,
        row.balance,
    ]  # fmt: skip
