"""Words typed in the middle of a booking: what else they may mean, with a way back to where it waits."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.follow import follow
from bot.customer.search import screens
from bot.customer.search.known import shortcut, typed_words
from bot.screen import Screen, press


async def aside(talk: Talk, tag: str, step: str) -> Screen | None:
    """What the typed words may mean, if anything; the last button leads back to this step of the booking."""
    text = typed_words(talk)
    if not text:
        return None
    screen = await shortcut(talk, text)
    if screen is None and await talk.core.finder.asks_for_service(text=text, now=talk.now):
        talk.expect("", asked=text)
        screen = await follow(talk, press("found"))
    back = press("bgo", tag, step)
    return screen and replace(screen, rows=screens.leading_back(talk.words, screen.rows, back))
