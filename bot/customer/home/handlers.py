"""Welcome, home, and what opens by a link."""

from dataclasses import replace

from bot.conversation import Talk
from bot.customer.booking.again_screens import last_time
from bot.customer.deals.handlers import brought
from bot.customer.home import screens
from bot.customer.place.handlers import ask_place
from bot.follow import follow
from bot.i18n import languages
from bot.screen import Button, Screen, press
from core.errors import Unknown

# Kind of a link → the verb of its screen, and what stands behind the id there.
LINKED = {"p": ("p", 0, "r0000", 0), "s": ("s",), "d": ("deal", 0)}
CODE = "c"


async def start(talk: Talk) -> Screen | None:
    """A link opens what it promises, also for somebody new; else the first questions, once.

    A link that was altered leads there too, with a word.
    """
    linked = talk.link.read(talk.incoming.argument)
    if linked and linked[0] in (*LINKED, CODE):
        return await _open(talk, *linked)
    screen = await _begin(talk)
    if talk.incoming.argument:
        return replace(screen, text=screens.gone(talk.words) + screen.text)
    return screen


async def _begin(talk: Talk) -> Screen:
    if talk.person.onboarded:
        return await home_page(talk, 0)
    talk.rest()
    return screens.welcome(talk.words, talk.core.rules.text("platform_name"), languages())


async def _open(talk: Talk, kind: str, subject: int) -> Screen | None:
    try:
        if kind == CODE:
            return await brought(talk, subject)
        verb, *rest = LINKED[kind]
        return await follow(talk, press(str(verb), subject, *rest))
    except Unknown:
        gone = await home_page(talk, 0)
        return replace(gone, text=screens.gone(talk.words) + gone.text)


async def choose_language(talk: Talk, language: str) -> Screen | None:
    """The first answer; the question where to come follows."""
    if language in languages():
        await talk.core.people.choose_language(person_id=talk.person.id, language=language)
        talk.words = talk.words.in_language(language)
    return await ask_place(talk, back=press("home", 0), first=True)


async def skip(talk: Talk) -> Screen:
    talk.person = await talk.core.people.finish_welcome(person_id=talk.person.id)
    return await home_page(talk, 0)


async def home_page(talk: Talk, page: int) -> Screen:
    talk.rest()
    return _page(talk, page, await last_time(talk))


async def home_of(talk: Talk, category_id: int) -> Screen:
    """The page of the home screen on which this category stands."""
    talk.rest()
    again = await last_time(talk)
    every = [category.id for category in talk.core.catalog.children(parent_id=None)]
    place = every.index(category_id) if category_id in every else 0
    front = screens.front(len(every), again=again is not None)
    return _page(talk, screens.page_of(place, front), again)


def _page(talk: Talk, page: int, again: Button | None) -> Screen:
    categories = talk.core.catalog.children(parent_id=None)
    others = categories[screens.front(len(categories), again=again is not None) :]
    if page > 0 and others:
        return screens.others(talk.words, others, page - 1)
    platform = talk.core.rules.text("platform_name")
    return screens.home(talk.words, platform, talk.person, categories, again=again)


async def me(talk: Talk) -> Screen:
    talk.rest()
    return screens.me(talk.words)


async def home(talk: Talk) -> Screen:
    """Answers what nothing else does: old buttons, commands nobody knows."""
    if talk.incoming.press:
        talk.toast(talk.words.plain("That button is out of date. Here is the start."))
    screen = await home_page(talk, 0)
    if talk.incoming.command:
        return replace(screen, text=screens.unknown_command(talk.words) + screen.text)
    return screen


async def cancel(talk: Talk) -> Screen:
    busy = bool(talk.step)
    screen = await home_page(talk, 0)
    return replace(
        screen, text=screens.stopped(talk.words, busy) + screen.text, close_keyboard=busy
    )
