"""The questions of the application, its summary and the list of parts. Pure."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words, mark
from bot.provider.apply.parts import PART_NAMES
from bot.provider.parts import GAP, back, home_row, lines, short
from bot.screen import Ask, Button, File, Screen, grid, press
from bot.week import week
from core.catalog.service import Catalog
from core.people.dossier import NOT_SAID, PARTS, Application, complete, missing, steps
from core.people.model import ProviderState

PRESETS = {
    "week": (tuple(range(5)), ((9 * 60, 12 * 60), (13 * 60, 18 * 60))),
    "six": (tuple(range(6)), ((9 * 60, 18 * 60),)),
    "daily": (tuple(range(7)), ((8 * 60, 20 * 60),)),
    "evening": (tuple(range(7)), ((14 * 60, 22 * 60),)),
}
PRESET_NAMES = {
    "week": mark("Mon–Fri 9–18 with lunch break"),
    "six": mark("Mon–Sat 9–18"),
    "daily": mark("Every day 8–20"),
    "evening": mark("Every day 14–22"),
}
YEARS = (0, 1, 2, 3, 5, 8, 10, 15)
RADII = (3, 5, 8, 10, 15, 20)
AT_FIRST = PARTS.index("papers")


def page(
    part: str, words: Words, application: Application, *said: str | Markup | None
) -> Markup:  # fmt: skip
    """Where we are, then the question; what is only looked at of one's own will is no step."""
    asked, named = steps(application=application), words.plain(PART_NAMES[part])
    if part not in asked:
        return lines(Markup.escape(named), GAP, *said)
    place = asked.index(part) + 1
    step = words("Step {n} of {count} · {part}", n=place, count=len(asked), part=named)
    return lines(step, GAP, *said)


def ends(part: str, application: Application, words: Words) -> list[Button]:
    """Back to the question before (or the summary, when all is answered) and away; all is saved."""
    asked = steps(application=application)
    before = [one for one in PARTS[: PARTS.index(part)] if one in asked]
    earlier = press("apart", before[-1]) if before else press("home")
    goal = press("areview") if not missing(application=application) else earlier
    return [back(words, goal), Button(words.plain("✖ Cancel"), press("home"))]


def name(words: Words, application: Application, known: str) -> Screen:
    text = page(
        "name", words, application, words("<b>What should customers call you?</b>"),
        words("Type your name as it should stand on your page."),
        _now(application.provider.name, words),
    )  # fmt: skip
    rows = []
    if known.strip():
        label = words.plain("Use “{name}”", name=short(known, 24))
        rows.append([Button(label, press("amyname"))])
    return Screen(text, [*rows, ends("name", application, words)])


def _now(value: str, words: Words) -> Markup | None:
    return words("Now: {value}", value=short(value, 300)) if value else None


def phone(words: Words, application: Application) -> Screen:
    text = page(
        "phone", words, application, words("<b>Your phone number</b>"),
        words("Our staff call it when something can't wait. Customers never see it."),
        words("Share it with the button below, or type it."),
        _now(application.person.phone or "", words),
    )  # fmt: skip
    ask = Ask(contact=words.plain("📱 Share my number"))
    return Screen(text, [ends("phone", application, words)], ask=ask)


def foreign_phone(words: Words) -> Markup:
    return words("That's somebody else's number. Please share your own with the button.")


def no_phone(words: Words) -> Markup:
    return words("Please use the button: it proves that the number is yours.")


def photo(words: Words, application: Application) -> Screen:
    there = application.provider.photo_id is not None
    text = page(
        "photo", words, application, words("<b>Send a photo of yourself</b>"),
        words("Your face, well lit, alone in the picture: customers see whom to expect."),
        words("✅ There is one; send another to replace it.") if there else None,
    )  # fmt: skip
    return Screen(text, [ends("photo", application, words)])


def no_photo(words: Words) -> Markup:
    return words("That's not a photo. Please send one with the paper clip.")


def years(words: Words, application: Application) -> Screen:
    said = application.provider.years
    text = page(
        "years", words, application, words("<b>How many years have you done this work?</b>"),
        words("Tap, or type a number."),
        _now(years_text(said, words), words) if said != NOT_SAID else None,
    )  # fmt: skip
    buttons = [Button(_years_label(count, words), press("ayears", count)) for count in YEARS]
    return Screen(text, [*grid(buttons, columns=4), ends("years", application, words)])


