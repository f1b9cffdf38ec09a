"""How the settings look."""

from collections.abc import Sequence

from bot.customer.home.screens import language_name
from bot.customer.parts import back, lines, me_row
from bot.i18n import Words
from bot.screen import Ask, Button, Screen, grid, press
from core.people.model import Person

SETTINGS = press("set")


def settings(words: Words, person: Person) -> Screen:
    text = lines(
        words("⚙️ <b>Settings</b>"),
        words("Language: {language}", language=language_name(words.language)),
        words("Location: {place}", place=words.place(person.place) or words("not set")),
        words("Phone: {phone}", phone=person.phone or words("not set")),
    )
    buttons = [
        Button(words.plain("🌐 Language"), press("langs")),
        Button(words.plain("📍 Location"), press("where")),
        Button(words.plain("🏠 Addresses"), press("addrs", 0)),
        Button(words.plain("📱 Phone"), press("phone")),
        Button(words.plain("🔔 Messages"), press("notices")),
        Button(words.plain("🔒 My data"), press("data")),
    ]
    return Screen(text, [*grid(buttons), me_row(words)])


def language(words: Words, languages: Sequence[str]) -> Screen:
    buttons = [
        Button(language_name(code) + (" ✓" if code == words.language else ""), press("lang", code))
        for code in languages
    ]
    return Screen(
        words("🌐 <b>Choose your language</b>"), [*grid(buttons), [back(words, SETTINGS)]]
    )


def ask_phone(words: Words, known: str | None) -> Screen:
    text = lines(
        words("📱 <b>Your phone number</b>"),
        words("Now: {phone}", phone=known) if known else None,
        words("Only our support team sees it, for when an order can't wait."),
        words("Share it with the button below, or type it."),
    )
    ask = Ask(contact=words.plain("📱 Share my number"))
    remove = [Button(words.plain("🗑 Remove"), press("phonedel"))] if known else []
    return Screen(text, [[*remove, back(words, SETTINGS)]], ask=ask)


def foreign(words: Words) -> str:
    return words.plain("That's somebody else's number. Please share your own, or type it.")


def wrong_phone(why: str, words: Words) -> Screen:
    """Asked again, with the button still there."""
    ask = Ask(contact=words.plain("📱 Share my number"))
    return Screen(words("{text}", text=why), [[back(words, SETTINGS)]], ask=ask)
