"""One message that turns from span to span and from view to view; any days can be typed."""

from bot.admin.registry import Command, Tap
from bot.admin.stats import handlers
from bot.i18n import mark

READ = "stats.read"

ROWS = (
    Command("stats", READ, mark("The platform’s figures: /stats last week"), handlers.command),
    Tap("sto", READ, handlers.overview),
    Tap("stb", READ, handlers.split_by),
    Tap("stm", READ, handlers.meaning),
)
"""Days are named by the ordinals of the first and the last of them."""
