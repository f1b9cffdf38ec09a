"""Paying for an order."""

from bot.conversation import Dialog
from bot.customer.payment import handlers

DIALOG = Dialog(
    taps={
        "pay": handlers.pay,
        "payrest": handlers.pay_rest,
        "paycheck": handlers.check,
        "payway": handlers.way,
    }
)
