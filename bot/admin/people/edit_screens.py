"""How a correction looks: what there is, the question, old and new."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.admin.parts import back, lines
from bot.admin.people.screens import LANGUAGES
from bot.i18n import Words, mark
from bot.screen import Button, Screen, grid, press
from core.people.mending import OF_PROVIDERS, Correction, Part
from core.people.profile import Profile

PARTS = {
    Part.NAME: mark("Name"),
    Part.PHONE: mark("Phone"),
    Part.LANGUAGE: mark("Language"),
    Part.FIRM: mark("Name as a provider"),
    Part.AREA: mark("Where they work"),
    Part.RADIUS: mark("How far they go"),
}
HINTS = {
    Part.NAME: mark("Type the right name."),
    Part.PHONE: mark("Type the right number, for example 13800138000."),
    Part.FIRM: mark("Type the name that customers read."),
    Part.AREA: mark("Type a district, a street or a place."),
    Part.RADIUS: mark("Type the distance in km, from 1 to 50."),
}


def menu(words: Words, one: Profile) -> Screen:
    parts = [part for part in Part if one.provider or part not in OF_PROVIDERS]
    choices = [
        Button(words.plain(PARTS[part]), press("uef", one.person.id, list(Part).index(part)))
        for part in parts
    ]
    text = lines(
        words("✏️ <b>What is wrong about {name}?</b>", name=one.name),
        words("Hours, prices and papers are the provider's own; their dossier shows them.")
        if one.provider else None,
    )  # fmt: skip
    dossier = []
    if one.provider:
        dossier = [[Button(words.plain("👤 Dossier"), press("anv", one.provider.provider.id))]]
    return Screen(text, [*grid(choices), *dossier, back(words, press("uv", one.person.id))])


def ask(words: Words, one: Profile, part: Part) -> Screen:
    text = lines(
        Markup("✏️ <b>{}</b> · {}").format(words.plain(PARTS[part]), one.name), words(HINTS[part])
    )
    return Screen(text, [back(words, press("ue", one.person.id))])


def language(words: Words, one: Profile, codes: Sequence[str]) -> Screen:
    choices = [
        Button(LANGUAGES.get(code, code), press("uel", one.person.id, code)) for code in codes
    ]
    text = words("🌐 <b>Which language does {name} read?</b>", name=one.name)
    return Screen(text, [choices, back(words, press("ue", one.person.id))])


def sure(words: Words, one: Profile, said: Correction) -> Screen:
    text = lines(
        Markup("✏️ <b>{}</b> · {}").format(words.plain(PARTS[said.part]), one.name),
        words("{old} → <b>{new}</b>", old=_shown(said, said.old), new=_shown(said, said.new)),
        words("It is written down with your name."),
    )
    yes = Button(words.plain("Yes, correct it"), press("uey", one.person.id), style="primary")
    return Screen(text, [[yes], back(words, press("ue", one.person.id))])


def _shown(said: Correction, value: str) -> str:
    return LANGUAGES.get(value, value) if said.part is Part.LANGUAGE else value
