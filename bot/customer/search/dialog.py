"""Back from a thing found to what was found."""

from bot.conversation import Dialog
from bot.customer.search.handlers import found

DIALOG = Dialog(taps={"found": found})
