"""Goes on where a button would lead: after an answer was given, a link opened, a word understood."""

from functools import cache
from importlib import import_module

from bot.conversation import Dialog, Handler, Talk, arguments, merge
from bot.screen import Screen


@cache
def _whole() -> tuple[Dialog, Handler]:
    """The map of the whole bot and its home; every conversation may lead here, so it is looked up late."""
    customer = import_module("bot.customer")
    return merge(customer.DIALOGS), customer.home


async def follow(talk: Talk, data: str) -> Screen | None:
    """The screen behind this callback data; home where it leads nowhere (any more)."""
    dialog, home = _whole()
    verb, *rest = data.split(":")
    handler = dialog.taps.get(verb)
    ids = arguments(handler, rest) if handler else None
    if handler is None or ids is None:
        return await home(talk)
    return await handler(talk, *ids)
