"""What is to be compared before everything goes on, and the one button that lets it."""

from bot.admin.parts import below
from bot.admin.quarantine import handlers
from bot.admin.registry import Command, Tap
from bot.i18n import mark

READ, LIFT = "quarantine.read", "quarantine.lift"

ROWS = (
    Command("quarantine", READ, mark("The standstill after a restore"), handlers.show),
    Tap("qv", READ, handlers.show),
    Tap("ql", LIFT, below(handlers.ask)),
    Tap("qly", LIFT, handlers.lift),
    Tap("qx", READ, handlers.stays),
)
