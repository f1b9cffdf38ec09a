"""How a ticket ends: the table of its outcomes, each asked about once more before anything moves."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from markupsafe import Markup

from bot.admin.deciding.flow import Deciding
from bot.admin.deciding.ways import Chosen, Way
from bot.admin.orders.whole import whole
from bot.admin.parts import back, me
from bot.admin.redress.terms import Said, Terms
from bot.admin.tickets import ending_screens as screens
from bot.admin.tickets.screens import card
from bot.conversation import Talk
from bot.i18n import Words, languages, mark
from bot.screen import Screen, press
from bot.words import VOUCHERS
from core.errors import AlreadyDone, NotPermitted
from core.permissions import may
from core.redress.closing import Case
from core.redress.model import Outcome, Remedy
from core.support.model import TicketState
from core.taking.model import Matter, Taking

MOVES_MONEY = {Outcome.REFUND, Outcome.COMPENSATION, Outcome.REDO}
CODES = {
    "s": Outcome.SOLVED, "r": Outcome.REFUND, "c": Outcome.COMPENSATION, "d": Outcome.REDO,
    "n": Outcome.NOTHING,
}  # fmt: skip


async def look(talk: Talk, ticket_id: int) -> Case:
    return await talk.core.closing.case(ticket_id=ticket_id)


async def check(talk: Talk, case: Case) -> None:
    if case.ticket.state is TicketState.CLOSED:
        raise AlreadyDone()


async def shown(talk: Talk, case: Case, taking: Taking | None) -> Screen:
    order = case.order
    one = await whole(talk.core, order_id=order.id, now=talk.now) if order else None
    here = talk.incoming.thread_id == case.ticket.topic_id
    screen = card(talk.words, case.ticket, case.person, one, taking, now=talk.now, in_topic=here)
    if talk.incoming.chat_kind != "private":
        return screen
    return replace(screen, rows=[*screen.rows, back(talk.words, press("tl", 0))])


async def may_give(talk: Talk) -> bool:
    """Whether the role of who taps includes what moves money."""
    return may(role=(await me(talk)).role, action="orders.refund")


def _ends(outcome: Outcome) -> Callable[[Talk, Case, Chosen], Awaitable[None]]:
    async def run(talk: Talk, case: Case, chosen: Chosen) -> None:
        if outcome in MOVES_MONEY and not await may_give(talk):
            raise NotPermitted("orders.refund")
        terms = Terms.of(chosen.number)
        remedy = Remedy(outcome, terms.amount, terms.by_provider, chosen.reason)
        names = {code: talk.words.in_language(code).plain(VOUCHERS[outcome])
                 for code in languages()} if outcome in VOUCHERS else {}  # fmt: skip
        await talk.core.closing.close(
            ticket_id=case.ticket.id,
            remedy=remedy,
            staff_id=(await me(talk)).id,
            names=names,
            now=talk.now,
        )

    return run


def _more(outcome: Outcome) -> Callable[[Talk, Case, int], Markup | None]:
    def told(talk: Talk, case: Case, number: int) -> Markup | None:
        return screens.effect(talk.words, case, outcome, Terms.of(number), talk.core.rules)

    return told


def _logs(outcome: Outcome) -> Callable[[Words, Case, int], str]:
    def told(words: Words, case: Case, number: int) -> str:
        return screens.sums(words, case, outcome, Terms.of(number))

    return told


def _way(code: str, sign: str, yes: str, *sentences: str) -> Way[Case]:
    outcome = CODES[code]
    return Way(
        code, _ends(outcome), sign, lambda words, case: screens.head(words, case, outcome), yes,
        why=Said(sentences), more=_more(outcome), logs=_logs(outcome),
        seen=lambda case: case.ticket.version,
    )  # fmt: skip


SORRY = mark("We are sorry this went wrong.")
TICKETS: Deciding[Case] = Deciding(
    matter=Matter.TICKET, prefix="tz", action="tickets.answer", opens="tv",
    look=look, card=shown, check=check, ended=lambda words, case: screens.ended(words, case.ticket),
    subject=lambda case: case.ticket.number, reader=lambda case: case.person,
    whom=lambda case: case.person.id, grave=True,
    ways=(
        _way("s", "✅", mark("Yes, close it"),
             mark("We are glad it is settled."), mark("Thank you for telling us.")),
        _way("r", "↩️", mark("Yes, money back"), SORRY,
             mark("The work was not as agreed."), mark("They came too late.")),
        _way("c", "🎁", mark("Yes, give it"), SORRY, mark("Please take this for your trouble.")),
        _way("d", "🔁", mark("Yes, once more"), SORRY, mark("The work was not as agreed.")),
        _way("n", "⚪", mark("Yes, close it"),
             mark("We looked into it: it was done as agreed."),
             mark("We could not find out what happened.")),
    ),
)  # fmt: skip
