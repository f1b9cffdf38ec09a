"""How the question looks whether an address that was typed is where to look around."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.customer.parts import home_row, lines, short
from bot.i18n import Words
from bot.screen import Button, Screen, press
from bot.words import place_name
from core.places import Place

_ELSEWHERE = press("where")


def offered(words: Words, typed: str, found: Sequence[Place], *, whole: bool) -> Screen:
    """`whole`: door and place are certain, so that it can be kept as one of their addresses, too."""
    head = words("📍 <b>{address}</b>", address=short(typed, 80))
    if not found:
        return _unknown(words, head)
    names = [place_name(words, place) for place in found]
    ask = (
        words("Shall I look around {place}?", place=names[0]) if len(found) == 1
        else words("Where shall I look around?")
    )  # fmt: skip
    rows = [
        [Button(short(f"📍 {name}", 30), press("there", number, 0), style="primary" if whole else "")]
        for number, name in enumerate(names)
    ]  # fmt: skip
    if whole:
        rows.append([Button(words.plain("📍 Yes, and save it"), press("there", 0, 1))])
    other = Button(words.plain("🗺 Another place"), _ELSEWHERE)
    return Screen(lines(head, ask), [*rows, [other, *home_row(words)]])


def _unknown(words: Words, head: Markup) -> Screen:
    text = lines(
        head,
        words("I can't find this on my map. Type a landmark, a station or a street nearby, or share your location."),
    )  # fmt: skip
    where = Button(words.plain("📍 Share my location"), _ELSEWHERE)
    return Screen(text, [[where], home_row(words)])
