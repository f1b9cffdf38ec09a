"""Screens of what is to be done: the services of the visit, the options of one, what else can be added, who comes."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot import shelf
from bot.customer.booking.flow import tag
from bot.customer.booking.screens import ends, page
from bot.customer.parts import onward, short
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Service
from core.orders.booking import Booking
from core.people.providers import Priced
from core.pricing import Line

MOST_OPTIONS = 12


def who(booking: Booking, words: Words) -> Screen:
    """Everything is there but somebody to do it."""
    text = page(
        booking, words, words("<b>Who should come instead?</b>"),
        words("Choose somebody: address, wishes and time stay where they fit."),
    )  # fmt: skip
    find = Button(words.plain("👷 Who can come"), press("bothers", tag(booking)), style="primary")
    return Screen(text, [[find], ends(booking, "who", words)])


def options(booking: Booking, place: int, more: bool, words: Words) -> Screen:
    """One service's options; a further service can be taken out here."""
    service, pick, mark = booking.services[place], booking.draft.picks[place], tag(booking)
    buttons = [
        _option(place, index, option, pick.options.get(option["code"], 0), mark, words)
        for index, option in enumerate(service.options[:MOST_OPTIONS])
    ]
    rows = grid(buttons, columns=1 if len(buttons) <= 4 else 2)
    if place:
        gone = Button(words.plain("🗑 Leave this out"), press("bless", mark, service.id))
        rows.append([gone])
    elif more:
        rows.append([_add(mark, words)])
    named = Markup("{} <b>{}</b>").format(service.emoji, short(words.pick(service.names), 60))
    hint = (
        words("Anything extra? Tap to add, or just go on.") if buttons
        else words("There is nothing to choose here.")
    )  # fmt: skip
    text = page(
        booking, words, *([named] if booking.further else []), hint, Markup(""),
        _sum(booking, words),
    )  # fmt: skip
    on = Button(words.plain("Continue ▶"), press("bnext", mark, "options"), style="primary")
    return Screen(text, [*rows, [on], ends(booking, "options", words)])


def _sum(booking: Booking, words: Words) -> Markup:
    quote = booking.quote
    total = words.money(quote.gross if quote else 0)
    minutes = words.minutes(quote.minutes if quote else booking.service.minutes)
    return words("{total} · about {minutes}", total=total, minutes=minutes)


def _option(
    place: int, index: int, option: dict[str, Any], count: int, mark: str, words: Words
) -> Button:
    most = option.get("max", 1)
    label = shelf.option(words, option, count)
    return Button(label, press("bopt", mark, place, index, (count + 1) % (most + 1)))


def _add(mark: str, words: Words) -> Button:
    return Button(words.plain("➕ Add another service"), press("bmore", mark, 0))


def work(booking: Booking, more: bool, words: Words) -> Screen:
    """All services of the visit with their options and prices."""
    mark = tag(booking)
    told = [
        line
        for service in booking.services
        for line in (Markup(""), *_told(booking, service, words))
    ]
    rows = [
        [Button(f"✏️ {short(words.pick(service.names), 30)}", press("bsvc", mark, place))]
        for place, service in enumerate(booking.services)
        if place or service.options
    ]
    if more:
        rows.append([_add(mark, words)])
    rows.append([Button(words.plain("👷 Another provider"), press("bothers", mark))])
    rows.append(
        [Button(words.plain("Continue ▶"), press("bnext", mark, "options"), style="primary")]
    )
    text = page(
        booking,
        words,
        words("<b>Services in this visit</b>"),
        *told,
        Markup(""),
        _sum(booking, words),
    )
    return Screen(text, [*rows, ends(booking, "work", words)])


def _told(booking: Booking, service: Service, words: Words) -> list[Markup]:
    """One thing alone costs the sum below it, which is said once."""
    lines = booking.quote.lines if booking.quote else ()
    mine = [line for line in lines if line.service_id == service.id]
    if len(lines) == 1:
        return [Markup("{} {}").format(service.emoji, _named(line, words)) for line in mine]
    return [_line(line, service.emoji if not line.option else "    ➕", words) for line in mine]


def _line(line: Line, sign: str, words: Words) -> Markup:
    return Markup("{} {} — {}").format(sign, _named(line, words), words.money(line.amount))


def _named(line: Line, words: Words) -> str:
    times = f" ×{line.count}" if line.count > 1 else ""
    return short(words.pick(line.names), 60) + times


def more(booking: Booking, offers: Sequence[Priced], number: int, words: Words) -> Screen:
    """What else this provider does, with prices."""
    mark, found = tag(booking), Page.of(offers, number, size=5)
    rows = [
        [Button(
            f"{short(words.pick(offer.service.names), 24)} · {words.money(offer.price)}",
            press("badd", mark, offer.service.id),
        )]
        for offer in found.items
    ]  # fmt: skip
    name = short(booking.provider.name if booking.provider else "", 40)
    lines = [
        words("<b>What else should {name} do?</b>", name=name),
        words("It is done in the same visit: one address, one time, one bill."),
    ]
    if not offers:
        lines = [words("{name} does nothing else that fits into this visit.", name=name)]
    text = page(booking, words, *lines)
    turn = onward(words, found, "bmore", mark)
    return Screen(text, [*rows, *([turn] if turn else []), ends(booking, "more", words)])
