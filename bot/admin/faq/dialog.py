"""What customers and providers frequently ask: topics, questions, their texts; nothing counts before it was seen."""

from bot.admin.faq import drafting, handlers
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, CHANGE = "faq.read", "faq.change"

ROWS = (
    Command("faq", READ, mark("Frequent questions and their answers"), handlers.faq),
    Tap("fqs", READ, handlers.side),
    Tap("fqt", READ, handlers.topic),
    Tap("fqc", READ, handlers.card),
    Tap("fqv", READ, handlers.preview),
    Tap("fqm", CHANGE, handlers.move),
    Tap("fqh", CHANGE, handlers.hide),
    Tap("fqx", CHANGE, handlers.ask_remove),
    Tap("fqxy", CHANGE, handlers.remove),
    Tap("fqnt", CHANGE, drafting.new_topic),
    Tap("fqnq", CHANGE, drafting.new_question),
    Tap("fqe", CHANGE, drafting.change),
    Tap("fqd", CHANGE, drafting.whole),
    Tap("fqf", CHANGE, drafting.field),
    Tap("fqp", CHANGE, drafting.preview),
    Tap("fqy", CHANGE, drafting.publish),
    Say(drafting.STEP, CHANGE, drafting.said),
)
