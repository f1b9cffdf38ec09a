"""How the choice of whom an announcement is for looks, and the choice in a few words."""

from collections.abc import Sequence
from typing import TypeVar

from babel import Locale
from markupsafe import Markup

from bot.admin.parts import back, lines
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from core.announcements.model import Announcement, Heads, Side

SIDES = {
    Side.ALL: mark("everybody"),
    Side.CUSTOMERS: mark("customers"),
    Side.PROVIDERS: mark("providers"),
}
ORDERED = {
    0: mark("ordered or not"),
    30: mark("ordered in the last 30 days"),
    -60: mark("no order for 60 days"),
}
SIZE = 6
T = TypeVar("T")


def language_name(code: str, words: Words) -> str:
    """English, Chinese, as the reader calls it."""
    return str(Locale.parse(code).get_language_name(words.language) or code)


def aimed(words: Words, one: Announcement) -> str:
    """customers · Pudong · English · no order for 60 days"""
    parts = [
        words.plain(SIDES[one.side]),
        words.district(one.district) if one.district else "",
        language_name(one.language, words) if one.language else "",
        words.plain(ORDERED[one.ordered]) if one.ordered in ORDERED and one.ordered else "",
    ]
    return " · ".join(filter(None, parts))


def whom(
    words: Words, one: Announcement, heads: Heads, languages: Sequence[str], district: int
) -> Screen:
    """`district`: its number among all, 0 for all of them."""

    def leads(
        side: Side = one.side, district: int = district, language: str = one.language or "all",
        ordered: int = one.ordered,
    ) -> str:  # fmt: skip
        return press("anws", one.id, side.value, district, language, ordered)

    sides = [
        Button(words.plain(name) + (" ✓" if side is one.side else ""), leads(side=side))
        for side, name in SIDES.items()
    ]
    where = words.district(one.district) if one.district else words.plain("all districts")
    spoken = language_name(one.language, words) if one.language else words.plain("all languages")
    rows = [
        sides,
        [Button(f"📍 {where}", press("anwl", one.id, 0)),
         Button(f"🌐 {spoken}", leads(language=_after(one.language or "all", ("all", *languages))))],
    ]  # fmt: skip
    if one.side is Side.CUSTOMERS:
        label = words.plain(ORDERED.get(one.ordered, ORDERED[0]))
        rows.append([Button(f"🛒 {label}", leads(ordered=_after(one.ordered, tuple(ORDERED))))])
    rows.append([Button(words.plain("✓ That's it"), press("and", one.id), style="primary")])
    text = lines(
        words("🎯 <b>Who gets it?</b>"),
        words("Tap to change. People of a district are those who were there last, or live there."),
        Markup(""),
        words.plural("👥 <b>{shown}</b> person", "👥 <b>{shown}</b> people", heads.reached,
                     shown=words.number(heads.reached)),
    )  # fmt: skip
    return Screen(text, rows)


def _after(now: T, every: Sequence[T]) -> T:
    return every[(every.index(now) + 1) % len(every)] if now in every else every[0]


def districts(
    words: Words, one: Announcement, known: Sequence[str], number: int, *, again: bool = False
) -> Screen:
    page = Page.of(list(enumerate(known, start=1)), number, SIZE)
    buttons = [
        Button(
            words.district(name) + (" ✓" if name == one.district else ""),
            press("anws", one.id, one.side.value, place, one.language or "all", one.ordered),
        )
        for place, name in page.items
    ]
    every = Button(
        words.plain("All districts"),
        press("anws", one.id, one.side.value, 0, one.language or "all", one.ordered),
    )
    text = lines(
        words("We don't know this district.") if again else None,
        words("📍 <b>Which district?</b>"), words("Tap it or type it."),
    )  # fmt: skip
    away = [every, *back(words, press("anw", one.id))]
    return Screen(text, [*grid(buttons), *page.turns("anwl", one.id), away])
