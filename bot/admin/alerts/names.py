"""What each alert is called: on its card, in a list, and as the line that remains of it."""

from dataclasses import dataclass

from bot.i18n import mark
from core.alerts.model import Kind
from core.orders.doubts import Doubt

_AWAY = ("drop", "replace", "reassign", "cancel", "reschedule")


@dataclass(frozen=True, slots=True)
class Name:
    """`title` stands on the card, `was` on what remains; `verbs` are the steps of an order that settle it."""

    sign: str
    short: str
    title: str
    was: str
    advice: str = ""
    verbs: tuple[str, ...] = ()


NAMES = {
    Kind.UNACCEPTED: Name(
        "⏳", mark("Not accepted"), mark("⏳ <b>Nobody has accepted yet</b>"),
        mark("⏳ Nobody had accepted"),
        mark("We keep asking. Please ask somebody yourself, or offer the customer another time."),
        ("accept", "take", "give_up", "cancel", "reschedule"),
    ),
    Kind.UNCONTACTED: Name(
        "🤐", mark("No contact"), mark("🤐 <b>A provider hasn't been in touch</b>"),
        mark("🤐 A provider wasn't in touch"),
        mark("They accepted and were reminded. Please call them, or ask somebody else."),
        ("contacted", "depart", "arrive", *_AWAY),
    ),
    Kind.LATE: Name(
        "⏰", mark("Late"), mark("⏰ <b>A provider is late</b>"), mark("⏰ A provider was late"),
        mark("The customer was asked what to do. Without a word from either we find somebody else."),
        ("delay", "arrive", "start", *_AWAY),
    ),
    Kind.UNFINISHED: Name(
        "🐢", mark("Too long"), mark("🐢 <b>A visit goes on far too long</b>"),
        mark("🐢 A visit went on too long"),
        mark("Please call the provider. What is done can be finished for them."),
        ("start", "finish", "absent", "cancel", "reassign"),
    ),
    Kind.UNPAID: Name(
        "💸", mark("Unpaid"), mark("💸 <b>Nobody says that it was paid</b>"),
        mark("💸 Nobody had said that it was paid"),
        mark("Please ask the provider what was paid at the door."),
        ("pay", "expire", "pay_rest", "state_cash", "close", "dispute", "cancel"),
    ),
    Kind.DISPUTED: Name(
        "⚖️", mark("Cash"), mark("⚖️ <b>The amounts don't match</b>"),
        mark("⚖️ The cash at the door"), verbs=("settle",),
    ),
    Kind.CUSTOMER_CANCELS: Name(
        "🚪", mark("Customer cancels"), mark("🚪 <b>A customer cancels often</b>"),
        mark("🚪 A customer cancelled often"), mark("Please talk to them."),
    ),
    Kind.PROVIDER_CANCELS: Name(
        "🏳", mark("Provider cancels"), mark("🏳 <b>A provider gives visits back often</b>"),
        mark("🏳 A provider gave visits back often"), mark("Please talk to them."),
    ),
    Kind.SAME_PERSON: Name(
        "🪞", mark("One person"), mark("🪞 <b>Customer and provider may be one person</b>"),
        mark("🪞 Customer and provider looked like one person"),
    ),
    Kind.EACH_OTHER: Name(
        "🔗", mark("Only each other"), mark("🔗 <b>Two who hardly deal with anybody else</b>"),
        mark("🔗 Two who hardly dealt with anybody else"),
    ),
    Kind.BOUGHT_REVIEWS: Name(
        "🌟", mark("Bought stars"), mark("🌟 <b>Stars that may be bought</b>"),
        mark("🌟 Stars that looked bought"),
    ),
}  # fmt: skip
DOUBTS = {
    Doubt.UNSTATED: mark("⚖️ <b>The provider didn't name the cash</b>"),
    Doubt.UNANSWERED: mark("⚖️ <b>The customer didn't confirm the cash</b>"),
    Doubt.SHORT: mark("⚖️ <b>Less was paid than was due</b>"),
    Doubt.DIFFERS: NAMES[Kind.DISPUTED].title,
}
SIGNS = {
    "person": mark("the very same account"),
    "phone": mark("the same telephone"),
    "account": mark("the same payout account"),
}
GROUPS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (mark("All"), ()),
    (mark("⏳ Not accepted"), (Kind.UNACCEPTED,)),
    (mark("🤐 No contact"), (Kind.UNCONTACTED,)),
    (mark("⏰ Late"), (Kind.LATE,)),
    (mark("🐢 Too long"), (Kind.UNFINISHED,)),
    (mark("💰 Money"), (Kind.UNPAID, Kind.DISPUTED)),
    (mark("🚪 Cancelling"), (Kind.CUSTOMER_CANCELS, Kind.PROVIDER_CANCELS)),
    (mark("🪞 Self-dealing"), (Kind.SAME_PERSON, Kind.EACH_OTHER, Kind.BOUGHT_REVIEWS)),
)
OF_AN_ORDER = (
    mark("Already talked to them"),
    mark("Agreed with both sides"),
    mark("They forgot to tap"),
)
OF_SOMEBODY = (
    mark("Already talked to them"),
    mark("A family, nothing wrong"),
    mark("A regular of theirs"),
    mark("They were ill"),
)
EXPLAINED = mark("All right: {reason}")
BARRED = mark("One of them was frozen")
MENDED = mark("It is no longer so")
