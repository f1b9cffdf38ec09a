"""How the answers to typed words look."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.customer.parts import home_row, lines, named, short, stars
from bot.customer.search.free_screens import time_line
from bot.customer.search.times import packed
from bot.customer.search.where import Where
from bot.i18n import Words
from bot.screen import Button, Screen, grid, press
from core.catalog.model import Category, Service
from core.people.model import Provider
from core.search.timed import Window


def results(
    words: Words, asked: str, services: Sequence[tuple[Service, int | None]],
    providers: Sequence[Provider], around: Where | None = None,
) -> Screen:  # fmt: skip
    text = lines(
        words("🔎 <b>{asked}</b>", asked=short(asked, 80)),
        words("📍 {place}", place=around.name) if services and around and around.name else None,
        Markup(""),
        *(_service(words, service, price) for service, price in services),
        *(_provider(words, provider) for provider in providers),
    )
    found = [Button(short(named(s, words), 30), press("s", s.id)) for s, _ in services]
    people = [Button(short(f"👷 {p.name}", 30), press("p", p.id, 0, "r0000", 0)) for p in providers]
    columns = 1 if len(found) == 1 else 2
    return Screen(text, [*grid(found, columns=columns), *grid(people, columns=2), home_row(words)])


def _service(words: Words, service: Service, price: int | None) -> Markup:
    name = named(service, words)
    if price is None:
        return words("{name} · nobody near you right now", name=name)
    return words("{name} · from {price}", name=name, price=words.money(price))


def _provider(words: Words, provider: Provider) -> Markup:
    return words("👷 {name} · {stars}", name=provider.name, stars=stars(provider, words))


def which_of_these(
    words: Words, asked: str, at: Window, services: Sequence[Service], now: datetime
) -> Screen:
    """The words fit several services alike; the time is kept."""
    text = lines(
        words("🔎 <b>{asked}</b>", asked=short(asked, 80)),
        time_line(words, at, now),
        Markup(""),
        words("Which one do you mean? You'll see who is free then."),
    )
    return Screen(text, [*_at(words, at, services), home_row(words)])


def which_service(words: Words, at: Window, services: Sequence[Service], now: datetime) -> Screen:
    """Only a time was said."""
    text = lines(
        time_line(words, at, now),
        Markup(""),
        words("What do you need then? Type it, for example “AC not cooling”, or tap:"),
    )
    return Screen(text, [*_at(words, at, services), home_row(words)])


def which_of_theirs(
    words: Words, people: Sequence[Provider], at: Window, services: Sequence[Service], now: datetime
) -> Screen:
    """Somebody was named and a time; what for was not said."""
    text = lines(
        words("👷 <b>{name}</b>", name=words.plain(", ").join(one.name for one in people[:3])),
        time_line(words, at, now),
        Markup(""),
        words("What do you need then? Tap it to see who is free:"),
    )
    return Screen(text, [*_at(words, at, services), home_row(words)])


def _at(words: Words, at: Window, services: Sequence[Service]) -> list[list[Button]]:
    return grid(
        [Button(short(named(s, words), 30), press("lt", s.id, *packed(at), 0)) for s in services]
    )


def nothing(words: Words, asked: str, nearest: Sequence[Category]) -> Screen:
    text = lines(
        words("Nothing found for “{asked}”.", asked=short(asked, 80)),
        words("Try other words, or look here:"),
    )
    tiles = [Button(named(category, words), press("c", category.id, 0)) for category in nearest]
    support = Button(words.plain("🎧 Ask support"), press("help"))
    return Screen(text, [*grid(tiles), [support], home_row(words)])


def no_order(words: Words, number: str) -> Screen:
    text = words("You have no order {number}. Please check the number.", number=short(number, 40))
    mine = Button(words.plain("📋 My orders"), press("orders", 0))
    return Screen(
        text, [[mine, Button(words.plain("🎧 Ask support"), press("help"))], home_row(words)]
    )


def unreadable(words: Words) -> Screen:
    text = words("I understand words best. Type what you need, for example “AC not cooling”.")
    return Screen(text, [home_row(words)])
