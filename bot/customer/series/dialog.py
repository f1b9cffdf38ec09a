"""From a visit to its repetition, and the list of what comes."""

from bot.conversation import Dialog
from bot.customer.series import dates, handlers, others

DIALOG = Dialog(
    taps={
        "rpt": handlers.how_often,
        "rptsee": handlers.plan,
        "rptgo": handlers.start,
        "ser": handlers.page,
        "sers": handlers.listed,
        "serasks": dates.asked,
        "serdate": dates.date,
        "sertake": dates.take,
        "serwho": others.who_else,
        "sergive": others.give,
        "serskip": dates.ask_skip,
        "serskipgo": dates.skip,
        "serskips": dates.ask_skip_all,
        "serskipall": dates.skip_all,
        "serstop": handlers.ask_stop,
        "serstopgo": handlers.stop,
        "seroff": handlers.stop_and_cancel,
    },
)
