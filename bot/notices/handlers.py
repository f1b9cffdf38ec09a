"""What reaches the person and in which manner, and a message of each kind to hear it."""

from bot.conversation import Talk
from bot.notices import screens
from bot.screen import Screen
from core.people.choices import WAYS, Choices, Kind, Manner, kinds_of


def chosen(talk: Talk) -> Choices:
    return Choices(talk.person.choices, talk.incoming.bot)


async def notices(talk: Talk) -> Screen:
    talk.rest()
    return screens.notices(talk.words, chosen(talk))


async def choose(talk: Talk, kind: str, manner: str) -> Screen:
    """The button carries what it leads to, so a second tap of the same one changes nothing."""
    if kind in kinds_of(side=talk.incoming.bot) and manner in WAYS[Kind(kind)].manners:
        talk.person = await talk.core.people.choose(
            person_id=talk.person.id, kind=Kind(kind), manner=Manner(manner)
        )
    return await notices(talk)


async def trial(talk: Talk) -> Screen:
    """One message of each kind comes the way such messages come now; those that don't are named."""
    talk.rest()
    choices, side, local = chosen(talk), talk.incoming.bot, talk.words.local(talk.now)
    arrivals = {kind: choices.arrival(kind, local=local) for kind in kinds_of(side=side)}
    coming = [
        kind for kind, one in arrivals.items()
        if one.manner is not Manner.OFF and one.waits_until is None
    ]  # fmt: skip
    await talk.core.people.try_out(
        person_id=talk.person.id, bot=side, kinds=coming, key=talk.incoming.key, now=talk.now
    )
    return screens.trial(talk.words, arrivals)
