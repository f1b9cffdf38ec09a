"""How a service, a provider and a promotion look as a message in somebody else's chat."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.customer.parts import dotted, lines, named, short, stars
from bot.customer.providers.page_screens import experience, head
from bot.giving import gives, scope, until
from bot.i18n import Words
from bot.screen import Button, Tile
from core.catalog.model import Category, Service
from core.people.providers import ProviderPage
from core.promotions.model import Coupon

PRICES = 3


def service(words: Words, shown: Service, lowest: int | None, link: str) -> Tile:
    name = named(shown, words)
    facts = dotted([
        "" if lowest is None else words("From {price}", price=words.money(lowest)),
        words("About {time}", time=words.minutes(shown.minutes)),
    ])  # fmt: skip
    text = lines(
        words("<b>{name}</b>", name=name),
        words.pick(shown.descriptions) if shown.descriptions else None,
        facts,
    )
    return _tile(f"s{shown.id}", name, facts, text, words.plain("See who can come"), link)


def provider(words: Words, shown: ProviderPage, link: str) -> Tile:
    offers = [
        words("{name} {price}", name=words.pick(o.service.names), price=words.money(o.price))
        for o in shown.offers[:PRICES]
    ]
    text = lines(
        head(words, shown), experience(words, shown.provider), *(Markup("• ") + o for o in offers)
    )
    facts = dotted([stars(shown.provider, words), *offers[:1]])
    name = f"👷 {shown.provider.name}"
    return _tile(f"p{shown.provider.id}", name, facts, text, words.plain("See and book"), link)


def deal(words: Words, coupon: Coupon, categories: Sequence[Category | Service], link: str) -> Tile:
    name = f"🎁 {words.pick(coupon.names)}"
    first = [words("for your first order")] if coupon.newcomers else []
    facts = dotted([gives(words, coupon), until(words, coupon), *first])
    text = lines(
        words("<b>{name}</b>", name=name),
        facts,
        words("For: {what}", what=scope(words, coupon, categories)),
    )
    return _tile(f"d{coupon.id}", name, facts, text, words.plain("Use this deal"), link)


def _tile(id: str, title: str, facts: Markup, text: Markup, label: str, link: str) -> Tile:
    return Tile(
        id, short(title, 60), short(facts.unescape(), 120), text, [[Button(label, url=link)]]
    )
