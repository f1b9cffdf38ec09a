"""Answers about the person: name, phone, photo, experience, a few words, area, hours."""

from bot.conversation import Talk
from bot.provider import reading
from bot.provider.apply import screens
from bot.provider.apply.handlers import answering, ask, next_after
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import Invalid
from core.people.amending import Amendment
from core.people.dossier import Application
from core.places import Place


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
    """Only the own number, by the button: Telegram vouches for that one."""
    incoming = talk.incoming
    if not incoming.contact_phone or not incoming.contact_is_own:
        foreign = screens.foreign_phone if incoming.contact_phone else screens.no_phone
        return saying(ask(talk, await _open(talk), "phone"), foreign(talk.words))
    application = await talk.core.applications.set_phone(
        person_id=talk.person.id, phone=incoming.contact_phone
    )
    return next_after(talk, application, "phone")


@answering("photo")
async def photo_said(talk: Talk) -> Screen:
    pictures = [a for a in talk.incoming.attachments if a.mime.startswith("image/")]
    if not pictures:
        return saying(ask(talk, await _open(talk), "photo"), screens.no_photo(talk.words))
    kept = await talk.store(pictures[0])
    application = await talk.core.applications.set_photo(
        person_id=talk.person.id, file_id=kept.file_id
    )
    return next_after(talk, application, "photo")


@answering("years")
async def years_said(talk: Talk) -> Screen:
    count = reading.number(talk.incoming.text)
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
    found = await talk.core.places.find(text=talk.incoming.text[:100], limit=1)
    if not found:
        return saying(ask(talk, await _open(talk), "area"), screens.no_place(talk.words))
    place = found[0]
    return await _based(talk, place.lat, place.lon, place_name(talk, place))


def place_name(talk: Talk, place: Place) -> str:
    chinese = talk.words.language.startswith("zh")
    return place.name if chinese else place.name_en or place.name


async def _based(talk: Talk, lat: float, lon: float, place: str) -> Screen:
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
    km = reading.number(talk.incoming.text)
    if talk.incoming.location:
        return await area_said(talk)  # type: ignore[return-value]
    if km is None:
        return saying(screens.radius(talk.words, await _open(talk)), screens.no_number(talk.words))
    return await _radius(talk, km * 1000)


async def _radius(talk: Talk, metres: int) -> Screen:
    await talk.core.schedule.set_radius(person_id=talk.person.id, radius_m=metres, now=talk.now)
    return next_after(talk, await _open(talk), "area")


@answering("hours")
async def hours(talk: Talk, preset: str) -> Screen:
    """A usual week with one tap; each day can be set in the schedule."""
    if preset not in screens.PRESETS:
        raise Invalid("hours", "unknown")
    days, spans = screens.PRESETS[preset]
    week = Amendment({day: spans if day in days else () for day in range(7)})
    await talk.core.schedule.amend(person_id=talk.person.id, amendment=week, now=talk.now)
    return next_after(talk, await _open(talk), "hours")


@answering("hours")
async def hours_said(talk: Talk) -> Screen:
    return saying(ask(talk, await _open(talk), "hours"), screens.use_buttons(talk.words))
