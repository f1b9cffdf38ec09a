"""The list of reported reviews, and the buttons of a report's card."""

from bot.admin.parts import below
from bot.admin.registry import Command, Tap
from bot.admin.reviews import handlers
from bot.i18n import mark

READ, DECIDE = "reviews.read", "reviews.decide"

ROWS = (
    Command("reviews", READ, mark("Reported reviews to decide on"), handlers.reports),
    Tap("rl", READ, handlers.page),
    Tap("rv", READ, handlers.show),
    Tap("rp", READ, below(handlers.pictures)),
    Tap("rk", DECIDE, handlers.keep),
    Tap("rh", DECIDE, handlers.hide),
)
