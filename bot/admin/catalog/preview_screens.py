"""The preview: what customers read, with a line above it that says so, and staff's own way back. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot import shelf
from bot.admin.parts import back, lines, short
from bot.i18n import Words, languages
from bot.screen import Button, Screen, grid, press
from bot.words import language as language_name
from core.catalog.model import Category, Service, Thing
from core.search.finder import Number

MOST = 5


def _head(words: Words, hidden: bool) -> Markup:
    said = words("👁 <i>Preview: so it looks to customers once the draft is published.</i>")
    return lines(said, words("🙈 Hidden: they don't see it.") if hidden else None, Markup(""))


def _ends(words: Words, thing: Thing, verb: str, language: int, away: str) -> list[Button]:
    """Back, and the same in the next language."""
    known = languages()
    other = (language + 1) % len(known)
    label = f"🌐 {language_name(known[other])}"
    return [*back(words, away), Button(label, press(verb, thing.id, other))]


def category(
    words: Words, theirs: Words, shown: Category, things: Sequence[Thing], language: int
) -> Screen:
    text = lines(_head(words, shown.hidden), shelf.category(theirs, shown, things))
    tiles = [
        Button(short(shelf.tile(theirs, one), 40), press("pv", one.id, language))
        for one in things[:MOST]
    ]
    return Screen(
        text, [*grid(tiles), _ends(words, shown, "pv", language, press("cat", shown.id, 0))]
    )


def service(
    words: Words, theirs: Words, shown: Service, lowest: int | None, free: Number, language: int
) -> Screen:
    text = lines(_head(words, shown.hidden), shelf.service(theirs, shown, lowest, free))
    find = Button(
        theirs.plain("🔎 Find a provider"), press("pvc", shown.id, language), style="primary"
    )
    return Screen(text, [[find], _ends(words, shown, "pv", language, press("sv", shown.id))])


def choices(words: Words, theirs: Words, shown: Service, language: int) -> Screen:
    """The options as their buttons read, then each question with its answers."""
    told = [Markup.escape(shelf.option(theirs, one, 0)) for one in shown.options]
    asked = [
        Markup("❓ <b>{}</b> {}").format(
            theirs.pick(one["names"]),
            " / ".join(theirs.pick(choice) for choice in one.get("choices", ()))
            or theirs.plain("Type your answer."),
        )
        for one in shown.questions
    ]
    photos = (
        theirs("📷 Photos help them bring the right parts. Send some, or type a few words.")
        if shown.photos else None
    )  # fmt: skip
    text = lines(
        _head(words, shown.hidden),
        theirs("Anything extra? Tap to add, or just go on.") if told else None,
        *told,
        Markup("") if told else None,
        *asked,
        photos,
        words("Nothing is asked.") if not told + asked and photos is None else None,
    )
    return Screen(text, [_ends(words, shown, "pvc", language, press("pv", shown.id, language))])
