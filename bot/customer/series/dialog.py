"""From a visit to its repetition, and the list of what comes."""

from bot.conversation import Dialog
from bot.customer.series import handlers, others

DIALOG = Dialog(
    taps={
        "rpt": handlers.how_often,
        "rptsee": handlers.plan,
        "rptgo": handlers.start,
        "ser": handlers.page,
        "sers": handlers.listed,
        "serdate": handlers.date,
        "sertake": handlers.take,
        "serwho": others.who_else,
        "sergive": others.give,
        "serskip": handlers.skip,
        "serstop": handlers.ask_stop,
        "serstopgo": handlers.stop,
        "seroff": handlers.stop_and_cancel,
    },
)
