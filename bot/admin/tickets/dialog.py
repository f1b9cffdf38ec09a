"""The list of open tickets, and the buttons of a ticket's card; answers are simply written in its topic."""

from bot.admin.parts import below
from bot.admin.registry import Command, Say, Tap
from bot.admin.tickets import evidence, hearing
from bot.admin.tickets.closing import TICKETS
from bot.admin.tickets.ending import STEP, amount, amount_said, bearer, close, not_yet
from bot.admin.tickets.handlers import page, reopen, tickets
from bot.i18n import mark

READ, ANSWER = "tickets.read", "tickets.answer"
ROWS = (
    Command("tickets", READ, mark("Open questions, the longest waiting first"), tickets),
    Tap("tl", READ, page),
    Tap("tv", READ, TICKETS.show),
    Tap("tvn", READ, below(TICKETS.show)),
    Tap("tc", ANSWER, below(close)),
    Tap("tcp", ANSWER, close),
    Tap("tcn", ANSWER, not_yet),
    Tap("ta", ANSWER, amount),
    Tap("tb", ANSWER, bearer),
    Say(STEP, ANSWER, amount_said),
    Tap("to", ANSWER, reopen),
    Tap("te", READ, evidence.show),
    Tap("th", ANSWER, below(hearing.ask)),
    Tap("thy", ANSWER, hearing.send),
    Say(hearing.STEP, ANSWER, hearing.said),
    *TICKETS.rows(),
)
