"""How tickets look in the staff chat. The person appears by display name only."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.deciding.screens import hand, in_hand
from bot.admin.orders import screens as orders
from bot.admin.orders import timeline
from bot.admin.orders.whole import Whole
from bot.admin.parts import dotted, lines, short
from bot.admin.tickets import hearing_screens as hearing
from bot.admin.tickets import waiting
from bot.i18n import Words, mark
from bot.screen import Button, Card, File, Page, Screen, press
from core.people.model import Person
from core.support.model import Said, Ticket, TicketKind, TicketState
from core.taking.model import Taking

REOPENED = mark("opened again")
STATES = {
    TicketState.OPEN: ("🟡", mark("waiting for us")),
    TicketState.ANSWERED: ("🟢", mark("answered")),
    TicketState.CLOSED: ("⚪", mark("closed")),
}
SIDES = {"customer": mark("Customer"), "provider": mark("Provider")}
KINDS = {
    TicketKind.QUESTION: ("🎫", mark("Question")),
    TicketKind.COMPLAINT: ("📣", mark("Complaint")),
    TicketKind.IDEA: ("💡", mark("Idea")),
}
STEPS, QUOTE = 6, 60


def state(words: Words, ticket: Ticket) -> str:
    sign, name = STATES[ticket.state]
    return f"{sign} {words.plain(name)}"


def card(
    words: Words, ticket: Ticket, person: Person, whole: Whole | None, taking: Taking | None, *,
    now: datetime, in_topic: bool = True,
) -> Screen:  # fmt: skip
    """The head of a ticket's topic: who, how it stands, the order and its timeline."""
    side = SIDES.get(ticket.bot)
    text = lines(
        dotted(
            words("🎫 <b>{number}</b>", number=ticket.number),
            state(words, ticket),
            waiting.left(words, ticket, now=now),
            in_hand(words, taking),
        ),
        _kind(words, ticket),
        words("Outcome: <b>{outcome}</b>", outcome=names.outcome(ticket.outcome, words))
        if ticket.outcome and ticket.state is TicketState.CLOSED
        else None,
        words("“{text}”", text=ticket.verdict)
        if ticket.verdict and ticket.state is TicketState.CLOSED
        else None,
        words("{part}: <b>{name}</b>", part=words(side) if side else ticket.bot, name=person.name),
        *(_order(words, whole, now) if whole else []),
        Markup(""),
        words("What you write in this topic goes to the person.")
        if in_topic
        else words("To answer, write in its topic in the group."),
    )
    return Screen(text, _rows(words, ticket, taking), card=Card("ticket", ticket.id))


def _kind(words: Words, ticket: Ticket) -> Markup | None:
    sign, name = KINDS[ticket.kind]
    question = ticket.kind is TicketKind.QUESTION
    return None if question else Markup("{} <b>{}</b>").format(sign, words.plain(name))


def _order(words: Words, whole: Whole, now: datetime) -> list[Markup]:
    steps = [timeline.step(words, whole, one, now=now) for one in whole.steps[-STEPS:]]
    return [Markup(""), orders.line(words, whole.view, now=now), *steps]


def _rows(words: Words, ticket: Ticket, taking: Taking | None) -> list[list[Button]]:
    if ticket.state is TicketState.CLOSED:
        again = [Button(words.plain("↩️ Open again"), press("to", ticket.id))]
        return [again, [_evidence(words, ticket)]] if ticket.order_id else [again]
    take = hand(words, taking, press("tzt", ticket.id))
    close = Button(words.plain("✅ Close"), press("tc", ticket.id))
    return [[take, close], *_about_order(words, ticket)]


def _about_order(words: Words, ticket: Ticket) -> list[list[Button]]:
    if ticket.order_id is None:
        return []
    ask = Button(words.plain(hearing.LABELS[hearing.other(ticket.bot)]), press("th", ticket.id))
    return [
        [ask],
        [Button(words.plain("📦 Order"), press("on", ticket.order_id)), _evidence(words, ticket)],
    ]


def _evidence(words: Words, ticket: Ticket) -> Button:
    return Button(words.plain("🗂 Evidence"), press("te", ticket.id))


def said(one: Said, person: Person, files: tuple[File, ...]) -> Screen:
    """One message of the person, with what came with it."""
    text = lines(
        Markup("👤 <b>{}</b>").format(person.name), Markup.escape(one.text) if one.text else None
    )
    return Screen(text, files=files)


def closed(words: Words, ticket: Ticket) -> Screen:
    again = Button(words.plain("↩️ Open again"), press("to", ticket.id), style="primary")
    return Screen(words("This ticket is closed, so nothing was sent."), [[again]])


def tickets(
    words: Words, alive: Sequence[Ticket], people: Mapping[int, Person],
    hands: Mapping[int, Taking], number: int, *, chat: int, now: datetime,
) -> Screen:  # fmt: skip
    page = Page.of(alive, number, 6)
    told = [
        dotted(
            words("<b>{number}</b>", number=one.number),
            people[one.person_id].name,
            waiting.since(words, one, now=now),
            waiting.left(words, one, now=now),
            in_hand(words, hands.get(one.id)),
        )
        for one in page.items
    ]
    rows = [
        [_opens(one, short(f"🎫 {one.number} · {people[one.person_id].name}", 30), chat)]
        for one in page.items
    ]
    text = lines(
        words("🎫 <b>Open questions: {n}</b>", n=len(alive)),
        Markup(""),
        *(told or [words("Nobody is waiting. 🎉")]),
    )
    return Screen(text, [*rows, *page.turns("tl")])


def _opens(ticket: Ticket, label: str, chat: int) -> Button:
    """In the group its topic, elsewhere its card."""
    there = link(chat, ticket)
    return Button(label, url=there) if there else Button(label, press("tvn", ticket.id))


def link(chat: int, ticket: Ticket) -> str:
    """Where the topic is; Telegram opens it for members of the group."""
    group = str(chat).removeprefix("-100")
    return f"https://t.me/c/{group}/{ticket.topic_id}" if chat < 0 and ticket.topic_id else ""
