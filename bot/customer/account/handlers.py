"""Taps and the one typed word around the own data."""

from bot.conversation import Talk
from bot.customer.account import screens
from bot.customer.booking.flow import saying
from bot.customer.search.handlers import typed
from bot.screen import Screen
from core.errors import Invalid

STAYS = frozenset({
    "no", "nope", "stop", "cancel", "never mind", "keep", "keep it", "keep my account", "don't delete",
    "不", "不了", "不要", "不想", "不想注销", "不注销", "不注销了", "不删", "不删了", "算了", "取消", "保留",
    "不想註銷", "不註銷",
})  # fmt: skip
"""What people type who think better of it."""


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
    talk.expect("bye.ask")
    return screens.bye(talk.words, talk.core.rules.number("money_record_years"))


async def wavers(talk: Talk) -> Screen | None:
    """Whoever thinks better of it is out of it; other words mean what they mean anywhere."""
    return await _keeps(talk) if _said(talk) in STAYS else await typed(talk)


async def _keeps(talk: Talk) -> Screen:
    return saying(await data(talk), talk.words("Nothing was deleted."))


def _said(talk: Talk) -> str:
    return talk.incoming.text.strip().strip("“”\"'.。!！").casefold()


async def sure(talk: Talk) -> Screen:
    """Asked once more: a word is typed, so that no thumb deletes anything by itself."""
    found = await talk.core.privacy.hindrances(person_id=talk.person.id, now=talk.now)
    if found.any:
        return screens.hindered(talk.words, found, talk.now)
    talk.expect("bye")
    return screens.sure(talk.words)


async def said(talk: Talk) -> Screen:
    if _said(talk) in STAYS:
        return await _keeps(talk)
    if _said(talk) != screens.password(talk.words).casefold():
        return screens.sure(talk.words, again=True)
    try:
        await talk.core.privacy.forget(person_id=talk.person.id, now=talk.now)
    except Invalid:
        return await bye(talk)
    talk.rest()
    return screens.gone(talk.words)
