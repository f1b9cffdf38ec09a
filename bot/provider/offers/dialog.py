"""Accept or decline before the time is over."""

from bot.conversation import Dialog
from bot.provider.offers.handlers import accept, decline, show

DIALOG = Dialog(taps={"offer": show, "accept": accept, "decline": decline})
