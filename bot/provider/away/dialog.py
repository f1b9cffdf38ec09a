"""How long, in two taps; with visits in that time one more: for all of them, or one by one."""

from bot.conversation import Dialog
from bot.provider.away import handlers

DIALOG = Dialog(
    taps={
        "away": handlers.choose,
        "awayat": handlers.take,
        "care": handlers.care,
        "missed": handlers.missed,
        "missing": handlers.one,
        "careone": handlers.care_one,
    },
    commands={"away": handlers.choose},
)
