"""The first questions and the screen everything starts from."""

from bot.conversation import Dialog
from bot.customer.home.handlers import (
    cancel,
    choose_language,
    home_of,
    home_page,
    me,
    skip,
    start,
)

DIALOG = Dialog(
    taps={
        "home": home_page,
        "homeof": home_of,
        "hello": choose_language,
        "skip": skip,
        "me": me,
    },
    commands={"start": start, "cancel": cancel},
)
