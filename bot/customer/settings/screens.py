"""How the settings look."""

from collections.abc import Sequence

from bot.customer.home.screens import language_name
from bot.customer.parts import back, home_row, lines, short
from bot.i18n import Words
from bot.screen import Ask, Button, Screen, grid, press
from core.people.model import Address, Person

SETTINGS = press("set")


def settings(words: Words, person: Person) -> Screen:
    text = lines(
        words("⚙️ <b>Settings</b>"),
        words("Language: {language}", language=language_name(words.language)),
        words("Location: {place}", place=person.place or words("not set")),
        words("Phone: {phone}", phone=person.phone or words("not set")),
        words("News and offers: {state}", state=words("off") if person.muted else words("on")),
    )
    news = words.plain("🔔 News on") if person.muted else words.plain("🔕 News off")
    buttons = [
        Button(words.plain("🌐 Language"), press("langs")),
        Button(words.plain("📍 Location"), press("where")),
        Button(words.plain("🏠 Addresses"), press("addrs")),
        Button(words.plain("📱 Phone"), press("phone")),
        Button(news, press("mute", int(not person.muted))),
        Button(words.plain("❤️ Favourites"), press("favs", 0)),
        Button(words.plain("✨ For you"), press("recs")),
    ]
    return Screen(text, [*grid(buttons), home_row(words)])


def language(words: Words, languages: Sequence[str]) -> Screen:
    buttons = [
        Button(language_name(code) + (" ✓" if code == words.language else ""), press("lang", code))
        for code in languages
    ]
    return Screen(
        words("🌐 <b>Choose your language</b>"), [*grid(buttons), [back(words, SETTINGS)]]
    )


def addresses(words: Words, kept: Sequence[Address]) -> Screen:
    hint = (
        words("Tap one to remove it.") if kept else words("None yet. Your first booking saves one.")
    )
    told = [
        words("{n}. {place} {detail}", n=n, place=address.place, detail=address.detail)
        for n, address in enumerate(kept, start=1)
    ]
    rows = [
        [Button(short(f"🗑 {n}. {address.place}", 36), press("addrdel", address.id))]
        for n, address in enumerate(kept[:7], start=1)
    ]
    text = lines(words("🏠 <b>Saved addresses</b>"), *told, hint)
    return Screen(text, [*rows, [back(words, SETTINGS)]])


def ask_phone(words: Words) -> Screen:
    text = lines(
        words("📱 <b>Your phone number</b>"),
        words("Only our support team sees it, for when an order can't wait."),
        words("Share it with the button below, or type it."),
    )
    ask = Ask(contact=words.plain("📱 Share my number"))
    return Screen(text, [[back(words, SETTINGS)]], ask=ask)


def foreign_phone(words: Words) -> Screen:
    text = words("That's somebody else's number. Please share your own, or type it.")
    ask = Ask(contact=words.plain("📱 Share my number"))
    return Screen(text, [[back(words, SETTINGS)]], ask=ask)
