"""What became of a review: the provider answered it, or staff hid it."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.customer.orders.pushes import push
from bot.customer.parts import short
from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Button, Screen, press
from core.errors import Unknown
from core.orders.service import OrderView
from core.reviews.model import Review
from core.services import Core


async def _found(core: Core, letter: Posted) -> tuple[OrderView, Review] | None:
    """The letter's review while it is this person's."""
    try:
        view = await core.orders.for_customer(
            order_id=letter.subject, customer_id=letter.person_id or 0
        )
    except Unknown:
        return None
    review = await core.reviews.of_order(order_id=letter.subject)
    return (view, review) if review else None


async def answered(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """Once, without a sound; nothing where it was hidden or erased before this left."""
    found = await _found(core, letter)
    if found is None or found[1].hidden or not found[1].reply:
        return None
    view, review = found
    name = short(view.provider.name, 40)
    see = Button(words.plain("⭐ Your review"), press("review", view.order.id), style="primary")
    screen = push(
        view.order, words, words("💬 <b>{name} has answered your review.</b>", name=name),
        Markup("“{}”").format(review.reply), rows=[[see]],
    )  # fmt: skip
    return replace(screen, quiet=True)


async def hidden(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    found = await _found(core, letter)
    if found is None or not found[1].hidden:
        return None
    view = found[0]
    name = short(view.provider.name, 40)
    ask = Button(words.plain("🛟 Help"), press("helpo", view.order.id))
    screen = push(
        view.order, words, words("🙈 <b>Your review of {name} is no longer shown.</b>", name=name),
        words("Our staff looked at it and found that it doesn't fit our rules. Only you can read it now; "
              "if you see it differently, please tell us."),
        rows=[[ask]],
    )  # fmt: skip
    return replace(screen, quiet=True)


async def restored(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    found = await _found(core, letter)
    if found is None or found[1].hidden:
        return None
    view = found[0]
    name = short(view.provider.name, 40)
    see = Button(words.plain("⭐ Your review"), press("review", view.order.id), style="primary")
    screen = push(
        view.order, words, words("⭐ <b>Your review of {name} is shown again.</b>", name=name),
        words("We looked at it once more: it fits our rules. Sorry for the trouble."), rows=[[see]],
    )  # fmt: skip
    return replace(screen, quiet=True)


LETTERS: dict[str, Renderer] = {
    "review_answer": answered,
    "review_hidden": hidden,
    "review_restored": restored,
}
