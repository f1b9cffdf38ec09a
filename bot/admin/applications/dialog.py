"""The queue of applications, one dossier, its papers, and the decision in at most three taps."""

from bot.admin.applications import decide, handlers, papers
from bot.admin.parts import below
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, DECIDE = "applications.read", "applications.decide"

ROWS = (
    Command("applications", READ, mark("Applications to decide on"), handlers.applications),
    Tap("al", READ, handlers.page),
    Tap("av", READ, handlers.show),
    Tap("ad", READ, handlers.documents),
    Tap("acn", READ, below(papers.papers)),
    Tap("ac", READ, papers.papers),
    Tap("acp", READ, papers.paper),
    Tap("acy", DECIDE, papers.good),
    Tap("acx", DECIDE, papers.bad),
    Tap("ace", DECIDE, papers.ask_expiry),
    Say("paper_expiry", DECIDE, papers.expiry_said),
    Tap("apn", DECIDE, below(decide.approve)),
    Tap("ap", DECIDE, decide.approve),
    Tap("apy", DECIDE, decide.approved),
    Tap("aqn", DECIDE, below(decide.ask)),
    Tap("aq", DECIDE, decide.ask),
    Tap("aqp", DECIDE, decide.ask_for),
    Tap("arn", DECIDE, below(decide.reject)),
    Tap("ar", DECIDE, decide.reject),
    Tap("aw", DECIDE, decide.why),
    Tap("ay", DECIDE, decide.sent_back),
    Say("application_why", DECIDE, decide.why_said),
)
