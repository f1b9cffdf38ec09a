"""Leads through the application: where it stands, what comes next, the summary, sending."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from typing import Any

from bot.conversation import Talk
from bot.errors import sentence
from bot.i18n import Words
from bot.provider.apply import paper_screens, screens, service_screens
from bot.provider.home.handlers import home_page
from bot.screen import File, Screen
from bot.work_files import kept_files
from core.errors import AlreadyDone, DomainError, NotAllowedNow, OutOfDate
from core.people.dossier import EDITABLE, PARTS, Application, missing

Step = Callable[..., Awaitable[Screen | None]]

QUESTIONS: dict[str, Callable[[Talk, Application], Screen]] = {
    "name": lambda talk, app: screens.name(talk.words, app, talk.person.name),
    "phone": lambda talk, app: screens.phone(talk.words, app),
    "photo": lambda talk, app: screens.photo(talk.words, app),
    "services": lambda talk, app: service_screens.chosen(talk.words, app, talk.core.catalog),
    "years": lambda talk, app: screens.years(talk.words, app),
    "bio": lambda talk, app: screens.bio(talk.words, app),
    "papers": lambda talk, app: paper_screens.papers(talk.words, app, talk.core.catalog),
    "area": lambda talk, app: screens.area(talk.words, app),
    "hours": lambda talk, app: screens.hours(talk.words, app),
}


def _kind(talk: Talk) -> str:
    return str(talk.memory.get("kind", ""))


# Questions within a part, by their step.
DEEPER: dict[str, Callable[[Talk, Application], Screen]] = {
    "apply.number": lambda talk, app: paper_screens.number(talk.words, app, _kind(talk)),
    "apply.expiry": lambda talk, app: paper_screens.expiry(talk.words, app, _kind(talk)),
    "apply.file": lambda talk, app: paper_screens.picture(talk.words, app, _kind(talk)),
    "apply.radius": lambda talk, app: screens.radius(talk.words, app),
}


async def go_on(talk: Talk) -> Screen:
    """The first question without an answer, else the summary."""
    application = await talk.core.applications.begin(person_id=talk.person.id, now=talk.now)
    if not application.editable:
        return await home_page(talk)
    lacking = [*missing(application=application), *application.provider.mends]
    return ask(talk, application, lacking[0]) if lacking else summary(talk, application)


def ask(talk: Talk, application: Application, part: str) -> Screen:
    talk.expect(f"apply.{part}")
    return QUESTIONS[part](talk, application)


def summary(talk: Talk, application: Application) -> Screen:
    talk.rest()
    return screens.review(talk.words, application, talk.core.catalog)


async def part(talk: Talk, name: str) -> Screen:
    application = await talk.core.applications.begin(person_id=talk.person.id, now=talk.now)
    if not application.editable or name not in PARTS:
        return await home_page(talk)
    return ask(talk, application, name)


async def review(talk: Talk) -> Screen:
    return summary(talk, await talk.core.applications.open(person_id=talk.person.id))


async def files(talk: Talk) -> Screen:
    """The certificates as they were sent, in place of the summary."""
    application = await talk.core.applications.open(person_id=talk.person.id)
    ids = [paper.file_id for paper in application.papers if paper.file_id is not None]
    kept = await kept_files(talk.core, ids)
    found = tuple(File(name=one.name, mime=one.mime, file_id=one.id) for one in kept)
    return screens.files(talk.words, found) if found else summary(talk, application)


async def change(talk: Talk) -> Screen:
    return await _change(talk, screens.change)


async def change_more(talk: Talk) -> Screen:
    return await _change(talk, screens.change_more)


async def _change(talk: Talk, shown: Callable[[Words, Application], Screen]) -> Screen:
    application = await talk.core.applications.open(person_id=talk.person.id)
    if not application.editable:
        return await home_page(talk)
    talk.rest()
    return shown(talk.words, application)


async def send(talk: Talk) -> Screen:
    """Off to the staff, once however often it is tapped; the next screen is home, which says so."""
    try:
        await talk.core.applications.submit(person_id=talk.person.id, now=talk.now)
    except (AlreadyDone, NotAllowedNow, OutOfDate):
        return await home_page(talk)
    except DomainError as error:
        talk.toast(sentence(error, talk.words), alert=True)
        return await go_on(talk)
    return await home_page(talk)


async def ask_back(talk: Talk) -> Screen:
    return screens.ask_back(talk.words)


async def take_back(talk: Talk) -> Screen:
    """To be changed before anybody decides; where that has happened, home says how it went."""
    with suppress(NotAllowedNow, OutOfDate):
        await talk.core.applications.take_back(person_id=talk.person.id)
        talk.toast(talk.words.plain("Taken back. Everything you told us is kept."))
    return await home_page(talk)


def next_after(talk: Talk, application: Application, part: str) -> Screen:
    """What comes after this answer: the first part behind it that lacks, else any that lacks, else the summary.

    The bio may be skipped, so it is asked once in passing and lacks never.
    """
    behind = PARTS[PARTS.index(part) + 1 :]
    if part == "years" and not application.provider.bio and application.next_part:
        return ask(talk, application, "bio")
    lacking = set(missing(application=application)) | {*application.provider.mends}
    following = [name for name in (*behind, *PARTS) if name in lacking]
    return ask(talk, application, following[0]) if following else summary(talk, application)


def answering(part: str) -> Callable[[Step], Step]:
    """Wraps an answer to `part`: what was refused is said above the question, which is asked again.

    What was sent already is changed by no button of before. Of an album the first picture is the answer, the others
    say nothing. A shared phone or place leaves Telegram's keyboard behind; the next screen takes it away.
    """

    def decorate(handler: Step) -> Step:
        @wraps(handler)
        async def run(talk: Talk, *ids: Any) -> Screen | None:
            album, before, memory = talk.incoming.album, talk.step, dict(talk.memory)
            if album and album == talk.memory.get("album"):
                return None
            if not await _editable(talk):
                return await home_page(talk)
            try:
                screen = await handler(talk, *ids)
            except NotAllowedNow:
                return await home_page(talk)
            except DomainError as error:
                screen = await _again(talk, part, before, memory, sentence(error, talk.words))
            if album:
                talk.memory = talk.memory | {"album": album}
            keyboard = part in ("phone", "area") and not talk.incoming.press
            if screen is not None and screen.ask is None and keyboard:
                return replace(screen, close_keyboard=True)
            return screen

        return run

    return decorate


async def _editable(talk: Talk) -> bool:
    provider = await talk.core.applications.provider_of(person_id=talk.person.id)
    return provider is not None and provider.state in EDITABLE


async def _again(talk: Talk, part: str, step: str, memory: dict[str, Any], said: str) -> Screen:
    """The very question once more: of a certificate or a price the one it is about."""
    application = await talk.core.applications.open(person_id=talk.person.id)
    screen = ask(talk, application, part)
    if step in DEEPER:
        talk.step, talk.memory = step, memory
        screen = DEEPER[step](talk, application)
    talk.toast(said, alert=True)
    return screen
