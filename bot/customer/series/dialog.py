"""From a visit to its repetition, and the list of what comes."""

from bot.conversation import Dialog
from bot.customer.series import handlers

DIALOG = Dialog(
    taps={
        "rpt": handlers.how_often,
        "rptsee": handlers.plan,
        "rptgo": handlers.start,
        "ser": handlers.page,
        "sers": handlers.listed,
        "serdate": handlers.date,
        "sertake": handlers.take,
        "serskip": handlers.skip,
        "serstop": handlers.ask_stop,
        "serstopgo": handlers.stop,
        "seroff": handlers.stop_and_cancel,
    },
)
