"""From the tree of categories to one service."""

from bot.conversation import Dialog
from bot.customer.browse.handlers import category, service

DIALOG = Dialog(taps={"c": category, "s": service})
