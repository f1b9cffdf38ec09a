"""How a proposal looks while the customer is asked. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.extras.screens import away, head, items
from bot.provider.parts import GAP, back, lines, short
from bot.screen import Button, Card, Screen, press
from core.extras.model import Extra
from core.extras.proposals import Proposal
from core.orders.model import Order


def waiting(extra: Extra, order: Order, words: Words) -> Screen:
    """The customer is asked. It stands in the place of the job's card, which comes back with the answer."""
    until = words.time(extra.until) if extra.until else ""
    text = lines(
        head(order, words), GAP, *items(extra, order, words),
        words("<b>Together {amount}</b>, new total {total}",
              amount=words.money(extra.amount, order.currency),
              total=words.money(order.total + extra.amount, order.currency)), GAP,
        words("⏳ The customer is asked and has until {time}.", time=until),
        *told(extra.talk, words),
    )  # fmt: skip
    reply = [Button(words.plain("💬 Answer"), press("xreply", extra.id), style="primary")]
    again = [Button(words.plain("↩️ Take back and change"), press("xback", extra.id))]
    asked = bool(extra.talk) and extra.talk[-1]["by"] == "customer"
    rows = [*([reply] if asked else []), again, away(order.id, words)]
    return Screen(text, rows, card=Card("job", order.id))


def told(talk: Sequence[dict[str, str]], words: Words) -> list[Markup]:
    """The last words of both about it."""
    said = []
    for word in talk[-6:]:
        text = short(word["text"], 300)
        mine = word["by"] == "provider"
        said.append(words("You: {text}", text=text) if mine
                    else words("Customer: {text}", text=text))  # fmt: skip
    return [GAP, *said] if said else []


def asking(one: Proposal, words: Words) -> Screen:
    text = lines(
        head(one.order, words), *told(one.extra.talk, words), GAP,
        words("💬 <b>Type your answer.</b> It goes to the customer."),
    )  # fmt: skip
    return Screen(text, [[back(words, press("extra", one.order.id))]])


def open_line(extra: Extra, order: Order, words: Words) -> Markup:
    """On the job's card while the customer is asked."""
    return words(
        "⏳ +{amount} waits for the customer's yes (until {time}).",
        amount=words.money(extra.amount, order.currency),
        time=words.time(extra.until) if extra.until else "",
    )  # fmt: skip
