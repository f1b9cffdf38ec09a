"""The list with its filter, one record in detail, the list as a file; words typed meanwhile are looked for in it."""

from bot.conversation import Dialog
from bot.provider.records import filters, handlers

DIALOG = Dialog(
    taps={
        "records": handlers.records,
        "record": handlers.record,
        "recpics": handlers.pictures,
        "rectable": handlers.table,
        "recfilter": filters.overview,
        "recby": filters.choices,
        "recservice": filters.services,
    },
    says={"records": handlers.said},
    commands={"records": handlers.command},
)
