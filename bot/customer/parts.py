"""Small pieces that several of the customer's screens share."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Words
from bot.screen import Button, press
from core.catalog.model import Category, Service
from core.people.model import Person, Provider

DOT = Markup(" · ")
LINE = Markup("\n")


def named(thing: Category | Service, words: Words) -> str:
    """❄️ AC repair"""
    return f"{thing.emoji} {words.pick(thing.names)}".strip()


def back(words: Words, data: str, label: str = "") -> Button:
    return Button(label or words.plain("‹ Back"), data)


def home_row(words: Words) -> list[Button]:
    return [Button(words.plain("🏠 Home"), press("home", 0))]


def near(words: Words, person: Person) -> Markup:
    """Which place the answers are for."""
    if person.lat is None:
        return words("📍 Tell us where to come to see only those near you.")
    return words("📍 {place}", place=person.place or words("Your location"))


def lines(*parts: str | Markup | None) -> Markup:
    """The parts that say something, one below the other; bare text is escaped."""
    return LINE.join(part for part in parts if part is not None)


def dotted(parts: Sequence[str | Markup]) -> Markup:
    return DOT.join(part for part in parts if part)


def stars(provider: Provider, words: Words) -> Markup:
    """★ 4.9 (32), or New."""
    if not provider.rating_count:
        return words("★ New")
    return words(
        "★ {rating} ({count})",
        rating=words.rating(provider.rating), count=words.number(provider.rating_count),
    )  # fmt: skip


def short(text: str, most: int) -> str:
    """Cut for a button, where long names would be cut in the middle of nowhere."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
