"""From a full day to a place in line, and from the news that a time is free to the order."""

from bot.conversation import Dialog
from bot.customer.waitlist import handlers

DIALOG = Dialog(
    taps={
        "wldays": handlers.full_days,
        "wlday": handlers.day,
        "wljoin": handlers.join,
        "waits": handlers.waits,
        "wleave": handlers.leave,
        "wbook": handlers.book,
        "wnot": handlers.not_now,
    },
)
