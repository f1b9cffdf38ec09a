"""How three providers look side by side, and the two screens that change what is compared."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.customer.compare.table import Row, table
from bot.customer.parts import back, home_row, lines, named, near, onward, short
from bot.i18n import Words
from bot.screen import Button, Page, Screen, press
from core.catalog.model import Service
from core.people.model import Person
from core.search.comparing import Compared, Comparison

YES, NO = "✓", "–"
OTHERS = 4


def side_by_side(
    words: Words, found: Comparison, person: Person, view: str, hearts: Sequence[int], *,
    now: datetime,
) -> Screen:  # fmt: skip
    if len(found.items) < 2:
        return _alone(words, found, view)
    names = [_name(words, n, item, hearts) for n, item in enumerate(found.items, start=1)]
    text = lines(
        words("⚖️ <b>{name}</b> · side by side", name=named(found.service, words)),
        near(words, person),
        *_chosen(words, found),
        Markup(""),
        *names,
        Markup("<pre>{}</pre>").format(table(_rows(words, found))),
        *_winners(words, found),
    )
    rows = [_row(words, found, n, item, view) for n, item in enumerate(found.items, start=1)]
    change_ = Button(words.plain("⇄ Change"), press("cmpc", found.service.id, view))
    return Screen(text, [*rows, [back(words, press("l", found.service.id, view, 0)), change_]])


def _alone(words: Words, found: Comparison, view: str) -> Screen:
    text = lines(
        words("⚖️ <b>{name}</b>", name=named(found.service, words)),
        words("There is nobody to compare with at the moment."),
    )
    return Screen(text, [[back(words, press("l", found.service.id, view, 0)), *home_row(words)]])


def _chosen(words: Words, found: Comparison) -> Iterator[Markup]:
    """What the totals hold besides the visit itself."""
    told = [
        words.pick(option["names"]) + (f" ×{count}" if count > 1 else "")
        for option in found.service.options
        if (count := found.chosen.options.get(option["code"], 0))
    ]
    if told:
        yield words("➕ {extras}", extras=words.plain(", ").join(told))
    if found.chosen.coupon:
        yield words("🎟 {coupon}", coupon=words.pick(found.chosen.coupon.names))


def _name(words: Words, number: int, item: Compared, hearts: Sequence[int]) -> Markup:
    of = item.offer.provider
    heart = Markup(" ♥") if of.id in hearts else Markup("")
    return words("<b>{n}</b> {name}", n=number, name=short(of.name, 40)) + heart


def _rows(words: Words, found: Comparison) -> list[Row]:
    """Every label has as many Han characters as the others and no cell has any: phones draw them a little narrower."""
    offers = [item.offer for item in found.items]
    people = [offer.provider for offer in offers]
    rated = [words.rating(of.rating) if of.rating_count else NO for of in people]
    rows: list[Row] = [
        (words.plain("Who"), [str(n) for n, _ in enumerate(offers, start=1)]),
        (words.plain("Total"), [words.money(item.total) for item in found.items]),
        (words.plain("Day"), [words.brief_date(words.local(o.earliest).date()) for o in offers]),
        (words.plain("Time"), [words.time(o.earliest) for o in offers]),
        (words.plain("Rating"), rated),
        (words.plain("Reviews"), [words.number(of.rating_count) for of in people]),
        (words.plain("Km"), [NO if o.km is None else words.number(o.km) for o in offers]),
        (words.plain("Checked"), [YES if offer.verified else NO for offer in offers]),
        (words.plain("Years"), [str(of.years) for of in people]),
    ]
    return rows if offers[0].km is not None else [row for row in rows if set(row[1]) != {NO}]


def _winners(words: Words, found: Comparison) -> Iterator[Markup]:
    told = (
        (found.cheapest, words("💰 Lowest price: {n}", n=(found.cheapest or 0) + 1)),
        (found.soonest, words("⚡ Soonest: {n}", n=(found.soonest or 0) + 1)),
        (found.best, words("★ Best rated: {n}", n=(found.best or 0) + 1)),
    )
    if said := [line for place, line in told if place is not None]:
        yield Markup(" · ").join(said)


def _row(words: Words, found: Comparison, number: int, item: Compared, view: str) -> list[Button]:
    of, service = item.offer.provider, found.service
    from_here = view[:1].upper() + view[1:]
    page = press("p", of.id, service.id, from_here, 0)
    book = words.plain("Book {n} · {price}", n=number, price=words.money(item.total))
    return [
        Button(f"{number} {short(of.name, 16)}", page),
        Button(book, press("bookas", service.id, of.id), style="primary"),
    ]


def change(words: Words, found: Comparison, view: str) -> Screen:
    service = found.service
    text = lines(
        words("⚖️ <b>{name}</b>", name=named(service, words)),
        words("Whom would you like to replace?")
        if found.others
        else words("Nobody else can come at the moment."),
    )
    swaps = [
        [
            Button(
                f"⇄ {n + 1} {short(item.offer.provider.name, 30)}",
                press("cmpw", service.id, view, n, 0),
            )
        ]
        for n, item in enumerate(found.items)
        if found.others
    ]
    extra = Button(words.plain("✏️ Extras"), press("cmpo", service.id, view))
    last = [back(words, press("cmp", service.id, view))]
    return Screen(text, [*swaps, *([[extra]] if service.options else []), last])


def others(words: Words, found: Comparison, view: str, place: int, number: int) -> Screen:
    service = found.service
    page = Page.of(found.others, number, size=OTHERS)
    gone = found.items[place].offer.provider.name
    text = words("Who should stand in place of <b>{name}</b>?", name=gone)
    rows = [
        [
            Button(
                _other(words, offer.provider.name, offer.price, offer.provider.rating),
                press("cmps", service.id, view, place, offer.provider.id),
            )
        ]
        for offer in page.items
    ]
    turn = onward(words, page, "cmpw", service.id, view, place)
    return Screen(text, [*rows, [back(words, press("cmpc", service.id, view)), *turn]])


def _other(words: Words, name: str, price: int, rating: float) -> str:
    stars = f" · ★ {words.rating(rating)}" if rating else ""
    return f"{short(name, 24)} · {words.money(price)}{stars}"


def extras(words: Words, service: Service, chosen: dict[str, int], view: str) -> Screen:
    text = lines(
        words("<b>{name}</b> · extras", name=named(service, words)),
        words("Tap what you need; the totals follow."),
    )
    rows = [
        [_extra(words, service, index, option, chosen.get(option["code"], 0), view)]
        for index, option in enumerate(service.options[:6])
    ]
    show = Button(words.plain("Compare ▶"), press("cmp", service.id, view), style="primary")
    return Screen(text, [*rows, [back(words, press("cmpc", service.id, view)), show]])


def _extra(
    words: Words, service: Service, index: int, option: dict[str, Any], count: int, view: str
) -> Button:
    """One tap more of it; after the most none."""
    most = option.get("max", 1)
    times = f" ×{count}" if count > 1 else ""
    label = f"{'☑' if count else '☐'} {short(words.pick(option['names']), 28)}{times}"
    priced = f"{label} +{words.money(option['price'])}"
    return Button(priced, press("cmpx", service.id, view, index, (count + 1) % (most + 1)))
