"""How the list of providers, its orders and its filters look."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.customer.parts import back as back_button
from bot.customer.parts import dotted, home_row, lines, named, near, onward, short, stars, visit
from bot.customer.providers.view import DISTANCES, RATINGS, View, price_range
from bot.i18n import Words, mark
from bot.screen import Button, Page, Screen, grid, press
from bot.words import LEVELS
from core.catalog.model import Service
from core.orders.booking import Chosen
from core.people.model import Level, Person
from core.search.finder import Offer, Offers

SORT_NAMES = {
    "r": mark("★ Best rated"),
    "p": mark("💰 Lowest price"),
    "d": mark("📍 Nearest"),
    "e": mark("⚡ Earliest"),
}
SHOWN = 3


def offers(
    words: Words, service: Service, person: Person, view: View, found: Offers, *, now: datetime,
    hearts: Sequence[int] = (), chosen: Chosen | None = None,
) -> Screen:  # fmt: skip
    if not found.items:
        return _nobody(words, service, person, view)
    first = found.number * SHOWN + 1
    told = [
        _told(words, number, offer, now, hearts, visit(service, offer.price, chosen))
        for number, offer in enumerate(found.items, start=first)
    ]
    deal = chosen and chosen.coupon
    text = lines(
        _title(words, service, found),
        dotted([near(words, person), words(SORT_NAMES[view.sort])]),
        words("🎟 {coupon}", coupon=words.pick(deal.names)) if deal else None,
        Markup(""),
        *told,
    )
    pages = Page(found.number, found.pages)
    last = [
        back_button(words, press("s", service.id)),
        *onward(words, pages, "l", service.id, view.code),
    ]
    return Screen(
        text,
        [
            *_people(words, service, view, found, now),
            [_choices(words, service, view), *_further(words, service, person, view, found.total)],
            last,
        ],
    )


def _title(words: Words, service: Service, found: Offers) -> Markup:
    count = (
        words("More than {n} can come", n=found.total) if found.more
        else words.plural("{n} can come", "{n} can come", found.total)
    )  # fmt: skip
    return words("<b>{name}</b> · {count}", name=named(service, words), count=count)


def _told(
    words: Words, number: int, offer: Offer, now: datetime, hearts: Sequence[int], price: int
) -> Markup:
    provider = offer.provider
    signs = (" ♥" if provider.id in hearts else "") + (" ✔" if offer.verified else "")
    signs += f" {LEVELS[provider.level][0]}" if provider.level is not Level.STARTER else ""
    head = words("<b>{n}. {name}</b>", n=number, name=provider.name) + Markup(signs)
    usual = words.money(offer.price)
    facts = dotted([
        usual if price == offer.price
        else words("{price} <s>{usual}</s>", price=words.money(price), usual=usual),
        words.plural("{n} year", "{n} years", provider.years),
        words.distance(offer.km) if offer.km is not None else "",
    ])  # fmt: skip
    soonest = words("⚡ {time}", time=words.moment(offer.earliest, now=now))
    told = [Markup("    ") + line for line in (facts, soonest)]
    return lines(dotted([head, stars(provider, words)]), *told)


def _people(
    words: Words, service: Service, view: View, found: Offers, now: datetime
) -> list[list[Button]]:
    """Each leads to their page; beside the first stands one tap for that one's earliest time."""
    pages = [
        Button(
            short(f"{number}. {offer.provider.name}", 22),
            press("p", offer.provider.id, service.id, view.code, found.number),
        )
        for number, offer in enumerate(found.items, start=found.number * SHOWN + 1)
    ]
    first = found.items[0]
    soonest = Button(
        f"⚡ {words.brief_moment(first.earliest, now=now)}",
        press("bookat", service.id, first.provider.id, int(first.earliest.timestamp()) // 60),
    )
    return grid([pages[0], soonest, *pages[1:]])


def _choices(words: Words, service: Service, view: View) -> Button:
    """The way to the orders, from there to the filters and to another place."""
    label = words.plain("⇅ Sort & filter")
    if view.filters:
        label = f"{label} ({view.filters})"
    return Button(label, press("o", service.id, view.code))


def _further(
    words: Words, service: Service, person: Person, view: View, total: int
) -> list[Button]:
    """Who has not said where they are helps themselves most with that; else those found can be compared."""
    if person.lat is None:
        return [_location(words, service, view)]
    if total == 1:
        return []
    return [Button(words.plain("⚖️ Compare"), press("cmp", service.id, view.code))]


def _location(words: Words, service: Service, view: View) -> Button:
    return Button(words.plain("📍 Location"), press("lw", service.id, view.code))


def _nobody(words: Words, service: Service, person: Person, view: View) -> Screen:
    said = (
        words("No provider fits all your filters.") if view.filters
        else words("Nobody near you offers this in the next two weeks.")
    )  # fmt: skip
    text = lines(
        words("<b>{name}</b>", name=named(service, words)),
        near(words, person),
        Markup(""),
        said,
        None if view.filters else words("Try another place, or ask us: we'll find somebody."),
    )
    way_out = [Button(words.plain("🎧 Support"), press("help"))]
    if view.filters:
        clear = press("l", service.id, view.cleared().code, 0)
        way_out = [
            Button(words.plain("Clear filters"), clear, style="primary"),
            _choices(words, service, view),
        ]
    last = [back_button(words, press("s", service.id)), _location(words, service, view)]
    return Screen(text, [way_out, last])


def sorts(words: Words, service: Service, person: Person, view: View) -> Screen:
    text = lines(
        words("<b>{name}</b>", name=named(service, words)), words("How should we sort them?")
    )
    offered = [key for key in SORT_NAMES if key != "d" or person.lat is not None]
    buttons = [
        Button(
            words.plain(SORT_NAMES[key]) + (" ✓" if key == view.sort else ""),
            press("l", service.id, View(key, *_filters(view)).code, 0),
        )
        for key in offered
    ]
    more = [_filters_button(words, service, view), _location(words, service, view)]
    return Screen(
        text, [*grid(buttons), more, _return(words, press("l", service.id, view.code, 0))]
    )


def _filters_button(words: Words, service: Service, view: View) -> Button:
    label = words.plain("Filters ({n})", n=view.filters) if view.filters else words.plain("Filters")
    return Button(f"{label} ›", press("f", service.id, view.code))


def _filters(view: View) -> tuple[int, int, int, int]:
    return view.rating, view.price, view.distance, view.verified


def _return(words: Words, to: str) -> list[Button]:
    return [back_button(words, to), *home_row(words)]


def filters(words: Words, service: Service, person: Person, view: View, found: Offers) -> Screen:
    text = lines(
        words("<b>{name}</b> · filters", name=named(service, words)),
        words("Tap a filter to change it; you can combine them."),
    )
    rows = [
        [Button(label, press("f", service.id, view.turned(name).code))]
        for name, label in _labels(words, service, person, view)
    ]
    show = words.plain_plural("Show {n} provider", "Show {n} providers", found.total)
    if found.more:
        show = words.plain("Show more than {n}", n=found.total)
    elif not found.total:
        show = words.plain("No match")
    result = [Button(show, press("l", service.id, view.code, 0), style="primary")]
    clear = [Button(words.plain("Clear filters"), press("f", service.id, view.cleared().code))]
    away = _return(words, press("o", service.id, view.code))
    return Screen(text, [*rows, result, *([clear] if view.filters else []), away])


def _labels(
    words: Words, service: Service, person: Person, view: View
) -> Iterator[tuple[str, str]]:
    any_ = words.plain("any")
    rating, distance = RATINGS[view.rating], DISTANCES[view.distance]
    yield (
        "rating",
        words.plain(
            "★ Rating: {value}", value=any_ if rating is None else f"{words.rating(rating)}+"
        ),
    )
    yield "price", words.plain("💰 Price: {value}", value=_price(words, service, view) or any_)
    if person.lat is not None:
        value = any_ if distance is None else f"≤ {words.distance(distance)}"
        yield "distance", words.plain("📍 Distance: {value}", value=value)
    verified = words.plain("only") if view.verified else any_
    yield "verified", words.plain("✔ Verified: {value}", value=verified)


def _price(words: Words, service: Service, view: View) -> str:
    low, high = price_range(service, view.price)
    if low is None:
        return f"≤ {words.money(high)}" if high is not None else ""
    return f"≥ {words.money(low)}" if high is None else f"{words.money(low)}–{words.money(high)}"
