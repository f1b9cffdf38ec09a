"""An example of a kind of message, which comes the way such messages come at this very moment."""

from datetime import datetime

from bot.i18n import Words
from bot.letters import Posted, Renderer
from bot.notices import screens
from bot.screen import Screen
from core.people.choices import WAYS, Choices, Kind
from core.services import Core


async def example(core: Core, letter: Posted, words: Words, now: datetime) -> Screen | None:
    kind = Kind(letter.facts["kind"])
    person = await core.people.get(person_id=letter.person_id or 0)
    choices = Choices(person.choices, WAYS[kind].side)
    how = choices.arrival(kind, local=words.local(now)).manner
    return screens.example(words, kind, how)


LETTERS: dict[str, Renderer] = {"example": example}
