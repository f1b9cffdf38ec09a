"""How a category and a service look."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.customer.parts import back as back_button
from bot.customer.parts import home_row, lines, named, onward
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Category, Service
from core.search.finder import Number

PAGE = 6


def category(
    words: Words, shown: Category, things: Sequence[Category | Service], number: int, *, back: str
) -> Screen:
    page = Page.of(things, number, size=PAGE)
    text = lines(
        words("<b>{name}</b>", name=named(shown, words)),
        words("What do you need?")
        if things
        else words("Nothing here yet. Just type what you need."),
    )
    tiles = [_tile(thing, words) for thing in page.items]
    other = onward(words, page, "c", shown.id)
    if not other and back != press("home", 0):
        other = home_row(words)
    return Screen(text, [*grid(tiles), [back_button(words, back), *other]])


def _tile(thing: Category | Service, words: Words) -> Button:
    if isinstance(thing, Category):
        return Button(f"{named(thing, words)} ›", press("c", thing.id, 0))
    return Button(words.pick(thing.names), press("s", thing.id))


def service(
    words: Words, shown: Service, lowest: int | None, free: Number, *, share: Button, back: str
) -> Screen:
    text = lines(
        words("<b>{name}</b>", name=named(shown, words)),
        Markup.escape(words.pick(shown.descriptions)) if shown.descriptions else None,
        Markup(""),
        None if lowest is None else words("💰 From {price}", price=words.money(lowest)),
        words("⏱ About {time}", time=words.minutes(shown.minutes)),
        words("👷 Nobody near you offers this yet") if lowest is None else free_today(words, free),
        *_extras(words, shown),
    )
    find = Button(
        words.plain("🔎 Find a provider"), press("l", shown.id, "r0000", 0), style="primary"
    )
    last = [back_button(words, back), share]
    return Screen(text, [[find], last])


def free_today(words: Words, free: Number) -> Markup:
    if free.more:
        return words("👷 More than {n} can still come today", n=free.count)
    if not free.count:
        return words("👷 Fully booked today, but the next days are open")
    return words.plural(
        "👷 {n} provider can still come today", "👷 {n} providers can still come today", free.count
    )


def _extras(words: Words, shown: Service) -> list[Markup]:
    if not shown.options:
        return []
    rows = [
        words("• {name} +{price}", name=words.pick(o["names"]), price=words.money(o["price"]))
        for o in shown.options[:6]
    ]
    return [Markup(""), words("Extras you can add:"), *rows]
