"""The queue of appeals, the card of one, and the decision: lifted or kept, always with words the provider reads."""

from bot.admin.appeals import handlers
from bot.admin.appeals.deciding import APPEALS
from bot.admin.applications.decide import APPLICATIONS
from bot.admin.parts import below
from bot.admin.registry import Command, Tap
from bot.i18n import mark

READ = "appeals.read"

ROWS = (
    Command("appeals", READ, mark("Appeals of providers on hold"), handlers.appeals),
    Tap("zq", READ, handlers.page),
    Tap("zv", READ, APPEALS.show),
    Tap("zf", READ, handlers.files),
    Tap("zd", "applications.read", below(APPLICATIONS.show)),
    *APPEALS.rows(),
)
