"""Find orders, look into one, act on it. Buttons of shared cards end in `n`: they answer with a new message."""

from bot.admin.orders import acts, back, choices, find, moving, talk
from bot.admin.parts import below
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, CANCEL, HAND_ON, SETTLE = "orders.read", "orders.cancel", "orders.reassign", "orders.settle"
MOVE, REFUND = "orders.reschedule", "orders.refund"

ROWS = (
    Command("order", READ, mark("An order by its number"), find.find),
    Command("find", READ, mark("Orders by name, phone, state or day"), find.find),
    Command("orders", READ, mark("All open orders"), find.open_orders),
    Tap("oq", READ, find.again),
    Tap("of", READ, find.by_filter),
    Tap("ofn", READ, below(find.by_filter)),
    Tap("ofs", READ, find.filters),
    Tap("ofsn", READ, below(find.filters)),
    Tap("ov", READ, find.show),
    Tap("on", READ, below(find.show)),
    Tap("ot", READ, find.steps),
    Tap("op", READ, below(find.photos)),
    Tap("orv", READ, below(find.review)),
    Tap("orl", READ, below(talk.show)),
    Tap("orlp", READ, talk.show),
    Tap("oc", CANCEL, choices.fee),
    Tap("og", HAND_ON, choices.provider),
    Tap("ogn", HAND_ON, below(choices.provider)),
    Tap("om", MOVE, moving.days),
    Tap("ommon", MOVE, moving.month),
    Tap("omday", MOVE, moving.day),
    Tap("ompart", MOVE, moving.part),
    Tap("os", SETTLE, choices.amount),
    Tap("osn", SETTLE, below(choices.amount)),
    Say("settle_amount", SETTLE, choices.amount_said),
    Tap("ob", REFUND, back.how_much),
    Tap("obw", REFUND, back.who),
    Say(back.STEP, REFUND, back.said),
    *acts.rows(),
)
