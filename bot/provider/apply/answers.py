"""Answers about the person: name, phone, photo, experience, a few words, area, hours."""

from bot.conversation import Talk
from bot.provider import reading
from bot.provider.apply import papers, screens
from bot.provider.apply.handlers import answering, ask, next_after
from bot.provider.parts import saying
from bot.screen import Screen
from bot.words import place_name
from core.errors import Invalid
from core.people.amending import Amendment
from core.people.dossier import Application
from core.people.wishing import meant
from core.when.working import read_working


async def _open(talk: Talk) -> Application:
    return await talk.core.applications.open(person_id=talk.person.id)


@answering("name")
async def name_said(talk: Talk) -> Screen:
    application = await talk.core.applications.set_name(
        person_id=talk.person.id, name=talk.incoming.text
    )
    return next_after(talk, application, "name")


@answering("name")
async def my_name(talk: Talk) -> Screen:
    """The name Telegram knows."""
    application = await talk.core.applications.set_name(
        person_id=talk.person.id, name=talk.person.name
    )
    return next_after(talk, application, "name")


@answering("phone")
async def phone_said(talk: Talk) -> Screen:
    """By the button, which Telegram vouches for, or typed; never somebody else's card."""
    incoming = talk.incoming
    if incoming.contact_phone and not incoming.contact_is_own:
        return saying(ask(talk, await _open(talk), "phone"), screens.foreign_phone(talk.words))
    if not incoming.contact_phone and not any(sign.isdecimal() for sign in incoming.text):
        return saying(ask(talk, await _open(talk), "phone"), screens.no_phone(talk.words))
    application = await talk.core.applications.set_phone(
        person_id=talk.person.id, phone=incoming.contact_phone or incoming.text,
        typed=not incoming.contact_phone,
    )  # fmt: skip
    return next_after(talk, application, "phone")


@answering("photo")
async def photo_said(talk: Talk) -> Screen:
    sent = papers.named(talk.incoming.attachments)
    if sent is None or not sent.mime.startswith("image/"):
        return saying(ask(talk, await _open(talk), "photo"), screens.no_photo(talk.words))
    kept = await talk.store(sent)
    application = await talk.core.applications.set_photo(
        person_id=talk.person.id, file_id=kept.file_id
    )
    return next_after(talk, application, "photo")


@answering("years")
async def years_said(talk: Talk) -> Screen:
    today = talk.core.availability.today(now=talk.now)
    count = reading.years(talk.incoming.text, this_year=today.year)
    if count is None:
        return saying(ask(talk, await _open(talk), "years"), screens.no_number(talk.words))
    return await _years(talk, count)


@answering("years")
async def years(talk: Talk, count: int) -> Screen:
    return await _years(talk, count)


async def _years(talk: Talk, count: int) -> Screen:
    application = await talk.core.applications.set_years(person_id=talk.person.id, years=count)
    return next_after(talk, application, "years")


@answering("bio")
async def bio_said(talk: Talk) -> Screen:
    """Words; a picture or a voice is none, and takes nothing away."""
    if not talk.incoming.text.strip():
        return saying(ask(talk, await _open(talk), "bio"), screens.no_words(talk.words))
    application = await talk.core.applications.set_bio(
        person_id=talk.person.id, text=talk.incoming.text, language=talk.words.language
    )
    return next_after(talk, application, "bio")


@answering("bio")
async def no_bio(talk: Talk) -> Screen:
    return next_after(talk, await _open(talk), "bio")


@answering("area")
async def area_said(talk: Talk) -> Screen:
    """A location, or words that name one place."""
    if talk.incoming.location:
        lat, lon = talk.incoming.location
        return await _based(talk, lat, lon, await talk.core.places.name(lat=lat, lon=lon))
    text = talk.incoming.text.strip()[:100]
    found = await talk.core.places.find(text=text, limit=1) if text else []
    if not found:
        return saying(ask(talk, await _open(talk), "area"), screens.no_place(talk.words))
    place = found[0]
    return await _based(talk, place.lat, place.lon, place_name(talk.words, place))


async def _based(talk: Talk, lat: float, lon: float, place: str) -> Screen:
    await talk.core.applications.mended(person_id=talk.person.id, part="area")
    await talk.core.schedule.set_base(
        person_id=talk.person.id, lat=lat, lon=lon, place=place, now=talk.now
    )
    talk.expect("apply.radius")
    return screens.radius(talk.words, await _open(talk))


@answering("area")
async def radius(talk: Talk, metres: int) -> Screen:
    return await _radius(talk, metres)


@answering("area")
async def radius_said(talk: Talk) -> Screen:
    if talk.incoming.location:
        lat, lon = talk.incoming.location
        return await _based(talk, lat, lon, await talk.core.places.name(lat=lat, lon=lon))
    metres = reading.metres(talk.incoming.text)
    if metres is None:
        said = screens.no_distance(talk.words)
        return saying(screens.radius(talk.words, await _open(talk)), said)
    return await _radius(talk, metres)


async def _radius(talk: Talk, metres: int) -> Screen:
    await talk.core.applications.mended(person_id=talk.person.id, part="area")
    await talk.core.schedule.set_radius(person_id=talk.person.id, radius_m=metres, now=talk.now)
    return next_after(talk, await _open(talk), "area")


@answering("hours")
async def hours(talk: Talk, preset: str) -> Screen:
    """A usual week with one tap; each day can be set in the schedule."""
    if preset not in screens.PRESETS:
        raise Invalid("hours", "unknown")
    days, spans = screens.PRESETS[preset]
    return await _hours(talk, Amendment({day: spans if day in days else () for day in range(7)}))


async def _hours(talk: Talk, week: Amendment) -> Screen:
    await talk.core.applications.mended(person_id=talk.person.id, part="hours")
    await talk.core.schedule.amend(person_id=talk.person.id, amendment=week, now=talk.now)
    return next_after(talk, await _open(talk), "hours")


@answering("hours")
async def keep_hours(talk: Talk) -> Screen:
    """As they are, whichever way they were set."""
    application = await talk.core.applications.mended(person_id=talk.person.id, part="hours")
    return next_after(talk, application, "hours")


@answering("hours")
async def hours_said(talk: Talk) -> Screen:
    """In words: Mon–Fri 9–18, 周末休息."""
    said = read_working(talk.incoming.text, now=talk.now, zone=talk.core.availability.zone)
    if said is None:
        return saying(ask(talk, await _open(talk), "hours"), screens.no_hours(talk.words))
    plan = await talk.core.schedule.plan(person_id=talk.person.id, now=talk.now)
    week = meant(wishes=said.wishes, plan=plan, weekly=True)
    if not week.hours:
        return saying(ask(talk, await _open(talk), "hours"), screens.no_hours(talk.words))
    return await _hours(talk, Amendment(week.hours))
