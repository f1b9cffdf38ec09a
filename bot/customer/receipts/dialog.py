"""Payments by month, of one order, and the paper of each."""

from bot.conversation import Dialog
from bot.customer.receipts import handlers

DIALOG = Dialog(
    taps={
        "rcpts": handlers.months,
        "rcpt": handlers.open_,
        "prcpts": handlers.months_of_orders,
        "prcpt": handlers.open_from_orders,
        "orcpts": handlers.of_order,
        "orcpt": handlers.open_of_order,
    },
    commands={"receipts": handlers.command},
)
