"""How the settings look."""

from collections.abc import Sequence

from bot.i18n import Words
from bot.provider.home.screens import language_name
from bot.provider.parts import back, home_row, lines
from bot.screen import Button, Screen, grid, press


def settings(words: Words, languages: Sequence[str]) -> Screen:
    text = lines(
        words("⚙️ <b>Settings</b>"),
        words("Language: {language}", language=language_name(words.language)),
    )
    buttons = [
        Button(("• " if code == words.language else "") + language_name(code), press("lang", code))
        for code in languages
    ]
    notices = Button(words.plain("🔔 What reaches me"), press("notices"))
    photo = Button(words.plain("📷 My photo"), press("myphoto"))
    return Screen(text, [*grid(buttons), [notices], [photo], home_row(words)])


def ask_photo(words: Words, *, there: bool) -> Screen:
    text = lines(
        words("📷 <b>Your photo</b>"),
        words("Customers see it on your page before they book."),
        words("Send another one to change it.") if there else words("There is none yet. Send one."),
    )  # fmt: skip
    return Screen(text, [[back(words, press("set")), *home_row(words)]])
