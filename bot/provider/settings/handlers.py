"""Changes what belongs to the person alone."""

from bot.conversation import Talk
from bot.i18n import languages
from bot.provider.home.handlers import home_page
from bot.provider.settings import screens
from bot.screen import Screen


async def settings(talk: Talk) -> Screen:
    talk.rest()
    return screens.settings(talk.words, languages())


async def _speak(talk: Talk, language: str) -> None:
    if language in languages():
        await talk.core.people.choose_language(person_id=talk.person.id, language=language)
        talk.words = talk.words.in_language(language)


async def choose(talk: Talk, language: str) -> Screen:
    await _speak(talk, language)
    return await settings(talk)


async def start_in(talk: Talk, language: str) -> Screen:
    """The same on the first screen."""
    await _speak(talk, language)
    return await home_page(talk)