def _years_label(count: int, words: Words) -> str:
    return str(count) if count else words.plain("Under 1")


def years_text(count: int, words: Words) -> str:
    if count < 1:
        return words.plain("less than a year")
    return words.plain_plural("{n} year", "{n} years", count)


def no_number(words: Words) -> Markup:
    return words("Please send a whole number, for example 5.")


def bio(words: Words, application: Application) -> Screen:
    text = page(
        "bio", words, application, words("<b>A few words about you</b>"),
        words("What are you good at, what can customers count on? Two or three sentences are enough."),
        _now(words.pick(application.provider.bio), words),
    )  # fmt: skip
    skip = Button(words.plain("Skip ▶"), press("anobio"))
    return Screen(text, [[skip], ends("bio", application, words)])


def area(words: Words, application: Application) -> Screen:
    provider = application.provider
    known = words.place(provider.place) if provider.lat is not None else ""
    text = page(
        "area", words, application, words("<b>Where do you set out from?</b>"),
        words("Share your location below, or type a place, for example “People's Square”."),
        words("Customers only see how far away you are."), _now(known, words),
    )  # fmt: skip
    rows = []
    if provider.lat is not None:
        keep = words.plain("Keep it, {km} km around", km=provider.radius_m // 1000)
        rows.append([Button(keep, press("arad", provider.radius_m))])
    ask = Ask(location=words.plain("📍 Share my location"))
    return Screen(text, [*rows, ends("area", application, words)], ask=ask)


def radius(words: Words, application: Application) -> Screen:
    place = words.place(application.provider.place) or words.plain("there")
    text = page(
        "area", words, application, words("📍 {place}", place=short(place, 60)),
        words("<b>How far do you go from there?</b>"), words("Tap, or type kilometres."),
    )  # fmt: skip
    buttons = [Button(words.plain("{km} km", km=km), press("arad", km * 1000)) for km in RADII]
    ends_ = [back(words, press("apart", "area")), Button(words.plain("✖ Cancel"), press("home"))]
    return Screen(text, [*grid(buttons, columns=3), ends_])


def no_place(words: Words) -> Markup:
    return words(
        "I can't find that place. Try a landmark or a station nearby, or share your location."
    )


def hours(words: Words, application: Application) -> Screen:
    text = page(
        "hours", words, application, words("<b>When do you work?</b>"),
        words("Pick a usual week, or type your hours, for example “Mon–Fri 9–18”."),
        lines(*week(application.hours, words)) if application.hours else None,
    )  # fmt: skip
    rows = [[Button(words.plain(PRESET_NAMES[key]), press("ahours", key))] for key in PRESETS]
    rows.append([Button(words.plain("🗓 Set each day"), press("hours"))])
    if application.hours:
        rows.append([Button(words.plain("▶️ Keep and go on"), press("akeep"), style="primary")])
    return Screen(text, [*rows, ends("hours", application, words)])


def no_hours(words: Words) -> Markup:
    return words("I can't read that. Type it like “Mon–Fri 9–18, Sat 10–16”, or tap below.")


def no_distance(words: Words) -> Markup:
    return words("Please send a distance, for example 8 km.")


def no_words(words: Words) -> Markup:
    return words("Please write it in words here, or skip it.")


def review(words: Words, application: Application, catalog: Catalog) -> Screen:
    """Everything at a glance, the photo above it; sending is possible when nothing lacks."""
    head = words("👁 <b>Your application</b>")
    said = [*_answers(words, application, catalog)]
    photo_ = application.provider.photo_id
    picture = File(name="photo", file_id=photo_) if photo_ is not None else None
    if not application.editable:
        waits = application.provider.state is ProviderState.APPLIED
        back_ = [Button(words.plain("↩️ Take it back"), press("aback"))] if waits else []
        rows = [[*back_, *_papers(words, application)], home_row(words)]
        return Screen(lines(head, GAP, *said), [row for row in rows if row], photo=picture)
    lacking, mends = missing(application=application), application.provider.mends
    told = [
        words("Still missing: {parts}", parts=_parts(lacking, words)) if lacking else None,
        words("Still to mend: {parts}", parts=_parts(mends, words)) if mends else None,
        None if lacking or mends else words("Is everything right? Then send it."),
    ]
    change = [Button(words.plain("✏️ Change"), press("achange")), *_papers(words, application)]
    rows = [*_onward(words, lacking, mends), change, home_row(words)]
    return Screen(lines(head, GAP, *said, *told), rows, photo=picture)


def _papers(words: Words, application: Application) -> list[Button]:
    """To look at the certificates as they were sent."""
    count = sum(paper.file_id is not None for paper in application.papers)
    label = words.plain("📎 Certificates ({n})", n=count)
    return [Button(label, press("afiles"))] if count else []


def files(words: Words, found: tuple[File, ...]) -> Screen:
    text = words("📎 Your certificates, as our staff see them")
    return Screen(text, [[back(words, press("areview"))]], files=found)


def _onward(words: Words, lacking: Sequence[str], mends: Sequence[str]) -> list[list[Button]]:
    """What is open first; what staff want mended stands in nobody's way who has nothing to add."""
    go_on = [Button(words.plain("▶️ Go on"), press("apply"), style="primary")]
    send = [Button(words.plain("📨 Send"), press("asend"), style="success")]
    if lacking:
        return [go_on]
    return [go_on, send] if mends else [send]


def _parts(parts: Sequence[str], words: Words) -> str:
    return words.plain(", ").join(words.plain(PART_NAMES[part]) for part in parts)


def ask_back(words: Words) -> Screen:
    text = lines(
        words("↩️ <b>Take your application back?</b>"),
        words("We stop looking at it. Everything you told us is kept; change it and send it again any time."),
    )  # fmt: skip
    yes = Button(words.plain("↩️ Yes, take it back"), press("abackok"), style="danger")
    return Screen(text, [[yes], [back(words, press("home"))]])


def _answers(words: Words, application: Application, catalog: Catalog) -> Iterable[Markup]:
    provider = application.provider
    yield words("👤 {name}", name=short(provider.name, 40) or "—")
    yield words("📱 {phone}", phone=application.person.phone or "—")
    if provider.photo_id is None:
        yield words("🖼 Photo: {state}", state="—")
    for skill in application.skills:
        service = catalog.service(service_id=skill.service_id)
        yield Markup("{} {} — {}").format(
            service.emoji or "🔧", short(words.pick(service.names), 40), words.money(skill.price)
        )
    if provider.years != NOT_SAID:
        yield words("🎓 {years}", years=years_text(provider.years, words))
    if bio_ := words.pick(provider.bio):
        yield Markup("💬 {}").format(short(bio_, 300))
    for paper in application.papers:
        until = (
            words.plain("until {day}", day=words.date(paper.expires_on)) if paper.expires_on else ""
        )
        told = filter(None, (names.certificate(paper.kind, words), paper.number, until))
        sign = "📎✅" if complete(paper=paper) else "▫️"
        yield Markup("📄 {} {}").format(" · ".join(told), sign)
    if provider.lat is not None:
        yield words("📍 {place}, {km} km around", place=short(words.place(provider.place), 60) or "·",
                    km=provider.radius_m // 1000)  # fmt: skip
    yield from (Markup("🕘 {}").format(told) for told in week(application.hours, words))


def change(words: Words, application: Application) -> Screen:
    """Who they are; what they do and where is on the next page."""
    more = [back(words, press("areview")), Button(words.plain("More ▶"), press("achangemore"))]
    return _changes(words, application, PARTS[:AT_FIRST], more)


def change_more(words: Words, application: Application) -> Screen:
    return _changes(words, application, PARTS[AT_FIRST:], [back(words, press("achange"))])


def _changes(
    words: Words, application: Application, parts: Sequence[str], way: list[Button]
) -> Screen:
    buttons = [
        Button(f"{_sign(part, application)} {words.plain(PART_NAMES[part])}", press("apart", part))
        for part in parts
    ]
    return Screen(words("✏️ <b>What would you like to change?</b>"), [*grid(buttons), way])


def _sign(part: str, application: Application) -> str:
    """Answered, still lacking, or what may be added."""
    if part in {*missing(application=application), *application.provider.mends}:
        return "▫️"
    added = {"bio": bool(application.provider.bio), "papers": bool(application.papers)}
    return "✅" if added.get(part, True) else "➕"
