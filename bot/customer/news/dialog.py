"""What the platform told, and the way to hear no more of it."""

from bot.conversation import Dialog
from bot.customer.news import handlers

DIALOG = Dialog(
    taps={"news": handlers.news, "annoff": handlers.off, "annon": handlers.on},
    commands={"news": handlers.latest},
)
