"""What the job's card offers about another time. Pure."""

from bot.i18n import Words
from bot.screen import Button, press
from bot.when import minutes_of
from core.orders.lifecycle import Actor, allowed
from core.orders.model import Order, Proposal


def answers(order: Order, asked: Proposal, words: Words) -> list[list[Button]]:
    """Yes or no to the very start that is shown."""
    shown = minutes_of(asked.start)
    return [
        [Button(words.plain("✅ Agree"), press("mvyes", order.id, shown), style="success"),
         Button(words.plain("🕒 Keep the time"), press("mvkeep", order.id, shown))]
    ]  # fmt: skip


def asked(order: Order) -> bool:
    """The customer waits for an answer."""
    return order.proposal is not None and order.proposal.by == Actor.CUSTOMER


def buttons(order: Order, words: Words) -> list[list[Button]]:
    proposal = order.proposal
    if proposal is not None and asked(order):
        return answers(order, proposal, words)
    if proposal is not None:
        return [[Button(words.plain("↩️ Take it back"), press("mvback", order.id))]]
    if may_ask(order):
        return [[ask(order, words)]]
    return []


def may_ask(order: Order) -> bool:
    return order.proposal is None and "propose" in allowed(order=order, actor=Actor.PROVIDER)


def ask(order: Order, words: Words) -> Button:
    return Button(words.plain("🗓 Ask to move"), press("mv", order.id))
