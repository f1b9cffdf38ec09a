"""Which alerts are open, and the buttons of an alert's card."""

from bot.admin.alerts import handlers
from bot.admin.alerts.deciding import ALERTS
from bot.admin.parts import below
from bot.admin.registry import Command, Tap
from bot.i18n import mark

READ = "alerts.read"

ROWS = (
    Command("alerts", READ, mark("What is not as it should be"), handlers.alerts),
    Tap("arl", READ, handlers.listed),
    Tap("arln", READ, below(handlers.listed)),
    Tap("ark", READ, handlers.kinds),
    Tap("arv", READ, ALERTS.show),
    *ALERTS.rows(),
)
