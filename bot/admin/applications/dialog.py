"""The queue of applications, one dossier, its papers, and the decision in at most three taps."""

from bot.admin.applications import handlers, papers
from bot.admin.applications.decide import APPLICATIONS
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, DECIDE = "applications.read", APPLICATIONS.action

ROWS = (
    Command("applications", READ, mark("Applications to decide on"), handlers.applications),
    Tap("al", READ, handlers.page),
    Tap("av", READ, APPLICATIONS.show),
    Tap("ad", READ, handlers.documents),
    Tap("ac", READ, papers.papers),
    Tap("acp", READ, papers.paper),
    Tap("acy", DECIDE, papers.good),
    Tap("acx", DECIDE, papers.bad),
    Tap("ace", DECIDE, papers.ask_expiry),
    Say("paper_expiry", DECIDE, papers.expiry_said),
    *APPLICATIONS.rows(),
)
