"""Certificates: which, its number, until when, a picture of it; each answer is kept at once and asked for alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.conversation import Attachment, Talk
from bot.provider import reading
from bot.provider.apply import paper_screens as screens
from bot.provider.apply.handlers import answering, ask, next_after
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import Invalid
from core.people.dossier import Application

# Phones often send a file without saying what it is; its name does.
ENDINGS = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
    "webp": "image/webp", "heic": "image/heic", "heif": "image/heic",
}  # fmt: skip
QUESTIONS: dict[str, Callable[..., Screen]] = {
    "number": screens.number, "expiry": screens.expiry, "file": screens.picture,
}  # fmt: skip


def named(sent: Sequence[Attachment]) -> Attachment | None:
    """The first file, with the kind its name tells where it has none of its own."""
    if not sent:
        return None
    one, ending = sent[0], sent[0].name.rpartition(".")[2].casefold()
    known = one.mime.startswith(("image/", "video/", "audio/", "application/pdf"))
    return one if known or ending not in ENDINGS else replace(one, mime=ENDINGS[ending])


async def _open(talk: Talk) -> Application:
    return await talk.core.applications.open(person_id=talk.person.id)


async def _ask(talk: Talk, what: str, kind: str) -> Screen:
    talk.expect(f"apply.{what}", kind=kind)
    return QUESTIONS[what](talk.words, await _open(talk), kind)


@answering("papers")
async def nothing_to_say(talk: Talk) -> Screen:
    return saying(ask(talk, await _open(talk), "papers"), screens.choose_first(talk.words))


@answering("papers")
async def page(talk: Talk, number: int) -> Screen:
    talk.expect("apply.papers")
    return screens.papers(talk.words, await _open(talk), talk.core.catalog, number)


@answering("papers")
async def paper(talk: Talk, kind: str) -> Screen:
    """What is there of it, or the first question that is open."""
    application = await _open(talk)
    known = application.paper(kind=kind)
    if known is None or not known.number:
        return await _ask(talk, "number", kind)
    if known.file_id is None:
        return await _ask(talk, "file" if known.expires_on else "expiry", kind)
    talk.expect("apply.papers")
    return screens.paper(talk.words, application, known)


@answering("papers")
async def ask_number(talk: Talk, kind: str) -> Screen:
    return await _ask(talk, "number", kind)


@answering("papers")
async def ask_expiry(talk: Talk, kind: str) -> Screen:
    return await _ask(talk, "expiry", kind)


@answering("papers")
async def ask_file(talk: Talk, kind: str) -> Screen:
    return await _ask(talk, "file", kind)


async def _after(talk: Talk, application: Application, kind: str, following: str) -> Screen:
    """The next question about it; once all is there, the list."""
    known = application.paper(kind=kind)
    if known is not None and known.file_id is not None:
        return ask(talk, application, "papers")
    return await _ask(talk, following, kind)


@answering("papers")
async def number_said(talk: Talk) -> Screen:
    kind = str(talk.memory.get("kind", ""))
    try:
        application = await talk.core.applications.set_paper(
            person_id=talk.person.id, kind=kind, now=talk.now, number=talk.incoming.text
        )
    except Invalid:
        return saying(await _ask(talk, "number", kind), screens.no_paper_number(talk.words))
    return await _after(talk, application, kind, "expiry")


@answering("papers")
async def expiry_said(talk: Talk) -> Screen:
    kind, text = str(talk.memory.get("kind", "")), talk.incoming.text
    day = reading.day(text)
    today = talk.core.availability.today(now=talk.now)
    if not reading.endless(text) and (day is None or day < today):
        said = screens.no_date(talk.words) if day is None else screens.over(talk.words, day)
        return saying(await _ask(talk, "expiry", kind), said)
    application = await talk.core.applications.set_paper(
        person_id=talk.person.id, kind=kind, now=talk.now, expires_on=day
    )
    return await _after(talk, application, kind, "file")


@answering("papers")
async def no_date(talk: Talk, kind: str) -> Screen:
    application = await talk.core.applications.set_paper(
        person_id=talk.person.id, kind=kind, now=talk.now, expires_on=None
    )
    return await _after(talk, application, kind, "file")


@answering("papers")
async def file_said(talk: Talk) -> Screen:
    """A photo or a PDF."""
    kind, sent = str(talk.memory.get("kind", "")), named(talk.incoming.attachments)
    if sent is None or not sent.mime.startswith(("image/", "application/pdf")):
        return saying(await _ask(talk, "file", kind), screens.no_picture(talk.words))
    kept = await talk.store(sent)
    application = await talk.core.applications.set_paper(
        person_id=talk.person.id, kind=kind, now=talk.now, file_id=kept.file_id
    )
    return ask(talk, application, "papers")


@answering("papers")
async def forget(talk: Talk, kind: str) -> Screen:
    application = await talk.core.applications.forget_paper(person_id=talk.person.id, kind=kind)
    return ask(talk, application, "papers")


@answering("papers")
async def done(talk: Talk) -> Screen:
    """Where staff wanted them mended, having looked at them is enough."""
    application = await talk.core.applications.mended(person_id=talk.person.id, part="papers")
    return next_after(talk, application, "papers")
