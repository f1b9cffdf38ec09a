"""How somebody's conversations with the staff look, and a first word to them."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot import words as names
from bot.admin.parts import back, dotted, lines, short
from bot.admin.tickets.screens import KINDS, link, state
from bot.i18n import Words
from bot.screen import Button, Page, Screen, press
from core.people.model import Role
from core.people.profile import Profile
from core.permissions import may
from core.support.model import Ticket, TicketState

PAGE = 5


def conversations(
    words: Words, one: Profile, tickets: Sequence[Ticket], number: int, role: Role, *, chat: int,
    now: datetime,
) -> Screen:  # fmt: skip
    page = Page.of(tickets, number, PAGE)
    told = [_line(words, ticket, now) for ticket in page.items]
    rows = [
        [Button(short(f"🎫 {ticket.number}", 30), url=url)]
        for ticket in page.items
        if (url := link(chat, ticket))
    ]
    key = one.person.id
    write = [Button(words.plain("✍️ Write to them"), press("utw", key))]
    text = lines(
        words("💬 <b>Conversations with {name}</b>", name=one.name), Markup(""),
        *(told or [words("None so far.")]),
    )  # fmt: skip
    may_write = [write] if may(role=role, action="tickets.answer") and not one.gone else []
    turns = page.turns("ut", key)
    return Screen(text, [*rows, *turns, *may_write, back(words, press("uv", key))])


def _line(words: Words, one: Ticket, now: datetime) -> Markup:
    sign, kind = KINDS[one.kind]
    closed = one.state is TicketState.CLOSED and one.outcome
    return dotted(
        Markup("{} <b>{}</b>").format(sign, one.number),
        words(kind),
        state(words, one),
        names.outcome(one.outcome, words) if closed else None,
        words.moment(one.created_at, now=now),
    )


def ask(words: Words, one: Profile) -> Screen:
    text = lines(
        words("✍️ <b>What should {name} read?</b>", name=one.name),
        words("Type it. The answer comes into a topic of its own."),
    )
    return Screen(text, [back(words, press("ut", one.person.id, 0))])


def sure(words: Words, one: Profile, said: str) -> Screen:
    text = lines(
        words("✍️ <b>To {name}</b>", name=one.name),
        Markup("<blockquote>{}</blockquote>").format(said),
    )
    yes = Button(words.plain("Send"), press("uty", one.person.id), style="primary")
    return Screen(text, [[yes], back(words, press("utw", one.person.id))])
