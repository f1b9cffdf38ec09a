"""How the choice of whom an announcement is for looks, and the choice in a few words."""

from collections.abc import Sequence
from typing import TypeVar

from babel import Locale
from markupsafe import Markup

from bot.admin.parts import back, lines
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from core.announcements.model import Announcement, Heads, Side
from core.places import Area

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
Numbered = Sequence[tuple[int, Area]]  # the buttons carry the number


def language_name(code: str, words: Words) -> str:
    """English, Chinese, as the reader calls it."""
    return str(Locale.parse(code).get_language_name(words.language) or code)


def aimed(words: Words, one: Announcement) -> str:
    """customers · Pudong · English · no order for 60 days"""
    parts = [
        words.plain(SIDES[one.side]),
        words.area(one.district or one.city) if one.audience.placed else "",
        language_name(one.language, words) if one.language else "",
        words.plain(ORDERED[one.ordered]) if one.ordered in ORDERED and one.ordered else "",
    ]
    return " · ".join(filter(None, parts))


def whom(
    words: Words, one: Announcement, heads: Heads, languages: Sequence[str], area: int, *, cities: bool
) -> Screen:  # fmt: skip
    """`area`: its number among all, 0 for everywhere; `cities`: whether there are several."""

    def leads(
        side: Side = one.side, language: str = one.language or "all", ordered: int = one.ordered
    ) -> str:
        return press("anws", one.id, side.value, area, language, ordered)

    sides = [
        Button(words.plain(name) + (" ✓" if side is one.side else ""), leads(side=side))
        for side, name in SIDES.items()
    ]
    where = (
        words.area(one.district or one.city) if one.audience.placed
        else words.plain("all cities") if cities else words.plain("all districts")
    )  # fmt: skip
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
        words("Tap to change. People of a city or district are those who were there last, or live there.")
        if cities
        else words("Tap to change. People of a district are those who were there last, or live there."),
        Markup(""),
        words.plural("👥 <b>{shown}</b> person", "👥 <b>{shown}</b> people", heads.reached,
                     shown=words.number(heads.reached)),
    )  # fmt: skip
    return Screen(text, rows)


def _after(now: T, every: Sequence[T]) -> T:
    return every[(every.index(now) + 1) % len(every)] if now in every else every[0]


def cities(
    words: Words, one: Announcement, known: Numbered, number: int, *, again: bool = False
) -> Screen:
    page = Page.of(known, number, SIZE)
    text = lines(
        _unknown(words, cities=True) if again else None,
        words("🏙 <b>Which city?</b>"), words("Tap it, or type a city or a district."),
    )  # fmt: skip
    every = _leads(words.plain("All cities"), one, 0)
    return Screen(
        text,
        [
            *grid([_named(words, one, place, area.city, one.city) for place, area in page.items]),
            *page.turns("anwc", one.id), [every, *back(words, press("anw", one.id))],
        ],
    )  # fmt: skip


def districts(
    words: Words, one: Announcement, known: Numbered, number: int, whole: int, *, again: bool = False
) -> Screen:  # fmt: skip
    """`whole`: the number of the city that was chosen, or 0 where there is only one."""
    page = Page.of(known, number, SIZE)
    text = lines(
        _unknown(words, cities=bool(whole)) if again else None,
        words("📍 <b>Which district?</b>"), words("Tap it or type it."),
    )  # fmt: skip
    every = words.plain("All of {city}", city=words.area(one.city)) if whole else ""
    away = [
        _leads(every or words.plain("All districts"), one, whole),
        *back(words, press("anw", one.id)),
    ]
    other = [[Button(words.plain("🏙 Another city"), press("anwc", one.id, 0))]] if whole else []
    return Screen(
        text,
        [
            *grid([
                _named(words, one, place, area.district, one.district) for place, area in page.items
            ]),
            *page.turns("anwl", one.id), *other, away,
        ],
    )  # fmt: skip


def _unknown(words: Words, *, cities: bool) -> Markup:
    if cities:
        return words("We don't know this city or district.")
    return words("We don't know this district.")


def _named(words: Words, one: Announcement, place: int, name: str, chosen: str) -> Button:
    return _leads(words.area(name) + (" ✓" if name == chosen else ""), one, place)


def _leads(label: str, one: Announcement, place: int) -> Button:
    """To the same audience in this area."""
    language = one.language or "all"
    return Button(label, press("anws", one.id, one.side.value, place, language, one.ordered))
