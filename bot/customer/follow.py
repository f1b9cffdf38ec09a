"""Goes on where a button would lead: after an answer was given, a link opened, a word understood."""

from functools import cache

from bot import customer
from bot.conversation import Dialog, Talk, arguments, merge
from bot.screen import Screen


@cache
def _whole() -> Dialog:
    return merge(customer.DIALOGS)


async def follow(talk: Talk, data: str) -> Screen | None:
    """The screen behind this callback data; home where it leads nowhere (any more)."""
    verb, *rest = data.split(":")
    handler = _whole().taps.get(verb)
    ids = arguments(handler, rest) if handler else None
    if handler is None or ids is None:
        return await customer.home(talk)
    return await handler(talk, *ids)
