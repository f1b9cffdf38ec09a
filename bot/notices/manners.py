"""In which manner letters come: with sound, silently, later or not at all, as the person chose."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.i18n import Words
from bot.letters import NotYet, Renderer
from bot.notices.kinds import KINDS, kind_of
from bot.screen import Screen
from bot.standing import again
from core.people.choices import Choices, Manner
from core.people.model import Person
from core.services import Core


def as_chosen(render: Renderer, person: Person | None) -> Renderer:
    """The renderer for this very person; it raises NotYet for what waits until the quiet hours are over."""

    async def run(core: Core, letter: Any, words: Words, now: datetime) -> Screen | None:
        if person is None or letter.bot not in KINDS or again(letter):
            return await render(core, letter, words, now)
        choices = Choices(person.choices, letter.bot)
        arrival = choices.arrival(await kind_of(core, letter), local=words.local(now))
        if arrival.manner is Manner.OFF:
            return None
        screen = await render(core, letter, words, now)
        if screen is not None and arrival.waits_until is not None:
            raise NotYet(arrival.waits_until)
        silent = arrival.manner is Manner.SILENT
        return replace(screen, quiet=True) if screen and silent else screen

    return run
