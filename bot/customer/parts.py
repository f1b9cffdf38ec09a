"""Small pieces that several of the customer's screens share."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.links import Links
from bot.screen import Button, Page, press
from core.catalog.model import Category, Service
from core.orders.booking import Chosen
from core.people.model import Address, Person, Provider
from core.pricing import Item, quote

DOT = Markup(" · ")
LINE = Markup("\n")
# Usual names of saved addresses; any other is shown as it was typed.
LABELS = {
    "home": ("🏠", mark("Home address")),
    "work": ("🏢", mark("Work")),
    "family": ("👪", mark("Parents")),
}


def named(thing: Category | Service, words: Words) -> str:
    """❄️ AC repair"""
    return f"{thing.emoji} {words.pick(thing.names)}".strip()


def back(words: Words, data: str, label: str = "") -> Button:
    return Button(label or words.plain("‹ Back"), data)


def share(words: Words, link: Links, kind: str, subject: int) -> Button:
    """Shares a thing with somebody: as a card where the bot may be called in their chat, else by its address."""
    label = words.plain("🔗 Share")
    if link.inline:
        return Button(label, inline=link.payload(kind, subject))
    return Button(label, share=link(kind, subject))


def which_place(words: Words) -> Markup:
    """Above the few places that typed words may mean."""
    return lines(
        words("Which one do you mean?"),
        words("None of these? Type a street, a station or a landmark."),
    )


def home_row(words: Words) -> list[Button]:
    return [Button(words.plain("🏠 Home"), press("home", 0))]


def me_row(words: Words) -> list[Button]:
    """For what is about the customer rather than about a service: one step back, and home."""
    return [back(words, press("me"), words.plain("‹ Me")), *home_row(words)]


def onward(
    words: Words, page: Page, verb: str, *ids: int | str, then: Sequence[int | str] = (), first: int = 0
) -> list[Button]:  # fmt: skip
    """The one button that turns pages (`verb:ids…:page:then…`, from `first` on); the last one leads to the first."""
    if page.count == 1:
        return []
    if page.number + 1 < page.count:
        return [Button(words.plain("More ▶"), press(verb, *ids, first + page.number + 1, *then))]
    return [Button(words.plain("◀ First page"), press(verb, *ids, first, *then))]


def near(words: Words, person: Person) -> Markup:
    """Which place the answers are for."""
    if person.lat is None:
        return words("📍 Tell us where to come to see only those near you.")
    return words("📍 {place}", place=words.place(person.place) or words("Your location"))


def lines(*parts: str | Markup | None) -> Markup:
    """The parts that say something, one below the other; bare text is escaped."""
    return LINE.join(part for part in parts if part is not None)


def name_of(address: Address, words: Words) -> str:
    """🏠 Home, or what its owner calls it; the place where it has no name."""
    if address.label in LABELS:
        sign, label = LABELS[address.label]
        return f"{sign} {words.plain(label)}"
    return f"📍 {address.label or words.place(address.place)}"


def more_addresses(page: Page, words: Words, verb: str, *ids: str) -> list[list[Button]]:
    """The way to those on the next page, round and round; no row when one page is all."""
    if page.count == 1:
        return []
    label = words.plain(
        "🏠 More addresses ({page}/{count})", page=page.number + 1, count=page.count
    )
    return [[Button(label, press(verb, *ids, (page.number + 1) % page.count))]]


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


def visit(service: Service, price: int, chosen: Chosen | None) -> int:
    """The price of the visit itself, less what a coupon in hand takes off."""
    if chosen is None or chosen.coupon is None:
        return price
    return quote(items=[Item(service, price)], coupon=chosen.coupon).total
