"""How the welcome and the home screen look."""

from collections.abc import Sequence

from babel import Locale
from markupsafe import Markup

from bot.customer.parts import lines, named
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Category
from core.people.model import Person


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
    words: Words, platform: str, person: Person, categories: Sequence[Category], number: int
) -> Screen:
    page = Page.of(categories, number)
    text = lines(
        words("<b>{name}</b>: what can we do for you?", name=platform),
        Markup(""),
        words("💬 Just type it, for example “fix AC tomorrow 3pm”, or choose below."),
        _where(words, person),
    )
    tiles = [Button(named(c, words), press("c", c.id, 0)) for c in page.items]
    return Screen(text, [*grid(tiles), *page.turns("home"), *_own(words, person)])


def _where(words: Words, person: Person) -> Markup:
    if person.lat is None:
        return words("📍 Tell us where you are to see who can come.")
    return words("📍 {place}", place=person.place or words("Your location"))


def _own(words: Words, person: Person) -> list[list[Button]]:
    """What is about the customer: where nothing is recommended the favourites stand there instead."""
    mine = (
        Button(words.plain("✨ For you"), press("recs"))
        if person.recommends
        else Button(words.plain("❤️ Favourites"), press("favs", 0))
    )
    return [
        [
            mine,
            Button(words.plain("🎁 Deals"), press("deals", 0)),
            Button(words.plain("📋 My orders"), press("orders", 0)),
        ],
        [
            Button(words.plain("📍 Location"), press("where")),
            Button(words.plain("🎧 Support"), press("help")),
            Button(words.plain("⚙️ Settings"), press("set")),
        ],
    ]


def gone(words: Words) -> Markup:
    return words("What this link led to is no longer available.") + Markup("\n\n")


def unknown_command(words: Words) -> Markup:
    return words("I don't know this command.") + Markup("\n\n")


def stopped(words: Words, busy: bool) -> Markup:
    said = words("Stopped. Nothing was saved.") if busy else words("Nothing to stop.")
    return said + Markup("\n\n")
