"""How a category and a service read to customers: in their bot, and to staff who look at it before it is published."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.i18n import Words
from core.catalog.model import Category, Service, Thing
from core.search.finder import Number

LINE, MOST_EXTRAS = Markup("\n"), 6


def category(words: Words, shown: Category, things: Sequence[Thing]) -> Markup:
    named = f"{shown.emoji} {words.pick(shown.names)}".strip()
    told = [words("<b>{name}</b>", name=named)]
    if described := words.pick(shown.descriptions):
        told.append(Markup.escape(described))
    told.append(
        words("What do you need?")
        if things
        else words("Nothing here yet. Just type what you need.")
    )
    return LINE.join(told)


def tile(words: Words, thing: Thing) -> str:
    """The label of its button."""
    if isinstance(thing, Category):
        return f"{thing.emoji} {words.pick(thing.names)} ›".strip()
    return words.pick(thing.names)


def service(words: Words, shown: Service, lowest: int | None, free: Number) -> Markup:
    """`lowest`: what the cheapest nearby asks, nothing where nobody offers it."""
    named = f"{shown.emoji} {words.pick(shown.names)}".strip()
    told = [words("<b>{name}</b>", name=named)]
    if described := words.pick(shown.descriptions):
        told.append(Markup.escape(described))
    told.append(Markup(""))
    if lowest is not None:
        told.append(words("💰 From {price}", price=words.money(lowest)))
    told.append(words("⏱ About {time}", time=words.minutes(shown.minutes)))
    nobody = words("👷 Nobody near you offers this yet")
    told.append(nobody if lowest is None else free_today(words, free))
    return LINE.join([*told, *_extras(words, shown)])


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
        for o in shown.options[:MOST_EXTRAS]
    ]
    return [Markup(""), words("Extras you can add:"), *rows]


def option(words: Words, one: Mapping[str, Any], count: int) -> str:
    """Its button while booking: ticked, or counted where it may be had several times."""
    sign = "☑" if count else "☐"
    times = f" ×{count}" if count > 1 else ""
    name = words.pick(one["names"])
    name = name if len(name) <= 20 else name[:19].rstrip() + "…"
    return f"{sign} {name}{times} +{words.money(one['price'])}"
