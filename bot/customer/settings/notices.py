"""What reaches the person, and when silently."""

from bot.conversation import Talk
from bot.customer.settings import notice_screens as screens
from bot.screen import Screen
from core.people.choices import QUIET, Choices, Kind, Manner


async def notices(talk: Talk) -> Screen:
    talk.rest()
    return screens.notices(talk.words, Choices(talk.person.choices))


async def choose(talk: Talk, kind: str, manner: str) -> Screen:
    """The button carries what it leads to, so a second tap of the same one changes nothing."""
    if kind in list(Kind) and manner in list(Manner):
        talk.person = await talk.core.people.choose(
            person_id=talk.person.id, kind=Kind(kind), manner=Manner(manner)
        )
    return await notices(talk)


async def ask_quiet(talk: Talk) -> Screen:
    return screens.ask_quiet(talk.words, Choices(talk.person.choices))


async def quiet(talk: Talk, number: int) -> Screen:
    """0 is never, the others are the usual nights."""
    hours = QUIET[number - 1] if 1 <= number <= len(QUIET) else None
    talk.person = await talk.core.people.be_quiet(person_id=talk.person.id, hours=hours)
    return await notices(talk)
