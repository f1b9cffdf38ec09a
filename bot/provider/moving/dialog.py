"""Yes or no to the customer's wish; one's own wish is a day, a start, one look."""

from bot.conversation import Dialog
from bot.provider.moving import handlers

DIALOG = Dialog(
    taps={
        "mvyes": handlers.agree,
        "mvkeep": handlers.keep,
        "mvback": handlers.withdraw,
        "mv": handlers.begin,
        "mvmon": handlers.month,
        "mvnone": handlers.no_day,
        "mvday": handlers.day,
        "mvpart": handlers.part,
        "mvat": handlers.look,
        "mvgo": handlers.ask,
    },
)
