"""A word about how something stands is looked at again whenever that goes on; once it is over, one line remains.

The letter itself decides: while its renderer finds it worth saying it stands, brought up to date in its place. So no
button and no deadline outlives what it speaks of, whoever ended that, and in whichever chat.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.screen import Card, Screen
from core.errors import Unknown
from core.letters import AGAIN
from core.services import Core

Line = Callable[[Core, Posted, Words, datetime], Awaitable[Markup]]
"""What remains of a letter: true for good, as nobody looks at it again."""


Table = dict[str, tuple[Renderer, Line]]


def standing(table: Table) -> dict[str, Renderer]:
    """Kind of letter → its renderer while it stands and the line that remains."""
    return {kind: _standing(kind, render, line) for kind, (render, line) in table.items()}


def _standing(kind: str, render: Renderer, line: Line) -> Renderer:
    """The letter as a card of its own kind, unless it names another."""

    async def run(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
        screen = await _worth(render, core, letter, words, now)
        if screen is not None:
            card = screen.card or Card(kind, letter.subject, anew=True)
            return replace(screen, card=replace(card, stands=True))
        if not again(letter):
            return None
        over = Card(kind, letter.subject, when_missing="skip", fades=True)
        try:
            return Screen(await line(core, letter, words, now), card=over)
        except Unknown:
            return Screen(Markup(""), card=over)

    return run


def again(letter: Posted) -> bool:
    """It is there already, and only looked at once more: what was too late to be sent may still stand."""
    return bool(letter.facts.get(AGAIN))


async def _worth(
    render: Renderer, core: Core, letter: Posted, words: Words, now: datetime
) -> Screen | None:
    try:
        return await render(core, letter, words, now)
    except Unknown:  # it went to somebody else, or was forgotten
        return None
