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


def buttons(order: Order, words: Words) -> list[list[Button]]:
    asked = order.proposal
    if asked is not None and asked.by == Actor.CUSTOMER:
        return answers(order, asked, words)
    if asked is not None:
        return [[Button(words.plain("↩️ Take it back"), press("mvback", order.id))]]
    if "propose" in allowed(order=order, actor=Actor.PROVIDER):
        return [[Button(words.plain("🗓 Ask to move"), press("mv", order.id))]]
    return []
