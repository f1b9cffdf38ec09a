"""How the backups stand; one more is made, or the last one restored on trial, after asking again."""

from bot.admin.backups import handlers
from bot.admin.registry import Command, Tap
from bot.i18n import mark

ACT = "backups"

ROWS = (
    Command("backup", ACT, mark("Backups: make one, try one out"), handlers.overview),
    Tap("bk", ACT, handlers.overview),
    Tap("bkn", ACT, handlers.ask),
    Tap("bky", ACT, handlers.begin),
    Tap("bkv", ACT, handlers.show),
)
