"""What was found and what to do about it, a page at a time; what can be put right here is a button."""

from bot.admin.parts import below
from bot.admin.registry import Command, Tap
from bot.admin.security import handlers
from bot.i18n import mark

ACT = "security"

ROWS = (
    Command("security", ACT, mark("Is everything safe? Settings, staff, attempts, backups"),
            handlers.security),
    Tap("se", ACT, handlers.page),
    Tap("sen", ACT, below(handlers.security)),
    Tap("sef", ACT, handlers.close_files),
)  # fmt: skip
