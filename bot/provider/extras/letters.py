"""What the provider hears about a proposal: the answer, a question, the payment of it."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.letters import Posted, Renderer
from bot.provider.extras.waiting import waiting
from bot.provider.jobs import screens as jobs
from bot.provider.letters import past, push, while_known
from bot.provider.parts import GAP, lines
from bot.screen import Button, Card, Screen, press
from bot.standing import Table, standing
from core.extras.model import ExtraState
from core.extras.proposals import Proposal
from core.orders.lifecycle import THERE
from core.services import Core


async def _proposal(core: Core, letter: Posted) -> Proposal:
    return await core.extras.for_provider(
        extra_id=int(letter.facts.get("extra", 0)), person_id=letter.person_id or 0
    )


ANSWERS = {
    ExtraState.APPROVED: mark("✅ <b>Approved: +{amount}.</b>"),
    ExtraState.REFUSED: mark("✖️ <b>The customer says no to +{amount}.</b>"),
    ExtraState.EXPIRED: mark("⌛ <b>No answer to +{amount} in time.</b>"),
}


async def extra_answer(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Approved, refused, or nobody answered: and what to do now."""
    one = await _proposal(core, letter)
    order, state = one.order, one.extra.state
    if state not in ANSWERS or order.state not in THERE:
        return None
    amount = words.money(one.extra.amount, order.currency)
    then = (
        words("Go ahead.")
        if state is ExtraState.APPROVED
        else words("Go on with what was booked, at the price that was agreed.")
    )
    job = await core.offers.job(order_id=order.id, person_id=letter.person_id or 0)
    screen = jobs.card(job, words, now=now)
    return _anew(screen, one, words(ANSWERS[state], amount=amount), then)


def _anew(screen: Screen, one: Proposal, *news: Markup) -> Screen:
    """The job's card at the bottom with sound, below the news."""
    text = lines(*news, GAP, screen.text)
    return replace(screen, text=text, card=Card("job", one.order.id, anew=True))


async def extra_question(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    one = await _proposal(core, letter)
    if not one.open(now=now):
        return None
    screen = waiting(one.extra, one.order, words)
    return _anew(screen, one, words("❓ <b>The customer asks about the extra work.</b>"))


async def extra_allowed(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    view = await core.orders.for_provider(order_id=letter.subject, person_id=letter.person_id or 0)
    if view.order.state not in THERE:
        return None
    write = Button(words.plain("➕ Extra work or parts"), press("extra", view.order.id))
    return push(
        view.order, words, words("🔓 <b>You may propose a larger amount here.</b>"),
        words("Our staff allowed it. The customer still decides."), rows=[[write]],
    )  # fmt: skip


async def rest_paid(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Paid by link: that much less is to be collected at the door."""
    view = await core.orders.for_provider(order_id=letter.subject, person_id=letter.person_id or 0)
    order = view.order
    amount = words.money(int(letter.facts.get("amount", 0)), order.currency)
    left = words.money(order.to_pay_on_site, order.currency)
    return push(
        order, words, words("💳 <b>The customer paid {amount} by link.</b>", amount=amount),
        words("💵 <b>Collect {cash} on site</b>", cash=left) if order.to_pay_on_site
        else words("Nothing is left to collect on site."),
    )  # fmt: skip


STANDS: Table = {
    "extra_allowed": (extra_allowed, past(mark("🔓 You were allowed to propose a larger amount"))),
}
LETTERS: dict[str, Renderer] = {
    "extra_answer": while_known(extra_answer),
    "extra_question": while_known(extra_question),
    "rest_paid": while_known(rest_paid),
} | standing(STANDS)
