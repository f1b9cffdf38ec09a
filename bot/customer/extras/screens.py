"""How a proposal looks to the customer: what, why, how much it becomes, and what each answer means. Pure."""

from datetime import datetime, timedelta

from markupsafe import Markup

from bot.customer.booking.summary_screens import price_lines
from bot.customer.orders.screens import title
from bot.customer.parts import back, lines, short
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen, press
from core.extras.model import ExtraState
from core.extras.proposals import Proposal
from core.ids import spell_order_number
from core.orders.model import Order, State
from core.payments.rest import rest_by_link

HEADS = {
    ExtraState.APPROVED: mark("✅ <b>You approved {amount} of extra work.</b>"),
    ExtraState.REFUSED: mark("✖️ <b>You refused the extra work.</b>"),
    ExtraState.WITHDRAWN: mark("↩️ <b>The provider took this proposal back.</b>"),
    ExtraState.EXPIRED: mark("⌛ <b>The time to answer this proposal is over.</b>"),
}
SAME = mark("Nothing was added. The price stays at {total}.")


def _about(order: Order, words: Words) -> Markup:
    number = spell_order_number(order.number)
    return Markup("{} · <code>{}</code>").format(title(order, words), number)


def proposal(one: Proposal, words: Words, now: datetime) -> Screen:
    """The proposal as it is now: a question while it is open, else what became of it."""
    card = Card("extra", one.extra.id)
    if one.open(now=now):
        return Screen(_question(one, words), _answers(one, words), card=card)
    rows = [[Button(words.plain("📋 See order"), press("order", one.order.id))]]
    if link := pay_button(one.order, words):
        rows = [[link], *rows]
    return Screen(_outcome(one, words), rows, card=card)


def _question(one: Proposal, words: Words) -> Markup:
    extra, order = one.extra, one.order
    end = order.starts_at + timedelta(minutes=order.minutes + extra.minutes)
    longer = words(
        "⏱ Takes {minutes} longer, until about {end}.", minutes=words.minutes(extra.minutes),
        end=words.time(end),
    ) if extra.minutes else None  # fmt: skip
    return lines(
        words("➕ <b>{name} proposes extra work</b>", name=short(one.view.provider.name, 40)),
        _about(order, words), "", *price_lines(extra.lines, 0, words),
        words("<b>+{amount}</b>, new total <b>{total}</b> instead of {before}",
              amount=words.money(extra.amount, order.currency),
              total=words.money(order.total + extra.amount, order.currency),
              before=words.money(order.total, order.currency)),
        "", words("📝 {reason}", reason=short(words.known(extra.reason), 300)), longer,
        *_talk(one, words), "",
        words("You decide: without your yes nothing is added, and they go on as booked. "
              "Please answer by <b>{time}</b>.",
              time=words.time(extra.until) if extra.until else ""),
    )  # fmt: skip


def _talk(one: Proposal, words: Words) -> list[Markup | str]:
    said: list[Markup | str] = []
    for word in one.extra.talk[-6:]:
        text = short(word["text"], 300)
        mine = word["by"] == "customer"
        said.append(words("You: {text}", text=text) if mine else words(
            "{name}: {text}", name=short(one.view.provider.name, 40), text=text
        ))  # fmt: skip
    return ["", *said] if said else []


def _answers(one: Proposal, words: Words) -> list[list[Button]]:
    extra, order = one.extra, one.order
    amount = words.money(extra.amount, order.currency)
    yes = words.plain("✅ Approve +{amount}", amount=amount)
    return [
        [Button(yes, press("xyes", extra.id), style="success")],
        [Button(words.plain("✖ Refuse"), press("xno", extra.id), style="danger"),
         Button(words.plain("❓ Ask"), press("xask", extra.id))],
        [Button(words.plain("🛟 Help"), press("helpo", order.id)),
         Button(words.plain("📋 See order"), press("order", order.id))],
    ]  # fmt: skip


def _outcome(one: Proposal, words: Words) -> Markup:
    extra, order = one.extra, one.order
    # Between the last minute and the clock that says so nobody can answer any more.
    state = ExtraState.EXPIRED if extra.state is ExtraState.OPEN else extra.state
    total = words.money(order.total, order.currency)
    head = words(HEADS[state], amount=words.money(extra.amount, order.currency))
    if state is not ExtraState.APPROVED:
        return lines(head, _about(order, words), "", words(SAME, total=total), *_talk(one, words))
    # Once the work is done the amount is asked about in a message of its own.
    site = order.to_pay_on_site if order.state in (State.ARRIVED, State.WORKING) else 0
    return lines(
        head, _about(order, words), "", *price_lines(extra.lines, 0, words),
        words("<b>New total {amount}</b>", amount=total),
        words("To pay on site {amount}", amount=words.money(site, order.currency))
        if site else None,
        *_talk(one, words),
    )  # fmt: skip


def pay_button(order: Order, words: Words) -> Button | None:
    """Paying what is left by link."""
    rest = rest_by_link(order=order)
    if not rest:
        return None
    label = words.plain("💳 Pay {amount} by link", amount=words.money(rest, order.currency))
    return Button(label, press("payrest", order.id), style="success")


def ask(one: Proposal, words: Words, *, again: bool = False) -> Screen:
    text = lines(
        words("Please type your question in words.") if again else None,
        words("❓ <b>What would you like to know about the extra work?</b>"),
        words("{name} gets your question right away.", name=short(one.view.provider.name, 40)),
        *_talk(one, words),
    )  # fmt: skip
    return Screen(text, [[back(words, press("xtra", one.extra.id))]])
