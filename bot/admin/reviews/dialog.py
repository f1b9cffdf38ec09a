"""The list of reported reviews, the buttons of a report's card, and hidden reviews."""

from bot.admin.parts import below
from bot.admin.registry import Command, Say, Tap
from bot.admin.reviews import handlers, hiding
from bot.i18n import mark

READ, DECIDE = "reviews.read", "reviews.decide"

ROWS = (
    Command("reviews", READ, mark("Reported and hidden reviews"), handlers.reports),
    Tap("rl", READ, handlers.page),
    Tap("rv", READ, handlers.show),
    Tap("rp", READ, below(handlers.pictures)),
    Tap("rk", DECIDE, handlers.keep),
    Tap("rh", DECIDE, handlers.hide),
    Tap("rhl", READ, hiding.page),
    Tap("rhv", READ, hiding.show),
    Tap("rhr", DECIDE, hiding.why),
    Tap("rhs", DECIDE, hiding.sure),
    Tap("rhy", DECIDE, hiding.done, grave=True),
    Say("review_why", DECIDE, hiding.said),
)
