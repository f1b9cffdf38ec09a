"""The queue of appeals, the card of one, and the decision: lifted or kept, always with words the provider reads."""

from bot.admin.appeals import handlers
from bot.admin.applications.handlers import show as dossier
from bot.admin.parts import below
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, DECIDE = "appeals.read", "appeals.decide"

ROWS = (
    Command("appeals", READ, mark("Appeals of providers on hold"), handlers.appeals),
    Tap("zq", READ, handlers.page),
    Tap("zv", READ, handlers.show),
    Tap("zf", READ, handlers.files),
    Tap("zd", "applications.read", below(dossier)),
    Tap("zln", DECIDE, below(handlers.lift)),
    Tap("zl", DECIDE, handlers.lift),
    Tap("zkn", DECIDE, below(handlers.keep)),
    Tap("zk", DECIDE, handlers.keep),
    Tap("zw", DECIDE, handlers.sure),
    Tap("zy", DECIDE, handlers.decided),
    Say("appeal_why", DECIDE, handlers.why_said),
)
