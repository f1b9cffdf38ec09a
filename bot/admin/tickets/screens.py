"""How tickets look in the staff chat. The person appears by display name only."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.orders import screens as orders
from bot.admin.orders import timeline
from bot.admin.orders.whole import Whole
from bot.admin.parts import back, dotted, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Card, File, Page, Screen, grid, press
from core.people.model import Person
from core.support.model import Said, Ticket, TicketKind, TicketState

CLOSED, REOPENED = mark("closed"), mark("opened again")
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
    words: Words, ticket: Ticket, person: Person, whole: Whole | None, *, now: datetime
) -> Screen:
    """The head of a ticket's topic: who, how it stands, the order and its timeline."""
    side = SIDES.get(ticket.bot)
    text = lines(
        dotted(
            words("🎫 <b>{number}</b>", number=ticket.number),
            state(words, ticket),
            words("taken by {name}", name=ticket.taken_by) if ticket.taken_by else None,
        ),
        _kind(words, ticket),
        words("Outcome: <b>{outcome}</b>", outcome=names.outcome(ticket.outcome, words))
        if ticket.outcome and ticket.state is TicketState.CLOSED
        else None,
        words("{part}: <b>{name}</b>", part=words(side) if side else ticket.bot, name=person.name),
        *(_order(words, whole, now) if whole else []),
        Markup(""),
        words("What you write in this topic goes to the person."),
    )
    return Screen(text, _rows(words, ticket), card=Card("ticket", ticket.id))


def _kind(words: Words, ticket: Ticket) -> Markup | None:
    sign, name = KINDS[ticket.kind]
    question = ticket.kind is TicketKind.QUESTION
    return None if question else Markup("{} <b>{}</b>").format(sign, words.plain(name))


def ask_outcome(words: Words, ticket: Ticket) -> Screen:
    """What came of it, before it is closed: the person reads it."""
    text = lines(
        words("✅ <b>Close {number}: what came of it?</b>", number=ticket.number),
        words("Tap it, or type it in your own words. The person will read it."),
    )
    choices = [
        Button(words.plain(name), press("tcx", ticket.id, code))
        for code, name in names.OUTCOMES.items()
    ]
    return Screen(text, [*grid(choices), back(words, press("tcn", ticket.id))])


def ended(words: Words, ticket: Ticket) -> Screen:
    outcome = names.outcome(ticket.outcome, words)
    text = words("✅ {number} is closed: {outcome}", number=ticket.number, outcome=outcome)
    return Screen(text)


def kept(words: Words, ticket: Ticket) -> Screen:
    return Screen(words("{number} stays open.", number=ticket.number))


def _order(words: Words, whole: Whole, now: datetime) -> list[Markup]:
    steps = [timeline.step(words, whole, one, now=now) for one in whole.steps[-STEPS:]]
    return [Markup(""), orders.line(words, whole.view, now=now), *steps]


def _rows(words: Words, ticket: Ticket) -> list[list[Button]]:
    if ticket.state is TicketState.CLOSED:
        return [[Button(words.plain("↩️ Open again"), press("to", ticket.id))]]
    take = Button(words.plain("🙋 I'll take it"), press("tk", ticket.id), style="primary")
    close = Button(words.plain("✅ Close"), press("tc", ticket.id))
    rows = [[close] if ticket.taken_by else [take, close]]
    if ticket.order_id:
        rows.append([Button(words.plain("📦 Order"), press("on", ticket.order_id))])
    return rows


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
    words: Words, waiting: Sequence[Ticket], people: Mapping[int, Person], number: int, *,
    chat: int, now: datetime,
) -> Screen:  # fmt: skip
    page = Page.of(waiting, number, 6)
    told = [
        dotted(
            words("<b>{number}</b>", number=one.number),
            state(words, one),
            people[one.person_id].name,
            words.moment(one.created_at, now=now),
            words("taken by {name}", name=one.taken_by) if one.taken_by else None,
        )
        for one in page.items
    ]
    rows = [
        [Button(short(f"🎫 {one.number} · {people[one.person_id].name}", 30), url=there)]
        for one in page.items
        if (there := link(chat, one))
    ]
    text = lines(
        words("🎫 <b>Open questions: {n}</b>", n=len(waiting)),
        Markup(""),
        *(told or [words("Nobody is waiting. 🎉")]),
    )
    return Screen(text, [*rows, *page.turns("tl")])


def link(chat: int, ticket: Ticket) -> str:
    """Where the topic is; Telegram opens it for members of the group."""
    group = str(chat).removeprefix("-100")
    return f"https://t.me/c/{group}/{ticket.topic_id}" if chat < 0 and ticket.topic_id else ""
