"""How the settings look."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Words
from bot.provider.home.screens import language_name
from bot.provider.parts import back, home_row, lines, short
from bot.screen import Button, Card, Screen, grid, press

PHOTO_PAGE = "photo_page"


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


def ask_photo(words: Words, *, there: bool, waits: int | None = None) -> Screen:
    """`waits`: the photo that staff look at; the page is brought up to date once they have."""
    text = lines(
        words("📷 <b>Your photo</b>"),
        words("Customers see it on your page before they book."),
        words("⏳ Our staff are looking at your new one. Send another to replace it.") if waits
        else words("Send another one to change it.") if there
        else words("There is none yet. Send one."),
    )  # fmt: skip
    card = Card(PHOTO_PAGE, waits) if waits else None
    return Screen(text, [[back(words, press("set")), *home_row(words)]], card=card)


def photo_sent(words: Words) -> Markup:
    return words("✓ Thank you! Our staff have a quick look, then customers see it.")


def photo_approved(words: Words) -> Screen:
    text = words("✅ <b>Your new photo is on your page.</b> Customers see it from now on.")
    return Screen(text, [home_row(words)])


def photo_rejected(words: Words, reason: str, *, there: bool, again: bool) -> Screen:
    """`again`: another one can be sent now."""
    text = lines(
        words("✖ <b>Your new photo was not accepted.</b>"),
        words("Reason: {reason}", reason=short(words.known(reason), 300)),
        words("Customers still see the photo of before.") if there else None,
    )  # fmt: skip
    another = [Button(words.plain("📷 Send another"), press("myphoto"), style="primary")]
    return Screen(text, [*([another] if again else []), home_row(words)])
