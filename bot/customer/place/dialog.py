"""Asking where to come."""

from bot.conversation import Dialog
from bot.customer.place.handlers import at_address, leave, more_saved, pick, said, where

DIALOG = Dialog(
    taps={"where": where, "at": at_address, "pick": pick, "wback": leave, "wsaved": more_saved},
    says={"place": said},
)
