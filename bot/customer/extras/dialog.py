"""A proposal of extra work."""

from bot.conversation import Dialog
from bot.customer.extras import handlers

DIALOG = Dialog(
    taps={
        "xtra": handlers.proposal,
        "oextra": handlers.of_order,
        "xyes": handlers.approve,
        "xno": handlers.refuse,
        "xask": handlers.ask,
    },
    says={"extra.ask": handlers.asked},
)
