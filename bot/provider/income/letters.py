"""What a provider is told when a complaint about a visit of his was decided at his cost."""

from datetime import datetime

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.provider.parts import home_row, lines, title
from bot.screen import Button, Screen, press
from core.errors import Unknown
from core.services import Core


async def borne(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """How much and why, and what he can do; nothing where the platform bears it."""
    amount = int(letter.facts.get("borne") or 0)
    if not amount:
        return None
    try:
        view = await core.orders.for_provider(
            order_id=letter.subject, person_id=letter.person_id or 0
        )
    except Unknown:
        return None
    order = view.order
    text = lines(
        words("⚖️ <b>{amount} less for this visit</b>", amount=words.money(amount, order.currency)),
        title(order, words),
        words("“{text}”", text=words.known(str(letter.facts.get("reason") or ""))),
        words("The customer was not content, and our staff decided so after looking into it."),
        words("You see it differently? Write to us, with photos if you have any."),
    )
    income = Button(words.plain("💰 My income of it"), press("earned", order.id))
    ask = Button(words.plain("💬 Write to us"), press("helpo", order.id))
    return Screen(text, [[income, ask], home_row(words)])


LETTERS: dict[str, Renderer] = {"borne": borne}
