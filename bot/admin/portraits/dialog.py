"""The list of new photos to decide on, and the buttons of a photo's card."""

from bot.admin.parts import below
from bot.admin.portraits import handlers
from bot.admin.portraits.deciding import PORTRAITS
from bot.admin.registry import Command, Tap
from bot.i18n import mark

READ = "photos.read"

ROWS = (
    Command("photos", READ, mark("New photos to decide on"), handlers.portraits),
    Tap("fol", READ, handlers.page),
    Tap("fov", READ, PORTRAITS.show),
    Tap("fof", READ, below(handlers.photos)),
    *PORTRAITS.rows(),
)
