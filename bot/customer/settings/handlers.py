"""The start of the settings, the language, the phone."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.settings import screens
from bot.errors import sentence
from bot.i18n import languages
from bot.screen import Screen
from core.errors import Invalid


async def settings(talk: Talk) -> Screen:
    """Also where Back from the question for the phone leads, so the keyboard goes."""
    asking = bool(talk.step)
    talk.rest()
    return replace(screens.settings(talk.words, talk.person), close_keyboard=asking)


async def language(talk: Talk) -> Screen:
    return screens.language(talk.words, languages())


async def set_language(talk: Talk, code: str) -> Screen:
    """Takes effect with the very next word."""
    if code in languages():
        talk.person = await talk.core.people.choose_language(
            person_id=talk.person.id, language=code
        )
        talk.words = talk.words.in_language(code)
        talk.toast(talk.words.plain("Done."))
    return await settings(talk)


async def ask_phone(talk: Talk) -> Screen:
    talk.expect("phone")
    return screens.ask_phone(talk.words, talk.person.phone)


async def forget_phone(talk: Talk) -> Screen:
    talk.person = await talk.core.people.forget_phone(person_id=talk.person.id)
    talk.toast(talk.words.plain("Removed."))
    return await settings(talk)


async def phone_said(talk: Talk) -> Screen:
    """Somebody else's contact card is not one's own number."""
    incoming = talk.incoming
    if incoming.contact_phone and not incoming.contact_is_own:
        return screens.wrong_phone(screens.foreign(talk.words), talk.words)
    try:
        talk.person = await talk.core.people.keep_phone(
            person_id=talk.person.id, phone=incoming.contact_phone or incoming.text
        )
    except Invalid as error:
        return screens.wrong_phone(sentence(error, talk.words), talk.words)
    return await settings(talk)
