"""One message that turns from span to span and from view to view; any days can be typed."""

from bot.admin.registry import Command, Say, Tap
from bot.admin.stats import asked, handlers
from bot.i18n import mark

READ = "stats.read"

ROWS = (
    Command("stats", READ, mark("The platform’s figures: /stats last week"), handlers.command),
    Tap("sto", READ, handlers.overview),
    Tap("stb", READ, handlers.split_by),
    Tap("stw", READ, handlers.ways),
    Tap("sth", READ, handlers.habits),
    Tap("ste", READ, handlers.more),
    Tap("stx", READ, handlers.table),
    Tap("stm", READ, handlers.meaning),
    Tap("sta", READ, asked.ask),
    Say(asked.STEP, READ, asked.said),
)
"""Days are named by the ordinals of the first and the last of them."""
