"""From "Move" to another time: a day, a start, one look at what it means; and the answers to a provider's wish."""

from bot.conversation import Dialog
from bot.customer.moving import answers, handlers, spoken

DIALOG = Dialog(
    taps={
        "mv": handlers.begin,
        "mvmon": handlers.month,
        "mvnone": handlers.no_day,
        "mvday": handlers.day,
        "mvpart": handlers.part,
        "mvat": handlers.start,
        "mvgo": handlers.go,
        "mvback": answers.withdraw,
        "mvyes": answers.agree,
        "mvkeep": answers.keep,
        "oconfirm": answers.confirm,
    },
    says={"move.day": spoken.day, "move.start": spoken.start},
)
