"""The records that are listed as a file: nothing in it leads to a customer, and the money adds up to the book."""

from collections.abc import Sequence
from datetime import datetime

from bot.adapters.sheets import Column, Value, sheet
from bot.i18n import Words
from bot.provider.parts import title
from bot.provider.records.screens import ENDS
from bot.reviewed import DIMENSIONS
from bot.screen import File
from core.ids import spell_order_number
from core.records.model import Whole


def records_file(
    wholes: Sequence[Whole], named: Sequence[str], words: Words, now: datetime
) -> File:
    """`named` is what the list is limited to."""
    columns = [
        Column(words.plain("Time"), "moment", 17), Column(words.plain("Number"), width=14),
        Column(words.plain("What"), width=30), Column(words.plain("Where"), width=20),
        Column(words.plain("How it ended"), width=16),
        Column(words.plain("Planned, min"), "number", 12), Column(words.plain("Took, min"), "number", 12),
        Column(words.plain("Price"), "money"), Column(words.plain("Commission"), "money"),
        Column(words.plain("Penalties"), "money"), Column(words.plain("Tips and fees"), "money"),
        Column(words.plain("Yours"), "money"), Column(words.plain("Taken in cash"), "money"),
        *(Column(words.plain(name), "number", 10) for _, name in DIMENSIONS.values()),
        Column(words.plain("Review"), width=40), Column(words.plain("Your answer"), width=40),
    ]  # fmt: skip
    return sheet(
        name=f"{words.plain('Records')} {words.local(now):%Y-%m-%d}", columns=columns,
        rows=[_row(whole, words) for whole in wholes], words=words,
        title=" · ".join([words.plain("Records"), *named]), currency=words.currency,
    )  # fmt: skip


def _row(whole: Whole, words: Words) -> list[Value]:
    order, review = whole.order, whole.review
    stars: list[Value] = [getattr(review, name) if review else None for name in DIMENSIONS]
    return [
        order.starts_at, spell_order_number(order.number), title(order, words), words.place(order.place),
        words.plain(ENDS[whole.record.end][1]), order.minutes, whole.minutes, *_money(whole), *stars,
        (review.text or None) if review else None, (review.reply or None) if review else None,
    ]  # fmt: skip


def _money(whole: Whole) -> list[Value]:
    """What brought nothing says 0, so that a column can be summed and filtered."""
    if whole.booked is None:
        return [0] * 6
    one = whole.booked
    return [one.gross, -one.commission, -one.penalties, one.extra, one.net, one.cash]
