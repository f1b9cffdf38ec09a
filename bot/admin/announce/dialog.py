"""News or an offer: the text per language, how it will look, how far it has come."""

from bot.admin.announce import handlers
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

ACT = "announce"

ROWS = (
    Command("announce", ACT, mark("Tell something to all customers"), handlers.begin),
    Tap("an", ACT, handlers.begin),
    Tap("ank", ACT, handlers.kind),
    Tap("ans", ACT, handlers.skip),
    Tap("and", ACT, handlers.deal),
    Tap("ango", ACT, handlers.send),
    Tap("anv", ACT, handlers.progress),
    Tap("anx", ACT, handlers.stop),
    Say("announce", ACT, handlers.said),
)
