"""Certificates: which, its number, until when, a picture of it; each answer is kept at once."""

from bot.conversation import Talk
from bot.provider import reading
from bot.provider.apply import paper_screens as screens
from bot.provider.apply.handlers import answering, ask, next_after
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import Invalid
from core.people.dossier import Application


async def _open(talk: Talk) -> Application:
    return await talk.core.applications.open(person_id=talk.person.id)


@answering("papers")
async def nothing_to_say(talk: Talk) -> Screen:
    return saying(ask(talk, await _open(talk), "papers"), screens.choose_first(talk.words))


@answering("papers")
async def paper(talk: Talk, kind: str) -> Screen:
    talk.expect("apply.number", kind=kind)
    return screens.number(talk.words, await _open(talk), kind)


@answering("papers")
async def number_said(talk: Talk) -> Screen:
    kind = str(talk.memory.get("kind", ""))
    try:
        application = await talk.core.applications.set_paper(
            person_id=talk.person.id, kind=kind, now=talk.now, number=talk.incoming.text
        )
    except Invalid:
        said = screens.no_paper_number(talk.words)
        return saying(screens.number(talk.words, await _open(talk), kind), said)
    talk.expect("apply.expiry", kind=kind)
    return screens.expiry(talk.words, application, kind)


@answering("papers")
async def expiry_said(talk: Talk) -> Screen:
    kind, day = str(talk.memory.get("kind", "")), reading.day(talk.incoming.text)
    today = talk.core.availability.today(now=talk.now)
    if day is None or day < today:
        said = screens.no_date(talk.words) if day is None else screens.over(talk.words)
        return saying(screens.expiry(talk.words, await _open(talk), kind), said)
    application = await talk.core.applications.set_paper(
        person_id=talk.person.id, kind=kind, now=talk.now, expires_on=day
    )
    return _picture(talk, application, kind)


@answering("papers")
async def no_date(talk: Talk, kind: str) -> Screen:
    application = await talk.core.applications.set_paper(
        person_id=talk.person.id, kind=kind, now=talk.now, expires_on=None
    )
    return _picture(talk, application, kind)


def _picture(talk: Talk, application: Application, kind: str) -> Screen:
    talk.expect("apply.file", kind=kind)
    return screens.picture(talk.words, application, kind)


@answering("papers")
async def file_said(talk: Talk) -> Screen:
    """A photo or a PDF."""
    kind, sent = str(talk.memory.get("kind", "")), talk.incoming.attachments
    if not sent or not sent[0].mime.startswith(("image/", "application/pdf")):
        said = screens.no_picture(talk.words)
        return saying(screens.picture(talk.words, await _open(talk), kind), said)
    kept = await talk.store(sent[0])
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
    return next_after(talk, await _open(talk), "papers")
