"""What the platform told, and the way to hear no more of it. The same table serves both bots."""

from bot.conversation import Dialog
from bot.news import handlers

DIALOG = Dialog(
    taps={
        "news": handlers.news,
        "annoff": handlers.off,
        "annon": handlers.on,
        "annopen": handlers.opened,
    },
    commands={"news": handlers.latest},
)
