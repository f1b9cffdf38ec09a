"""A proposal of extra work, and paying the rest by link."""

from bot.conversation import Dialog
from bot.customer.extras import handlers, paying

DIALOG = Dialog(
    taps={
        "xtra": handlers.proposal,
        "oextra": handlers.of_order,
        "xyes": handlers.approve,
        "xno": handlers.refuse,
        "xask": handlers.ask,
        "payrest": paying.pay,
        "payrestcheck": paying.check,
    },
    says={"extra.ask": handlers.asked},
)
