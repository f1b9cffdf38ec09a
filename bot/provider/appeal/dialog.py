"""Words and pictures are added until it is sent; what is written stays over restarts."""

from bot.conversation import Dialog
from bot.provider.appeal import handlers

DIALOG = Dialog(
    taps={
        "appeal": handlers.appeal,
        "appealsend": handlers.send,
        "appealnew": handlers.start_over,
    },
    says={"appeal": handlers.said},
    commands={"appeal": handlers.appeal},
)
