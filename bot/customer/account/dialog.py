"""The own data: what there is, a copy of it, and the end of the account."""

from bot.conversation import Dialog
from bot.customer.account import handlers

DIALOG = Dialog(
    taps={
        "data": handlers.data,
        "datacopy": handlers.copy,
        "bye": handlers.bye,
        "byesure": handlers.sure,
    },
    says={"bye": handlers.said, "bye.ask": handlers.wavers},
    commands={"privacy": handlers.data},
)
