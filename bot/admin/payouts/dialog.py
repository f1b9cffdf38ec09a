"""The list of withdrawals, and the buttons of a withdrawal's card."""

from bot.admin.payouts import handlers
from bot.admin.payouts.deciding import PAYOUTS
from bot.admin.registry import Command, Tap
from bot.i18n import mark

READ, DECIDE = "payouts.read", PAYOUTS.action

ROWS = (
    Command("payouts", READ, mark("Withdrawals to check and send"), handlers.payouts),
    Tap("wl", READ, handlers.page),
    Tap("wb", DECIDE, handlers.batch),
    Tap("wv", READ, PAYOUTS.show),
    Tap("wn", DECIDE, handlers.account),
    *PAYOUTS.rows(),
)
