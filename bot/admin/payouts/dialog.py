"""The list of withdrawals, and the buttons of a withdrawal's card."""

from bot.admin.parts import below
from bot.admin.payouts import handlers
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, DECIDE = "payouts.read", "payouts.decide"

ROWS = (
    Command("payouts", READ, mark("Withdrawals to check and send"), handlers.payouts),
    Tap("wl", READ, handlers.page),
    Tap("wv", READ, handlers.show),
    Tap("wa", DECIDE, handlers.approve),
    Tap("wn", DECIDE, handlers.account),
    Tap("wp", DECIDE, below(handlers.ask_paid)),
    Tap("wpy", DECIDE, handlers.paid),
    Tap("wr", DECIDE, below(handlers.ask_why)),
    Tap("wry", DECIDE, handlers.returned),
    Tap("wx", READ, handlers.nothing),
    Say("payout_why", DECIDE, handlers.why_said),
)
