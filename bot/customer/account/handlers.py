"""Taps and the one typed word around the own data."""

from bot.conversation import Talk
from bot.customer.account import screens
from bot.screen import Screen
from core.errors import Invalid


async def data(talk: Talk) -> Screen:
    talk.rest()
    held = await talk.core.privacy.held(person_id=talk.person.id)
    years = talk.core.rules.number("money_record_years")
    return screens.data(talk.words, held, years)


async def copy(talk: Talk) -> Screen:
    """It is made and sent by itself, however long it takes."""
    await talk.core.privacy.ask_copy(person_id=talk.person.id, now=talk.now)
    talk.toast(talk.words.plain("It's on its way and arrives here in a moment."))
    return await data(talk)


async def bye(talk: Talk) -> Screen:
    """What goes and what stays, or what must come to its end first."""
    talk.rest()
    found = await talk.core.privacy.hindrances(person_id=talk.person.id, now=talk.now)
    if found.any:
        return screens.hindered(talk.words, found, talk.now)
    return screens.bye(talk.words, talk.core.rules.number("money_record_years"))


async def sure(talk: Talk) -> Screen:
    """Asked once more: a word is typed, so that no thumb deletes anything by itself."""
    found = await talk.core.privacy.hindrances(person_id=talk.person.id, now=talk.now)
    if found.any:
        return screens.hindered(talk.words, found, talk.now)
    talk.expect("bye")
    return screens.sure(talk.words)


async def said(talk: Talk) -> Screen:
    typed = talk.incoming.text.strip().strip("“”\"'.。").casefold()
    if typed != screens.password(talk.words).casefold():
        return screens.sure(talk.words, again=True)
    try:
        await talk.core.privacy.forget(person_id=talk.person.id, now=talk.now)
    except Invalid:
        return await bye(talk)
    talk.rest()
    return screens.gone(talk.words)
