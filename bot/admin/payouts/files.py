"""What is to be sent to banks, as a table that their sites read or people copy from."""

from collections.abc import Sequence

from bot.adapters.sheets import Column, sheet
from bot.i18n import Words
from bot.screen import File
from core.payouts.accounts import Holder
from core.payouts.model import Payout


def batch_file(batch: Sequence[tuple[Payout, Holder]], words: Words) -> File:
    """Account numbers are text: a spreadsheet would round them."""
    columns = [
        Column(words.plain("Holder"), width=24), Column(words.plain("Account"), width=26),
        Column(words.plain("Amount"), "money"), Column(words.plain("Currency"), width=10),
        Column(words.plain("Number"), width=16),
    ]  # fmt: skip
    rows = [(to.name, to.number, one.amount, one.currency, one.number) for one, to in batch]
    return sheet(
        name="payouts", title=words.plain("Withdrawals to banks"), columns=columns, rows=rows,
        words=words, currency=words.currency,
    )  # fmt: skip
