"""Goes on where a button would lead: after an answer was given, a link opened, a word understood."""

from functools import cache
from importlib import import_module

from bot.conversation import Dialog, Handler, Talk, arguments, merge
from bot.screen import Screen


@cache
def _whole(bot: str) -> tuple[Dialog, Handler]:
    """The map of a whole bot and its home; every conversation may lead here, so it is looked up late."""
    package = import_module(f"bot.{bot}")
    return merge(package.DIALOGS), package.home


async def follow(talk: Talk, data: str) -> Screen | None:
    """The screen behind this callback data; home where it leads nowhere (any more)."""
    dialog, home = _whole(talk.incoming.bot)
    verb, *rest = data.split(":")
    handler = dialog.taps.get(verb)
    ids = arguments(handler, rest) if handler else None
    if handler is None or ids is None:
        return await home(talk)
    return await handler(talk, *ids)
