"""How the answer looks whether we come to a place."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.customer.parts import back, home_row, lines, named, short
from bot.i18n import Words
from bot.screen import Button, Screen, grid, press
from core.catalog.model import Service


def reached(
    words: Words, name: str, spots: Sequence[str], examples: Sequence[tuple[Service, int]]
) -> Screen:
    """Yes with a few prices, not yet, or a place nobody knows; the same words can go to the staff."""
    text = lines(words("📍 <b>{place}</b>", place=short(name, 80)), *_said(words, spots, examples))
    look = grid([_look(words, number, spots) for number in range(len(spots) if examples else 0)])
    ask = Button(words.plain("💬 Ask our staff"), press("askthis"))
    return Screen(text, [*look, [ask], [back(words, press("help")), *home_row(words)]])


def _said(
    words: Words, spots: Sequence[str], examples: Sequence[tuple[Service, int]]
) -> list[Markup]:
    if not spots:
        return [
            words(
                "I can't find this on my map. Type a landmark, a station or a street nearby, or share your location."
            )
        ]
    if not examples:
        return [
            words("Nobody comes there yet."),
            words("Our staff can tell you more."),
        ]
    told = [
        words("• {name} from {price}", name=named(service, words), price=words.money(price))
        for service, price in examples
    ]
    more = [words("Which place is nearest to you?")] if len(spots) > 1 else []
    return [words("✅ Yes, we come there, for example:"), *told, *more]


def _look(words: Words, number: int, spots: Sequence[str]) -> Button:
    label = (
        words.plain("🔎 See who can come") if len(spots) == 1 else f"📍 {short(spots[number], 24)}"
    )
    return Button(label, press("reach", number), style="primary" if len(spots) == 1 else "")
