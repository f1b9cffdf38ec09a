"""From a word to a person, and from the card of a person to all that can be done."""

from bot.admin.parts import below
from bot.admin.people import acts, conversations, editing, find
from bot.admin.registry import Command, Say, Tap
from bot.i18n import mark

READ, EDIT, ANSWER = "people.read", "people.edit", "tickets.answer"

ROWS = (
    Command("people", READ, mark("A customer or provider by name, phone, order or Telegram name"), find.people),
    Tap("uq", READ, find.again),
    Tap("uqn", READ, below(find.named)),
    Tap("uv", READ, find.show),
    Tap("uvn", READ, below(find.show)),
    Tap("uo", "orders.read", find.orders),
    Tap("uh", READ, find.history),
    Tap("ua", "people.contact", find.contact),
    Tap("uan", "people.contact", below(find.contact)),
    Tap("ut", "tickets.read", conversations.show),
    Tap("utw", ANSWER, conversations.ask),
    Tap("uty", ANSWER, conversations.send),
    Say("write_first", ANSWER, conversations.said),
    Tap("ue", EDIT, editing.menu),
    Tap("uef", EDIT, editing.ask),
    Tap("uel", EDIT, editing.language),
    Tap("uey", EDIT, editing.done),
    Say("person_part", EDIT, editing.said),
    *acts.rows(),
)  # fmt: skip
