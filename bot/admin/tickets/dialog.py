"""The list of open tickets, and the buttons of a ticket's card; answers are simply written in its topic."""

from bot.admin.parts import below
from bot.admin.registry import Command, Say, Tap
from bot.admin.tickets.handlers import (
    close,
    not_yet,
    outcome,
    outcome_said,
    page,
    reopen,
    take,
    tickets,
)
from bot.i18n import mark

ROWS = (
    Command("tickets", "tickets.read", mark("Open questions, the longest waiting first"), tickets),
    Tap("tl", "tickets.read", page),
    Tap("tk", "tickets.answer", take),
    Tap("tc", "tickets.answer", below(close)),
    Tap("tcx", "tickets.answer", outcome),
    Tap("tcn", "tickets.answer", not_yet),
    Say("ticket_outcome", "tickets.answer", outcome_said),
    Tap("to", "tickets.answer", reopen),
)
