"""How the welcome and the home screen look."""

from collections.abc import Sequence

from babel import Locale
from markupsafe import Markup

from bot.customer.account.held import until_lifted, why
from bot.customer.parts import home_row, lines, named, onward
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Category
from core.people.model import Person

# So many buttons of the home screen are for categories, so many stand on each page of those it has no room for.
ROOM, OTHERS = 5, 6
# So many categories stand on the home screen whatever else it shows.
ALWAYS = ROOM - 2


def language_name(language: str) -> str:
    """What its speakers call it: 中文, English."""
    locale = Locale.parse(language)
    return str(locale.get_language_name(locale)).capitalize()


def welcome(words: Words, platform: str, languages: Sequence[str]) -> Screen:
    text = lines(
        words("👋 <b>Welcome to {name}</b>", name=platform),
        words("Repairs, cleaning, beauty and more at your door, booked right in this chat."),
        Markup(""),
        words("Which language do you prefer?"),
    )
    chosen = [Button(language_name(code), press("hello", code)) for code in languages]
    skip = Button(words.plain("Skip"), press("skip"))
    return Screen(text, [*grid(chosen), [skip]])


def home(
    words: Words, platform: str, person: Person, categories: Sequence[Category], *,
    again: Button | None = None,
) -> Screen:  # fmt: skip
    """What was booked before, the first categories, the way to all others, and what is the customer's own.

    Eight buttons: who has booked before finds one category less.
    """
    text = lines(
        words("<b>{name}</b>: what can we do for you?", name=platform),
        _held(words, person),
        Markup(""),
        words("💬 Just type it, for example “fix AC tomorrow 3pm”, or choose below."),
        _where(words, person),
    )
    shown = front(len(categories), again=again is not None)
    tiles = [_tile(category, words) for category in categories[:shown]]
    if len(categories) > shown:
        tiles.append(Button(words.plain("🗂 More services"), press("home", 1)))
    tiles.append(_fitting(words, person))
    own = [
        Button(words.plain("📋 My orders"), press("orders", 0)),
        Button(words.plain("☰ Me"), press("me")),
    ]
    rows = [*([[again]] if again else []), *grid(tiles), own]
    return Screen(text, rows, card=until_lifted(person))


def _held(words: Words, person: Person) -> Markup | None:
    """Said where a booking would begin, with the way to answer."""
    if not person.frozen:
        return None
    return lines(
        words("🧊 <b>You can't book just now</b>"),
        why(words, person),
        words("Is it a mistake? /help leads to our staff."),
    )


def others(words: Words, categories: Sequence[Category], number: int) -> Screen:
    """A page of those for which the home screen has no room."""
    page = Page.of(categories, number, size=OTHERS)
    tiles = [_tile(category, words) for category in page.items]
    last = [*home_row(words), *onward(words, page, "home", first=1)]
    return Screen(words("<b>More services</b>"), [*grid(tiles), last])


def front(count: int, *, again: bool) -> int:
    """How many of the categories stand on the home screen itself: all that fit beside the way to the others."""
    room = ROOM - again
    return count if count <= room else room - 1


def page_of(place: int, front: int) -> int:
    """On which page of the home screen the category at this place stands; the first page is the home screen."""
    return 0 if place < front else 1 + (place - front) // OTHERS


def _tile(category: Category, words: Words) -> Button:
    return Button(named(category, words), press("c", category.id, 0))


def _where(words: Words, person: Person) -> Markup:
    if person.lat is None:
        return words("📍 Tell us where you are to see who can come.")
    return words("📍 {place}", place=words.place(person.place) or words("Your location"))


def _fitting(words: Words, person: Person) -> Button:
    """What helps most just now: saying where one is, suggestions, or deals where those are off."""
    if person.lat is None:
        return Button(words.plain("📍 Location"), press("where"))
    if person.recommends:
        return Button(words.plain("✨ For you"), press("recs"))
    return Button(words.plain("🎁 Deals"), press("deals", 0))


def me(words: Words) -> Screen:
    """Everything that is about the customer rather than about a service."""
    buttons = [
        Button(words.plain("🎁 Deals"), press("deals", 0)),
        Button(words.plain("❤️ Favourites"), press("favs", 0)),
        Button(words.plain("🧾 Receipts"), press("rcpts", 0)),
        Button(words.plain("📣 Latest news"), press("news", 0)),
        Button(words.plain("📍 Location"), press("where")),
        Button(words.plain("🎧 Support"), press("help")),
        Button(words.plain("⚙️ Settings"), press("set")),
        *home_row(words),
    ]
    return Screen(words("☰ <b>Me</b>"), grid(buttons))


def gone(words: Words) -> Markup:
    return words("What this link led to is no longer available.") + Markup("\n\n")


def unknown_command(words: Words) -> Markup:
    return words("I don't know this command.") + Markup("\n\n")


def stopped(words: Words, busy: bool) -> Markup:
    said = words("Stopped. Nothing was saved.") if busy else words("Nothing to stop.")
    return said + Markup("\n\n")
