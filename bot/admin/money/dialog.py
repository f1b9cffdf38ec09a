"""The days that were compared, what differs, and the file of a gateway that has no list to ask for."""

from bot.admin.money import handlers
from bot.admin.money.deciding import DIFFERENCES
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, DECIDE = "money.read", DIFFERENCES.action

ROWS = (
    Command("money", READ, mark("Payments compared with the gateways' statements"), handlers.money),
    Tap("ml", READ, handlers.page),
    Tap("mv", READ, DIFFERENCES.show),
    Tap("md", READ, handlers.days),
    Tap("mx", READ, handlers.table),
    Tap("mn", DECIDE, handlers.compare_now),
    Tap("mf", DECIDE, handlers.ask_file),
    Say("money_file", DECIDE, handlers.file_came),
    *DIFFERENCES.rows(),
)
