"""What somebody asked the staff so far: each with its number, how it stands, what came of it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.conversation import Talk
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, press
from bot.support.parts import back, dotted, home_row, lines, short
from core.ids import spell_order_number
from core.orders.model import Order
from core.support.model import Said, Ticket, TicketKind, TicketState

# kind → (name, head of the screen on which it is typed, what is said once it is sent)
KINDS = {
    TicketKind.QUESTION: (
        mark("Question"), mark("💬 Write to us"), mark("✅ Sent. Your question is {number}."),
    ),
    TicketKind.COMPLAINT: (
        mark("Complaint"), mark("📣 What went wrong?"), mark("✅ Your complaint is {number}."),
    ),
    TicketKind.IDEA: (
        mark("Idea"), mark("💡 What could be better?"),
        mark("✅ Thank you! Your idea is {number}."),
    ),
}  # fmt: skip
TICKETS = {
    TicketState.OPEN: ("🟡", mark("waiting for an answer")),
    TicketState.ANSWERED: ("🟢", mark("answered")),
    TicketState.CLOSED: ("⚪", mark("closed")),
}


def head(ticket: Ticket, hand: str, words: Words) -> Markup:
    """🟡 Complaint T48273615: waiting for an answer · with Mei; `hand` is who of the staff has it."""
    sign, state = TICKETS[ticket.state]
    by = hand.split()[:1]
    return dotted([
        words("{sign} {kind} <code>{number}</code>: {state}", sign=sign, number=ticket.number,
              kind=words.plain(KINDS[ticket.kind][0]), state=words(state)),
        words("with {name}", name=by[0]) if by else "",
    ])  # fmt: skip


def came_of(ticket: Ticket, order: Order | None, words: Words) -> list[Markup]:
    """The outcome, what it brought and what happens next, and the staff's own words."""
    if not ticket.outcome or ticket.state is not TicketState.CLOSED:
        return []
    outcome = words("Outcome: <b>{outcome}</b>", outcome=names.outcome(ticket.outcome, words))
    brought = _brought(ticket, order, words)
    said = ticket.verdict and words("“{text}”", text=words.known(ticket.verdict))
    return [part for part in (outcome, brought, said) if part]


def _brought(ticket: Ticket, order: Order | None, words: Words) -> Markup | None:
    given = ticket.given
    money = words.money(int(given.get("amount") or 0), order.currency if order else None)
    if given.get("voucher"):
        until = words.date(words.local(datetime.fromisoformat(given["until"])).date())
        code = given["voucher"]
        if not given["amount"]:
            return words("Book it until {day}; it costs you nothing.", day=until)
        return words(
            "{money} off your next visit until {day}: <code>{code}</code>", money=money, day=until,
            code=code,
        )  # fmt: skip
    if not given.get("amount"):
        return None
    if ticket.bot == "provider":
        return words("{money} is added to your income.", money=money)
    way = names.method(order.method, words) if order else ""
    return words(
        "{money} is on its way back to you by {method}, usually within 3 working days.",
        money=money, method=way,
    )  # fmt: skip


def to_use(ticket: Ticket, words: Words) -> list[list[Button]]:
    """What was given can be used at once."""
    if ticket.state is not TicketState.CLOSED or not ticket.given.get("voucher"):
        return []
    if ticket.given.get("amount"):
        return [[Button(words.plain("🎁 Deals"), press("deals", 0))]]
    return [[Button(words.plain("🔁 Book it free"), press("redo", ticket.id), style="primary")]]


def line(one: Said, words: Words) -> Markup:
    who = short(one.author, 20).split()[:1] if one.from_staff else []
    name = who[0] if who else words("Support") if one.from_staff else words("You")
    text = short(one.text, 200) if one.text else "📷"
    return words("<b>{name}</b>: {text}", name=name, text=text)


async def mine(talk: Talk, number: int) -> Screen:
    talk.rest()
    side = talk.incoming.bot
    tickets = await talk.core.support.of_person(person_id=talk.person.id, bot=side)
    return listed(tickets, number, talk.now, talk.words, side)


def listed(
    tickets: Sequence[Ticket], number: int, now: datetime, words: Words, side: str
) -> Screen:
    page = Page.of(tickets, number, size=5)
    rows = [
        [Button(_label(one, now, words), press("treq", one.id))] for one in page.items
    ]  # fmt: skip
    text = lines(
        words("🗂 <b>My requests</b>"),
        None if tickets else words("Nothing yet. What you ask or tell us shows up here."),
    )
    away = [back(words, press("help")), *home_row(words, side)]
    return Screen(text, [*rows, *page.turns("treqs"), away])


def _label(one: Ticket, now: datetime, words: Words) -> str:
    kind = words.plain(KINDS[one.kind][0])
    when = words.moment(one.created_at, now=now)
    return short(f"{TICKETS[one.state][0]} {one.number} · {kind} · {when}", 48)


async def one(talk: Talk, ticket_id: int) -> Screen:
    """One request with its last words. Raises Unknown for somebody else's."""
    talk.rest()
    support = talk.core.support
    ticket = await support.for_person(
        ticket_id=ticket_id, person_id=talk.person.id, bot=talk.incoming.bot
    )
    said = await support.said(ticket_id=ticket_id)
    order = await support.order_of(ticket=ticket)
    hand = await support.with_whom(ticket=ticket)
    again = support.reopens(ticket=ticket, now=talk.now)
    return shown(ticket, hand, said, order, again, talk.words)


def shown(
    ticket: Ticket, hand: str, said: Sequence[Said], order: Order | None, again: bool,
    words: Words,
) -> Screen:  # fmt: skip
    closed = ticket.state is TicketState.CLOSED
    text = lines(
        head(ticket, hand, words),
        words("About order <code>{number}</code>", number=spell_order_number(order.number))
        if order else None,
        *came_of(ticket, order, words),
        Markup(""), *[line(each, words) for each in said[-6:]],
    )  # fmt: skip
    rows = to_use(ticket, words)
    if closed and again:
        rows.append([Button(words.plain("🔁 Open it again"), press("tanswer", ticket.id))])
    elif not closed:
        on = Button(words.plain("↩️ Write more"), press("tanswer", ticket.id), style="primary")
        rows.append([on, Button(words.plain("✅ It's solved"), press("solved", ticket.id))])
    return Screen(text, [*rows, [back(words, press("treqs", 0)), *home_row(words, ticket.bot)]])
