"""Shows what is recommended; off means that nothing of the customer's history is looked at."""

from bot.conversation import Talk
from bot.customer.foryou import screens
from bot.screen import Screen


async def for_you(talk: Talk) -> Screen:
    talk.rest()
    if not talk.person.recommends:
        return screens.switched_off(talk.words)
    found = await talk.core.recommending.suggestions(person=talk.person, now=talk.now)
    return screens.for_you(talk.words, talk.person, found, now=talk.now)


async def switch(talk: Talk, on: int) -> Screen:
    talk.person = await talk.core.recommending.switch(person=talk.person, on=bool(on))
    words = talk.words
    talk.toast(
        words.plain("Suggestions are on.")
        if on
        else words.plain("Suggestions are off, and what you looked at is forgotten.")
    )
    return await for_you(talk)
