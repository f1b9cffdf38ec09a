"""Words typed in the middle of a booking: what else they may mean, with a way back to where it waits."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.search import free_screens as screens
from bot.customer.search.known import shortcut, typed_words
from bot.follow import follow
from bot.screen import Screen, press
from core.when.reading import read


async def aside(talk: Talk, tag: str, step: str) -> Screen | None:
    """What the typed words may mean, if anything; the last button leads back to this step of the booking."""
    text = typed_words(talk)
    if not text:
        return None
    back = press("bgo", tag, step)
    screen = await shortcut(talk, text)
    said = read(text, now=talk.now, zone=talk.core.availability.zone)
    wanted = said.rest if said else text
    if screen is None and await talk.core.finder.asks_for_service(text=wanted, now=talk.now):
        talk.expect("", asked=text, waiting=back)
        return await follow(talk, press("found"))
    if screen is None:
        return None
    talk.memory = talk.memory | {"waiting": back}
    return replace(screen, rows=screens.leading_back(talk.words, screen.rows, back))
