"""Asking where to come."""

from bot.conversation import Dialog
from bot.customer.place.handlers import at_address, leave, pick, said, where

DIALOG = Dialog(
    taps={"where": where, "at": at_address, "pick": pick, "wback": leave},
    says={"place": said},
)
