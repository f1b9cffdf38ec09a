"""The list of prices to decide on, and the buttons of a price's card."""

from bot.admin.prices import handlers
from bot.admin.prices.deciding import PRICES
from bot.admin.registry import Command, Tap
from bot.i18n import mark

READ = "prices.read"

ROWS = (
    Command("prices", READ, mark("Prices outside the band to decide on"), handlers.prices),
    Tap("pql", READ, handlers.page),
    Tap("pqv", READ, PRICES.show),
    *PRICES.rows(),
)
