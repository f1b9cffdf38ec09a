"""The live card of a day follows its visits: a booking, a move, a cancellation edits it where it stands."""

from dataclasses import replace
from datetime import date, datetime

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.provider.letters import while_known
from bot.provider.schedule import screens
from bot.screen import Card, Screen
from core.services import Core


async def day_card(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The day on which the visit lies now."""
    view = await core.orders.view(order_id=letter.subject)
    return await _card(core, letter, words.local(view.order.starts_at).date(), words, now)


async def former_day_card(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    """The day from which it was moved away."""
    was = words.local(datetime.fromisoformat(str(letter.facts["from"]))).date()
    return await _card(core, letter, was, words, now)


async def _card(
    core: Core, letter: Posted, day: date, words: Words, now: datetime
) -> Screen | None:
    _, days = await core.days.look(person_id=letter.person_id or 0, first=day, count=1, now=now)
    card = Card("day", day.toordinal(), when_missing="skip")
    return replace(screens.day(words, days[0], now=now), card=card, quiet=True)


LETTERS: dict[str, Renderer] = {
    "day_card": while_known(day_card),
    "former_day_card": while_known(former_day_card),
}
