"""The rules below their headings; owners tap one, type or tap a new value and confirm the change."""

from bot.admin.registry import Command, Say, Tap
from bot.admin.rules import handlers
from bot.i18n import mark

READ, CHANGE = "rules.read", "rules.change"
ROWS = (
    Command("rules", READ, mark("Rules of the platform"), handlers.rules),
    Tap("ru", READ, handlers.rules),
    Tap("rus", READ, handlers.section),
    Tap("rue", READ, handlers.look),
    Tap("rup", CHANGE, handlers.pick),
    Tap("ruy", CHANGE, handlers.keep),
    Say("rule_value", CHANGE, handlers.typed),
)
"""`rue`, `rup` and `ruy` carry the rule's name, which no new rule can move; the value waits in the talk's memory."""
