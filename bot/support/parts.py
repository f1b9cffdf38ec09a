"""Small pieces of the screens of help, and what differs between the two bots."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.screen import Button, press
from bot.sides import home_row

DOT, LINE = Markup(" · "), Markup("\n")
# What else typed words may mean: a button that looks for it.
LOOK = {"customer": (mark("🔎 Find a service"), press("found"))}


def lines(*parts: str | Markup | None) -> Markup:
    """The parts that say something, one below the other; bare text is escaped."""
    return LINE.join(part for part in parts if part is not None)


def dotted(parts: Sequence[str | Markup]) -> Markup:
    return DOT.join(part for part in parts if part)


def short(text: str, most: int) -> str:
    """Cut for a button, where long names would be cut in the middle of nowhere."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def back(words: Words, data: str) -> Button:
    return Button(words.plain("‹ Back"), data)


def look(words: Words, side: str) -> list[Button]:
    if side not in LOOK:
        return []
    label, leads = LOOK[side]
    return [Button(words.plain(label), leads)]


__all__ = ["back", "dotted", "home_row", "lines", "look", "short"]
