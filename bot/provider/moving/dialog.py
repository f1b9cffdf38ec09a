"""Yes or no to the customer's wish; one's own wish is a day, a start (tapped or typed), one look."""

from bot.conversation import Dialog
from bot.provider.moving import handlers, spoken

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
    says={"move.day": spoken.day, "move.start": spoken.start},
)
