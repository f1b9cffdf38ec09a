"""One button opens the talk of an order; what is typed then, or answers one of its messages, goes to the other side."""

from bot.conversation import Dialog
from bot.relay import handlers

DIALOG = Dialog(
    taps={"rtalk": handlers.open_, "rsend": handlers.send_kept},
    says={"relay": handlers.said},
    replies={"relayed": handlers.replied},
    signs={"relayed": handlers.signed},
)
