"""The certificate that a service needs, sent by somebody who works already: number, last day, picture."""

from datetime import date

from bot.conversation import Talk
from bot.errors import sentence
from bot.provider import reading
from bot.provider.apply import paper_screens as told
from bot.provider.apply.papers import named
from bot.provider.parts import saying
from bot.provider.prices import adding_screens as screens
from bot.provider.prices import handlers
from bot.screen import Screen
from core.catalog.model import Service
from core.errors import Invalid


def _service(talk: Talk) -> Service:
    return talk.core.catalog.bookable(service_id=int(talk.memory.get("service_id", 0)))


async def begin(talk: Talk, service_id: int) -> Screen:
    """What is being checked is not asked for again; one that ends soon is renewed."""
    each = await handlers.asking(talk, service_id)
    if each.being_checked or not (each.lacks or each.ends):
        return await handlers.one(talk, service_id)
    talk.expect("prices.number", service_id=service_id)
    return screens.number(talk.words, each.service)


async def number_said(talk: Talk) -> Screen:
    service, number = _service(talk), " ".join(talk.incoming.text.split())
    if not 3 <= len(number) <= 40 or not any(sign.isalnum() for sign in number):
        said = told.no_paper_number(talk.words)
        return saying(screens.number(talk.words, service), said)
    talk.expect("prices.expiry", service_id=service.id, number=number)
    return screens.expiry(talk.words, service)


async def expiry_said(talk: Talk) -> Screen:
    service, text = _service(talk), talk.incoming.text
    day, today = reading.day(text), talk.core.availability.today(now=talk.now)
    if not reading.endless(text) and (day is None or day < today):
        said = told.no_date(talk.words) if day is None else told.over(talk.words, day)
        return saying(screens.expiry(talk.words, service), said)
    return _picture(talk, service, day)


async def endless(talk: Talk, service_id: int) -> Screen:
    """A button of a question that was left long ago begins anew."""
    if talk.memory.get("service_id") != service_id or not talk.memory.get("number"):
        return await begin(talk, service_id)
    return _picture(talk, _service(talk), None)


def _picture(talk: Talk, service: Service, until: date | None) -> Screen:
    day = until.toordinal() if until else 0
    talk.expect(
        "prices.file", service_id=service.id, number=str(talk.memory.get("number", "")), day=day
    )
    return screens.picture(talk.words, service, until)


async def file_said(talk: Talk) -> Screen | None:
    """Of an album the first one; staff are asked to look."""
    service, sent = _service(talk), named(talk.incoming.attachments)
    day = int(talk.memory.get("day", 0))
    until = date.fromordinal(day) if day else None
    if sent is None or not sent.mime.startswith(("image/", "application/pdf")):
        said = told.no_picture(talk.words)
        return saying(screens.picture(talk.words, service, until), said)
    try:
        kept = await talk.store(sent)
    except Invalid as error:
        said = talk.words("{text}", text=sentence(error, talk.words))
        return saying(screens.picture(talk.words, service, until), said)
    await talk.core.prices.show_paper(
        person_id=talk.person.id, now=talk.now, kind=service.certificate or "",
        number=str(talk.memory.get("number", "")), expires_on=until, file_id=kept.file_id,
    )  # fmt: skip
    screen = await handlers.one(talk, service.id)
    return saying(screen, talk.words("✅ Thank you! Our staff look at it; you'll hear right here."))
