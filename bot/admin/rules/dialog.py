"""The list of the rules; owners tap one, type a new value and confirm the change."""

from bot.admin.registry import Command, Say, Tap
from bot.admin.rules.handlers import ask, keep, page, rules, typed
from bot.i18n import mark

ROWS = (
    Command("rules", "rules.read", mark("Rules of the platform"), rules),
    Tap("ru", "rules.read", page),
    Tap("rue", "rules.change", ask),
    Tap("ruy", "rules.change", keep),
    Say("rule_value", "rules.change", typed),
)
"""`rue` and `ruy` carry the rule's place in the table; the new value waits in the talk's memory."""
