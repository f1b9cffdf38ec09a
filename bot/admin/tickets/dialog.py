"""The list of open tickets, and the buttons of a ticket's card; answers are simply written in its topic."""

from bot.admin.registry import Command, Tap
from bot.admin.tickets.handlers import close, page, reopen, take, tickets
from bot.i18n import mark

ROWS = (
    Command("tickets", "tickets.read", mark("Open questions, the longest waiting first"), tickets),
    Tap("tl", "tickets.read", page),
    Tap("tk", "tickets.answer", take),
    Tap("tc", "tickets.answer", close),
    Tap("to", "tickets.answer", reopen),
)
