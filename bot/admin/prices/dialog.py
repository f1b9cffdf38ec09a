"""The list of prices to decide on, and the buttons of a price's card."""

from bot.admin.parts import below
from bot.admin.prices import handlers
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, DECIDE = "prices.read", "prices.decide"

ROWS = (
    Command("prices", READ, mark("Prices outside the band to decide on"), handlers.prices),
    Tap("pql", READ, handlers.page),
    Tap("pqv", READ, handlers.show),
    Tap("pqt", DECIDE, handlers.take),
    Tap("pqa", DECIDE, handlers.approve),
    Tap("pqr", DECIDE, below(handlers.ask_why)),
    Tap("pqy", DECIDE, handlers.reject),
    Tap("pqx", READ, handlers.nothing),
    Say("price_why", DECIDE, handlers.why_said),
)
