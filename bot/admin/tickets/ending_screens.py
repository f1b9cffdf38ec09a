"""How a ticket's end looks before it comes: which outcome, how much, what then moves. Pure."""

from markupsafe import Markup

from bot import words as names
from bot.admin.parts import back, lines
from bot.admin.redress import screens as redress
from bot.admin.redress.terms import Terms
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from core.redress.bearing import Borne
from core.redress.closing import Case
from core.redress.model import Outcome
from core.rules import Rules
from core.support.model import Ticket

# outcome → (code of its way, label for a customer's ticket, for a provider's, whether an amount is asked for)
OUTCOMES = {
    Outcome.REFUND: ("r", mark("↩️ Money back"), "", True),
    Outcome.COMPENSATION: ("c", mark("🎁 Voucher"), mark("🎁 Compensation"), True),
    Outcome.REDO: ("d", mark("🔁 Once more, free"), "", False),
    Outcome.SOLVED: ("s", mark("✅ Solved"), mark("✅ Solved"), False),
    Outcome.NOTHING: ("n", mark("⚪ Nothing to do"), mark("⚪ Nothing to do"), False),
}
HEADS = {
    Outcome.SOLVED: mark("✅ <b>Close {number}: solved?</b>"),
    Outcome.REFUND: mark("↩️ <b>Close {number}: money back?</b>"),
    Outcome.COMPENSATION: mark("🎁 <b>Close {number}: something for the trouble?</b>"),
    Outcome.REDO: mark("🔁 <b>Close {number}: the same visit once more, free?</b>"),
    Outcome.NOTHING: mark("⚪ <b>Close {number}: nothing to do?</b>"),
}


def head(words: Words, case: Case, outcome: Outcome) -> Markup:
    return words(HEADS[outcome], number=case.ticket.number)


def choose(words: Words, case: Case, *, gives: bool, begins: dict[str, str]) -> Screen:
    """What came of it; only what this order allows, and what the role includes (`gives`: what moves money)."""
    rows = []
    for outcome, (code, customers, providers, _) in OUTCOMES.items():
        label = customers if case.by_customer else providers
        free = outcome in (Outcome.SOLVED, Outcome.NOTHING)
        if label and case.opens(outcome) and (gives or free):
            rows.append([Button(words.plain(label), begins[code])])
    text = lines(
        words("✅ <b>Close {number}: what came of it?</b>", number=case.ticket.number),
        redress.paid(words, case.order, case.stake)
        if case.order and case.by_customer and case.order.paid else None,
        words("It was paid at the door: give a voucher instead of money back.")
        if case.redoable and not case.refundable else None,
        None if gives else words("What moves money is for operators and finance."),
    )  # fmt: skip
    return Screen(text, [*rows, back(words, press("tcn", case.ticket.id))])


def amount(words: Words, case: Case, code: str, outcome: Outcome, rules: Rules) -> Screen:
    ticket, order = case.ticket, case.order
    most = case.refundable if outcome is Outcome.REFUND else rules.number("compensation_most")
    offered = redress.amounts(most) if outcome is Outcome.REFUND else [2000, 5000, 10_000]
    currency = order.currency if order else words.currency
    told = (
        redress.paid(words, order, case.stake) if outcome is Outcome.REFUND and order
        else words("At most {money}.", money=words.money(most, currency))
    )  # fmt: skip
    return redress.how_much(
        words, head(words, case, outcome), told,
        offered=[one for one in offered if one <= most], currency=currency,
        to=lambda one: press("tb", ticket.id, code, one), away=press("tcp", ticket.id),
    )  # fmt: skip


def bearer(words: Words, case: Case, code: str, value: int, forward: dict[bool, str]) -> Screen:
    assert case.view is not None
    outcome = (
        Outcome.REFUND if code == "r" else Outcome.REDO if code == "d" else Outcome.COMPENSATION
    )
    return redress.who_bears(
        words, head(words, case, outcome), borne(case, outcome, Terms(value, by_provider=True)),
        case.view.order.currency, case.view.provider.name,
        to=lambda one: forward[bool(one)], away=press("tcp", case.ticket.id),
    )  # fmt: skip


def borne(case: Case, outcome: Outcome, terms: Terms) -> Borne:
    """Who would bear it; a repeated visit is worth its whole price."""
    if outcome is Outcome.REFUND:
        return case.stake.borne(amount=terms.amount, by_provider=terms.by_provider)
    order = case.order
    worth = (
        terms.amount
        if outcome is Outcome.COMPENSATION or not order
        else order.total + order.discount
    )
    his = case.stake.forfeits(amount=worth, by_provider=terms.by_provider and case.by_customer)
    return Borne(his, 0, worth - his)


def effect(words: Words, case: Case, outcome: Outcome, terms: Terms, rules: Rules) -> Markup | None:
    """What moves, to the fen, before anybody says yes."""
    parts, order = borne(case, outcome, terms), case.order
    name = case.view.provider.name if case.view else ""
    currency = order.currency if order else words.currency
    money = words.money(terms.amount, currency)
    if outcome is Outcome.REFUND and order:
        return redress.effect(words, order, parts, name)
    if outcome is Outcome.REDO:
        days = rules.number("redo_days")
        told = words.plural(
            "They get one free visit, to be booked within {n} day.",
            "They get one free visit, to be booked within {n} days.", days,
        )  # fmt: skip
    elif outcome is Outcome.COMPENSATION and case.by_customer:
        days = rules.number("voucher_days")
        told = words.plural(
            "They get a voucher of {money}, good for {n} day.",
            "They get a voucher of {money}, good for {n} days.", days, money=money,
        )  # fmt: skip
    elif outcome is Outcome.COMPENSATION:
        return words("{money} is added to what {name} earned.", money=money, name=name)
    else:
        return None
    return lines(told, redress.bears(words, currency, parts.by_provider, name))


def sums(words: Words, case: Case, outcome: Outcome, terms: Terms) -> str:
    """For the log: how much, and what the provider bears of it."""
    if outcome in (Outcome.SOLVED, Outcome.NOTHING):
        return words.plain(names.OUTCOMES[outcome])
    currency = case.order.currency if case.order else words.currency
    his = borne(case, outcome, terms).by_provider
    told = words.money(terms.amount, currency) if terms.amount else ""
    bears = words.plain("provider bears {money}", money=words.money(his, currency)) if his else ""
    return " · ".join(filter(None, (words.plain(names.OUTCOMES[outcome]), told, bears)))


def ended(words: Words, ticket: Ticket) -> Markup:
    outcome = names.outcome(ticket.outcome, words)
    return words("✅ {number} is closed: {outcome}", number=ticket.number, outcome=outcome)


def kept(words: Words, ticket: Ticket) -> Screen:
    return Screen(words("{number} stays open.", number=ticket.number))
