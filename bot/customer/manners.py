"""In which manner letters come: with sound, silently or not at all, as the person chose, and never loud at night."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.i18n import Words
from bot.letters import Renderer
from bot.screen import Screen
from core.people.choices import Choices, Kind, Manner
from core.people.model import Person
from core.services import Core

# Kind of letter → what people choose about. All others are news of their own orders and always come.
KINDS: Mapping[str, Kind] = {
    "remind_day": Kind.REMINDERS,
    "remind_soon": Kind.REMINDERS,
    "finished": Kind.REVIEWS,
}


def as_chosen(render: Renderer, person: Person) -> Renderer:
    """The renderer for this very person; its letters name their kind."""
    choices = Choices(person.choices)

    async def run(core: Core, letter: Any, words: Words, now: datetime) -> Screen | None:
        chosen = await _chosen(core, letter, choices)
        if chosen is Manner.OFF:
            return None
        screen = await render(core, letter, words, now)
        quiet = chosen is Manner.SILENT or choices.quiet_at(local=words.local(now))
        return replace(screen, quiet=True) if screen and quiet else screen

    return run


async def _chosen(core: Core, letter: Any, choices: Choices) -> Manner:
    if letter.kind == "announcement":
        one = await core.announcements.get(announcement_id=letter.subject)
        return choices.manner(one.kind)
    return choices.manner(KINDS[letter.kind]) if letter.kind in KINDS else Manner.ON
