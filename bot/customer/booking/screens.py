"""Screens of the wizard's questions: options, where, when. Pure: a booking in, a screen out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from bot.customer.booking.flow import before, tag
from bot.customer.parts import back, short
from bot.i18n import Words
from bot.screen import Ask, Button, Screen, grid, press
from bot.when import Leads, minutes_of, month_rows, near_rows, start_rows, title
from core.orders.booking import Booking
from core.people.model import Address, Person
from core.places import Place


def head(booking: Booking, words: Words) -> Markup:
    """What is being booked, on top of every step."""
    who = short(booking.provider.name, 40) if booking.provider else ""
    name = short(words.pick(booking.service.names), 60)
    line = Markup("{} <b>{}</b>").format(booking.service.emoji, name)
    return Markup("{} · {}").format(line, who) if who else line


def address(place: str, detail: str) -> Markup:
    """Area and door on one line."""
    parts = [short(place, 80), short(detail, 200)]
    return Markup("📍 {}").format(" · ".join(part for part in parts if part))


def page(booking: Booking, words: Words, *lines: str | Markup) -> Markup:
    return Markup("\n").join([head(booking, words), Markup(""), *lines])


def ends(booking: Booking, step: str, words: Words) -> list[Button]:
    """Back and Cancel, at the bottom of every step."""
    goal, mark = before(booking, step), tag(booking)
    leave = press("s", booking.service.id)
    return [
        back(words, press("bgo", mark, goal) if goal else leave),
        Button(words.plain("✖ Cancel"), press("bstop", mark)),
    ]


def options(booking: Booking, words: Words) -> Screen:
    quote, mark = booking.quote, tag(booking)
    total = words.money(quote.total + quote.discount if quote else 0)
    minutes = words.minutes(quote.minutes if quote else booking.service.minutes)
    buttons = [
        _option(index, option, booking.draft.options.get(option["code"], 0), mark, words)
        for index, option in enumerate(booking.service.options[:12])
    ]
    rows = grid(buttons, columns=1 if len(buttons) <= 5 else 2)
    text = page(
        booking, words, words("Anything extra? Tap to add, or just go on."), Markup(""),
        words("{total} · about {minutes}", total=total, minutes=minutes),
    )  # fmt: skip
    on = Button(words.plain("Continue ▶"), press("bnext", mark, "options"), style="primary")
    return Screen(text, [*rows, [on], ends(booking, "options", words)])


def _option(index: int, option: dict[str, Any], count: int, mark: str, words: Words) -> Button:
    most = option.get("max", 1)
    sign = "☑" if count else "☐"
    times = f" ×{count}" if count > 1 else ""
    price = words.money(option["price"])
    label = f"{sign} {short(words.pick(option['names']), 20)}{times} +{price}"
    return Button(label, press("bopt", mark, index, (count + 1) % (most + 1)))


def where(
    booking: Booking, saved: Sequence[Address], person: Person, words: Words
) -> Screen:  # fmt: skip
    mark = tag(booking)
    rows = [
        [Button(f"🏠 {short(a.place, 14)} {short(a.detail, 14)}", press("baddr", mark, a.id))]
        for a in saved[:4]
    ]
    if person.lat is not None and person.place:
        label = words.plain("📍 Near {place}", place=short(person.place, 20))
        rows.append([Button(label, press("bhere", mark))])
    rows.append([Button(words.plain("🧭 Share my location"), press("bask", mark))])
    text = page(
        booking, words, words("<b>Where should they come?</b>"),
        words("Type an address or a place, or send a location."),
    )  # fmt: skip
    return Screen(text, [*rows, ends(booking, "place", words)])


def share(booking: Booking, words: Words) -> Screen:
    """Telegram's own button for the location lives on a keyboard below."""
    text = page(
        booking, words, words("Tap the button below to share where you are."),
        words("Or type an address: we use it for this visit only."),
    )  # fmt: skip
    asked = Ask(location=words.plain("📍 Send my location"))
    return Screen(text, [ends(booking, "map", words)], ask=asked)


def candidates(booking: Booking, found: Sequence[Place], words: Words) -> Screen:
    mark = tag(booking)
    rows = [
        [Button(f"📍 {short(place_name(place, words), 40)}", press("bplace", mark, index))]
        for index, place in enumerate(found[:5])
    ]
    text = page(booking, words, words("Which one do you mean?"))
    return Screen(text, [*rows, ends(booking, "map", words)])


def place_name(place: Place, words: Words) -> str:
    return place.name if words.language.startswith("zh") else place.name_en or place.name


def door(booking: Booking, words: Words) -> Screen:
    draft = booking.draft
    text = page(
        booking, words, words("📍 {place}", place=short(draft.place, 80) or words.plain("Your location")),
        Markup(""), words("<b>Which door exactly?</b>"),
        words("Type street, building and flat, for example: 12 Nanjing Rd, building 3, flat 502."),
        words("Only the provider who accepts sees it."),
    )  # fmt: skip
    return Screen(text, [ends(booking, "detail", words)])


def leads(booking: Booking) -> Leads:
    """Where taps on days and starts lead in the wizard."""
    mark = tag(booking)
    return Leads(
        month=lambda year, number: press("bmon", mark, year, number),
        no_day=press("bno", mark),
        day=lambda ordinal: press("bday", mark, ordinal),
        part=lambda ordinal, part: press("bpart", mark, ordinal, part),
        start=lambda start: press("btime", mark, minutes_of(start)),
    )


def calendar(
    booking: Booking, days: Sequence[date], month: tuple[int, int], words: Words
) -> Screen:  # fmt: skip
    """One month; only bookable days carry a number."""
    hint = words("Tap a day that has a number, or type one, for example “tomorrow”.")
    if not days:
        hint = words("No free time in the next weeks. Please choose another provider.")
    head = words("<b>Which day?</b> {month}", month=title(month, words))
    rows = month_rows(days, month, leads(booking), words)
    return Screen(page(booking, words, head, hint), [*rows, ends(booking, "date", words)])


def slots(
    booking: Booking, day: date, starts: Sequence[datetime], part: int | None, now: datetime,
    words: Words,
) -> Screen:  # fmt: skip
    """The starts of one part of a day."""
    minutes = booking.quote.minutes if booking.quote else booking.service.minutes
    text = page(
        booking, words, Markup("<b>{}</b>").format(words.day(day, now=now)),
        words("When should they come? The visit takes about {minutes}.",
              minutes=words.minutes(minutes)),
        words("You can also type a time, for example 15:00."),
    )  # fmt: skip
    rows = start_rows(day, starts, part, leads(booking), words)
    return Screen(text, [*rows, ends(booking, "slot", words)])


def taken(
    booking: Booking, wanted: datetime, near: Sequence[datetime], now: datetime, words: Words
) -> Screen:
    """Somebody was faster: three alternatives."""
    rows = near_rows(near, leads(booking), now, words)
    lines = [words("{time} isn't free.", time=words.moment(wanted, now=now))]
    lines.append(words("These times are:") if near else words("Please pick another day."))
    other = [Button(words.plain("Another day"), press("bgo", tag(booking), "date"))]
    return Screen(page(booking, words, *lines), [*rows, other, ends(booking, "taken", words)])
