"""How a category and a service look."""

from collections.abc import Sequence

from bot import shelf
from bot.customer.parts import back as back_button
from bot.customer.parts import home_row, onward
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Category, Service
from core.search.finder import Number

PAGE = 6


def category(
    words: Words, shown: Category, things: Sequence[Category | Service], number: int, *, back: str
) -> Screen:
    page = Page.of(things, number, size=PAGE)
    tiles = [_tile(thing, words) for thing in page.items]
    other = onward(words, page, "c", shown.id)
    if not other and back != press("home", 0):
        other = home_row(words)
    text = shelf.category(words, shown, things)
    return Screen(text, [*grid(tiles), [back_button(words, back), *other]])


def _tile(thing: Category | Service, words: Words) -> Button:
    opens = press("c", thing.id, 0) if isinstance(thing, Category) else press("s", thing.id)
    return Button(shelf.tile(words, thing), opens)


def service(
    words: Words, shown: Service, lowest: int | None, free: Number, *, share: Button, back: str
) -> Screen:
    find = Button(
        words.plain("🔎 Find a provider"), press("l", shown.id, "r0000", 0), style="primary"
    )
    last = [back_button(words, back), share]
    return Screen(shelf.service(words, shown, lowest, free), [[find], last])
