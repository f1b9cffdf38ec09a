"""How the list of those who are free at a time looks, and the question for another time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.customer.parts import back, dotted, home_row, lines, named, short, stars
from bot.customer.search.times import minute, packed
from bot.customer.search.where import Where
from bot.i18n import Words, mark
from bot.screen import Button, Rows, Screen, grid, press
from core.catalog.model import Service
from core.search.finder import Offer, Offers
from core.search.timed import LONG, Window
from core.when.model import Kind, Said

# Said as people say them, so that the grammar reads them for the days ahead.
TIMES = (
    mark("This evening"), mark("Tomorrow morning"), mark("Tomorrow afternoon"),
    mark("Tomorrow evening"), mark("Saturday"), mark("Sunday"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list answers: which service, when, around where; how it was said, what else was meant, how many.

    `hearts`: the customer's favourites; `who`: names that were said, which the list keeps to.
    """

    service: Service
    at: Window
    around: Where
    said: Said | None = None
    others: tuple[Service, ...] = ()
    many: int | None = None
    hearts: tuple[int, ...] = ()
    who: tuple[str, ...] = ()


def time_line(words: Words, at: Window, now: datetime) -> Markup:
    """The time as it was understood, with its date."""
    if _soon(at):
        return words("🕒 <b>As soon as possible</b>")
    if at.start == at.end:
        return Markup("🕒 <b>{}</b>").format(words.dated(at.start, now=now))
    first, last = words.local(at.start), words.local(at.end)
    closes = words.time(at.end + timedelta(minutes=at.end.minute == 59))
    days = words.day_dated(first.date(), now=now)
    if first.date() != last.date():
        days = f"{days} – {words.weekday_date(last.date())}"
    if at.end - at.start >= LONG - timedelta(minutes=1) or (last.hour, last.minute) == (23, 59):
        return Markup("🕒 <b>{}</b>").format(days)
    return Markup("🕒 <b>{} {}–{}</b>").format(days, words.time(at.start), closes)


def _soon(at: Window) -> bool:
    """The sooner the better is a window of weeks."""
    return at.end - at.start > 10 * LONG


def _head(words: Words, shown: Shown, now: datetime) -> list[Markup | None]:
    around = shown.around
    passed = shown.said is not None and shown.said.passed
    return [
        words("<b>{name}</b>", name=named(shown.service, words)),
        time_line(words, shown.at, now),
        words("That time is over already, so this is the next one like it.") if passed else None,
        *_where(words, around),
        words(
            "You wrote {n}: the price is for one, and you can add more before you confirm.",
            n=shown.many,
        )
        if shown.many and any(option.get("max", 1) > 1 for option in shown.service.options)
        else None,
        Markup(""),
    ]


def free(words: Words, shown: Shown, found: Offers, now: datetime) -> Screen:
    first = found.number * 4 + 1
    count = _count(words, shown, found)
    told = [_told(words, n, offer, shown, now) for n, offer in enumerate(found.items, first)]
    text = lines(*_head(words, shown, now), count, *told)
    rows = [[_book(words, n, o, shown, now)] for n, o in enumerate(found.items, first)]
    return Screen(text, [*rows, *_more(words, shown, found)])


def _where(words: Words, around: Where) -> list[Markup]:
    """The place; a district alone is too wide to go by."""
    district = words.area(around.unsure)
    if not around.name:
        return [
            words("📍 You wrote {district}: tell us where exactly.", district=district)
            if around.unsure
            else words("📍 Tell us where to come to see only those near you.")
        ]
    place = [words("📍 {place}", place=around.name)]
    if around.unsure:
        place.append(
            words("You wrote {district}: check that the place above is right.", district=district)
        )
    return place


def _count(words: Words, shown: Shown, found: Offers) -> Markup:
    if shown.who and found.total == 1:
        return words("<b>{name}</b> is free then:", name=found.items[0].provider.name)
    if _soon(shown.at):
        return words("The soonest first:")
    if found.more:
        return words("More than {n} can come then:", n=found.total)
    return words.plural("{n} can come then:", "{n} can come then:", found.total)


def _told(words: Words, number: int, offer: Offer, shown: Shown, now: datetime) -> Markup:
    provider = offer.provider
    signs = (" ♥" if provider.id in shown.hearts else "") + (" ✔" if offer.verified else "")
    head = words("<b>{n}. {name}</b>", n=number, name=provider.name) + Markup(signs)
    facts = dotted([
        words.money(offer.price),
        words.plural("{n} year", "{n} years", provider.years),
        words.distance(offer.km) if offer.km is not None else "",
        Markup("🕒 {}").format(_start(words, offer, shown, now)) if _open(shown) else "",
    ])  # fmt: skip
    return lines(dotted([head, stars(provider, words)]), Markup("    ") + facts)


def _open(shown: Shown) -> bool:
    """Whether each one's start is something of its own."""
    return shown.at.start != shown.at.end


def _start(words: Words, offer: Offer, shown: Shown, now: datetime) -> str:
    if words.local(shown.at.start).date() == words.local(shown.at.end).date():
        return words.time(offer.earliest)
    return words.moment(offer.earliest, now=now)


