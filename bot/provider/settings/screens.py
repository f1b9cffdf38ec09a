"""How the settings look."""

from collections.abc import Sequence

from bot.i18n import Words
from bot.provider.home.screens import language_name
from bot.provider.parts import home_row, lines
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
    return Screen(text, [*grid(buttons), [notices], home_row(words)])
