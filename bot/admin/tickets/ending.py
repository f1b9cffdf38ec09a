"""The way to a ticket's outcome: which, how much, who bears it; the rest is the one mechanism of all decisions."""

from bot.admin.parts import me
from bot.admin.redress.terms import Terms
from bot.admin.tickets import ending_screens as screens
from bot.admin.tickets.closing import CODES, TICKETS, check, look, may_give
from bot.amounts import read_amount
from bot.conversation import Talk
from bot.screen import Screen, press
from core.errors import AlreadyDone, Invalid, NotPermitted, Taken, Unknown
from core.redress.closing import Case
from core.redress.model import Outcome

STEP = "ticket_amount"


async def close(talk: Talk, ticket_id: int) -> Screen:
    """What came of it; whoever asks has it in hand."""
    case = await look(talk, ticket_id)
    try:
        await check(talk, case)
        await TICKETS.hold(talk, ticket_id)
    except Taken as held:
        return await TICKETS.taken(talk, ticket_id, held)
    except AlreadyDone as over:
        return await TICKETS.over(talk, ticket_id, over)
    talk.rest()
    begins = {
        code: press("ta", ticket_id, code) if code in ("r", "c", "d")
        else TICKETS.begins(code, ticket_id, case)
        for code in CODES
    }  # fmt: skip
    return screens.choose(talk.words, case, gives=await may_give(talk), begins=begins)


async def amount(talk: Talk, ticket_id: int, code: str) -> Screen | None:
    """How much; a repeated visit has its price."""
    case, outcome = await look(talk, ticket_id), await _outcome(talk, code)
    if outcome is Outcome.REDO:
        return await bearer(talk, ticket_id, code, 0)
    talk.expect(STEP, ticket=ticket_id, code=code)
    return screens.amount(talk.words, case, code, outcome, talk.core.rules)


async def _outcome(talk: Talk, code: str) -> Outcome:
    if not await may_give(talk):
        raise NotPermitted("orders.refund")
    if code not in ("r", "c", "d"):
        raise Unknown("command")
    return CODES[code]


async def amount_said(talk: Talk) -> Screen | None:
    ticket_id, code = int(talk.memory.get("ticket", 0)), str(talk.memory.get("code", ""))
    case = await look(talk, ticket_id)
    currency = case.order.currency if case.order else talk.words.currency
    value = read_amount(talk.incoming.text, currency)
    if value is None:
        return await amount(talk, ticket_id, code)
    return await bearer(talk, ticket_id, code, value)


async def bearer(talk: Talk, ticket_id: int, code: str, value: int) -> Screen | None:
    """Who bears it, where the provider has something of the visit."""
    case, outcome = await look(talk, ticket_id), await _outcome(talk, code)
    _bounds(case, outcome, value, talk)
    talk.rest()
    if not screens.borne(case, outcome, Terms(value, by_provider=True)).by_provider:
        return await TICKETS.ask(talk, ticket_id, code, Terms(value).packed())
    forward = {
        his: TICKETS.press("d", ticket_id, code, Terms(value, his).packed())
        for his in (False, True)
    }
    return screens.bearer(talk.words, case, code, value, forward)


def _bounds(case: Case, outcome: Outcome, value: int, talk: Talk) -> None:
    if outcome is Outcome.REDO:
        return
    rule = talk.core.rules.number("compensation_most")
    most = case.refundable if outcome is Outcome.REFUND else rule
    if not 0 < value <= most:
        raise Invalid("amount", "bounds", {"most": most})


async def not_yet(talk: Talk, ticket_id: int) -> Screen:
    """It stays open, and in the hands of whoever asked."""
    await me(talk)
    talk.rest()
    ticket = await talk.core.support.ticket(ticket_id=ticket_id)
    return screens.kept(talk.words, ticket)