def _book(words: Words, number: int, offer: Offer, shown: Shown, now: datetime) -> Button:
    when = f" · {_start(words, offer, shown, now)}" if _open(shown) else ""
    label = f"{number}. {short(offer.provider.name, 14)}{when} · {words.money(offer.price)}"
    return Button(
        label, press("bookat", shown.service.id, offer.provider.id, minute(offer.earliest))
    )


def _more(words: Words, shown: Shown, found: Offers) -> list[list[Button]]:
    """Another time, the other half of the clock, another service, the next page: eight buttons with the four above."""
    change = [Button(words.plain("🕒 Another time"), _press("ltm", shown))]
    other = shown.said.other if shown.said and shown.said.kind is Kind.MOMENT else None
    if other:
        label = words.plain("Or at {time}?", time=words.time(other))
        change.append(Button(label, press("lt", shown.service.id, minute(other), 0, 0)))
    turn = []
    if shown.who:
        turn.append(_everybody(words, shown))
    elif shown.around.unsure or shown.around.lat is None:
        turn.append(Button(words.plain("📍 Location"), _press("ltw", shown)))
    elif shown.others and found.number == 0:
        label = words.plain("{name}?", name=short(words.pick(shown.others[0].names), 20))
        turn.append(Button(label, _page(shown, 0, shown.others[0])))
    if found.number > 0:
        turn.append(Button("◀", _page(shown, found.number - 1)))
    if found.number + 1 < found.pages and not (other and turn):
        turn.append(Button(words.plain("More ▶"), _page(shown, found.number + 1)))
    return [change, *([turn] if turn else []), home_row(words)]


def _press(verb: str, shown: Shown) -> str:
    return press(verb, shown.service.id, *packed(shown.at))


def _page(shown: Shown, number: int, service: Service | None = None) -> str:
    return press("lt", (service or shown.service).id, *packed(shown.at), number)


def _everybody(words: Words, shown: Shown) -> Button:
    return Button(words.plain("👥 Who else can?"), _press("lto", shown))


def nobody(
    words: Words, shown: Shown, near: Sequence[Offer], now: datetime, *, others_can: bool,
    lines_up: bool,
) -> Screen:  # fmt: skip
    """Said so, with the nearest times of those who come at all, and a place in line for the time itself.

    `others_can`: not whoever was named, but somebody else is free then.
    """
    said = _nobody_said(words, shown, bool(near), others_can)
    text = lines(*_head(words, shown, now), said)
    rows = [[_near(words, offer, shown, now)] for offer in near]
    everybody = (
        _everybody(words, shown) if others_can
        else Button(words.plain("👷 All providers"), press("l", shown.service.id, "r0000", 0))
    )  # fmt: skip
    wait = Button(words.plain("🔔 Tell me"), _press("ltq", shown))
    change = Button(words.plain("🕒 Another time"), _press("ltm", shown))
    last = (
        [*home_row(words)]
        if near
        else [Button(words.plain("🎧 Support"), press("help")), *home_row(words)]
    )
    line = [[wait]] if lines_up else []
    return Screen(text, [*rows, *line, [change, everybody], last])


def _nobody_said(words: Words, shown: Shown, near: bool, others_can: bool) -> Markup:
    name = words.plain(", ").join(shown.who[:2])
    if shown.who and others_can:
        return (
            words("<b>{name}</b> isn't free then. The nearest times:", name=name) if near
            else words("<b>{name}</b> has no time around then.", name=name)
        )  # fmt: skip
    if shown.who:
        return (
            words("<b>{name}</b> isn't free then, nor is anybody else. Their nearest times:", name=name)
            if near else words("Neither <b>{name}</b> nor anybody else is free then.", name=name)
        )  # fmt: skip
    return (
        words("Nobody is free then. The nearest times:") if near
        else words("Nobody near you offers this around that time.")
    )  # fmt: skip


def _near(words: Words, offer: Offer, shown: Shown, now: datetime) -> Button:
    label = (
        f"{words.moment(offer.earliest, now=now)} · {short(offer.provider.name, 12)}"
        f" · {words.money(offer.price)}"
    )
    return Button(
        label, press("bookat", shown.service.id, offer.provider.id, minute(offer.earliest))
    )


def other_time(
    words: Words, service: Service, at: Window, offered: Sequence[tuple[str, Window]], now: datetime
) -> Screen:
    text = lines(
        words("<b>{name}</b>", name=named(service, words)),
        time_line(words, at, now) if at.end > now else None,
        Markup(""),
        words(
            "When should they come instead? Tap, or type any time, for example “tomorrow 3-5pm”."
        ),
    )
    buttons = [
        Button(words.plain(name), press("lt", service.id, *packed(window), 0))
        for name, window in offered
    ]
    leave = (
        back(words, press("lt", service.id, *packed(at), 0)) if at.end > now else home_row(words)[0]
    )
    return Screen(text, [*grid(buttons), [leave]])


def leading_back(words: Words, rows: Rows, back: str) -> Rows:
    """The booking that waits is one tap away; it takes the place of Home, or comes below."""
    on = [Button(words.plain("▶ Continue booking"), back, style="primary")]
    others = [[button for button in row if button.press != press("home", 0)] for row in rows]
    return [*(row for row in others if row), on]
