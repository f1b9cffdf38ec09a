"""Finding people by command and by typing, and looking at one of them from all sides."""

from bot.admin.orders import screens as order_screens
from bot.admin.parts import me
from bot.admin.people import screens
from bot.conversation import Talk
from bot.screen import Screen
from core.orders.find import Wanted
from core.people.finding import FoundPeople


async def people(talk: Talk) -> Screen:
    """/people 王, /people 3615, /people @name; alone it asks, and what is typed next is the answer."""
    talk.rest()
    if not talk.incoming.argument:
        talk.expect("", people=True)
        return screens.ask(talk.words)
    return await typed(talk, talk.incoming.argument)


async def typed(talk: Talk, text: str) -> Screen:
    """One who matches is shown at once, several as a list."""
    return await shown(talk, text, await talk.core.people_finder.find(text=text))


async def shown(talk: Talk, text: str, found: FoundPeople) -> Screen:
    talk.expect("", who=text[:100])
    if found.total == 1 and found.people:
        return await _card(talk, found.people[0].person.id, back=False)
    return screens.found(talk.words, found, text)


async def again(talk: Talk, page: int) -> Screen:
    """The next page of what was typed last in this place."""
    text = str(talk.memory.get("who") or "")
    if not text:
        return screens.ask(talk.words)
    found = await talk.core.people_finder.find(text=text, page=page)
    return screens.found(talk.words, found, text)


async def named(talk: Talk) -> Screen:
    """People of the same words as the orders that were looked for."""
    text = str(talk.memory.get("query") or talk.memory.get("who") or "")
    return await typed(talk, text) if text else screens.ask(talk.words)


async def show(talk: Talk, person_id: int) -> Screen:
    who = talk.memory.get("who")
    talk.expect("", who=who)
    return await _card(talk, person_id, back=bool(who))


async def _card(talk: Talk, person_id: int, *, back: bool) -> Screen:
    profile = await talk.core.profiles.look(person_id=person_id)
    role = (await me(talk)).role
    alone = talk.incoming.chat_kind == "private"
    return screens.card(talk.words, profile, role, back=back, alone=alone)


async def orders(talk: Talk, person_id: int, page: int) -> Screen:
    """All of the person's, on whichever side."""
    profile = await talk.core.profiles.look(person_id=person_id)
    wanted = Wanted(person_id=person_id)
    result = await talk.core.order_finder.find(wanted=wanted, page=page)
    screen = order_screens.found(
        talk.words, result, title=f"👤 {profile.name}", turn="uo", ids=(person_id,), now=talk.now
    )
    return screens.with_back(screen, talk.words, person_id)


async def history(talk: Talk, person_id: int, page: int) -> Screen:
    profile = await talk.core.profiles.look(person_id=person_id)
    return screens.history(talk.words, profile, page, now=talk.now)


async def contact(talk: Talk, person_id: int) -> Screen | None:
    """Only who taps reads it: over the chat in a group, as a screen in private."""
    profile = await talk.core.profiles.look(person_id=person_id)
    if talk.incoming.chat_kind == "private":
        return screens.contact(talk.words, profile, (await me(talk)).role)
    talk.toast(screens.contact_plain(talk.words, profile), alert=True)
    return None
