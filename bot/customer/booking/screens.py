"""What all of the wizard's screens share, and those that ask where to come. Pure: a booking in, a screen out."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot import words as names
from bot.customer.booking.flow import before, earlier, tag
from bot.customer.parts import back, more_addresses, name_of, short, which_place
from bot.i18n import Words
from bot.screen import Ask, Button, Page, Screen, press
from core.orders.booking import Booking
from core.people.model import Address, Person
from core.places import Place

ROOM = 4  # addresses on one screen, or the way to more of them


def head(booking: Booking, words: Words) -> Markup:
    """What is being booked, on top of every step."""
    who = short(booking.provider.name, 40) if booking.provider else ""
    name = short(words.pick(booking.service.names), 60)
    if booking.further:
        name += f" +{len(booking.further)}"
    line = Markup("{} <b>{}</b>").format(booking.service.emoji, name)
    return Markup("{} · {}").format(line, who) if who else line


def address(place: str, detail: str) -> Markup:
    """Area and door on one line."""
    return Markup("📍 {}").format(names.spot(short(place, 80), short(detail, 200)))


def page(booking: Booking, words: Words, *lines: str | Markup) -> Markup:
    return Markup("\n").join([head(booking, words), Markup(""), *lines])


def ends(booking: Booking, step: str, words: Words, *, to: str = "") -> list[Button]:
    """Back (to the step before, unless something nearer is named) and Cancel, at the bottom of every step."""
    goal, mark = before(booking, step), tag(booking)
    way = _further(booking, goal) if step == "summary" or not goal else press("bgo", mark, goal)
    return [back(words, to or way), Button(words.plain("✖ Cancel"), press("bstop", mark))]


def _further(booking: Booking, goal: str | None) -> str:
    """Back and on back, step by step, and out where it began."""
    if goal is not None:
        return press("bback", tag(booking), goal)
    if booking.provider is None:
        return press("s", booking.service.id)
    return press("p", booking.provider.id, booking.service.id, "r0000", 0)


def going_back(screen: Screen, booking: Booking, step: str) -> Screen:
    """A step reached by Back: its own way back leads further, not to the summary again."""
    *rows, (away, *others) = screen.rows
    way = _further(booking, earlier(booking, step))
    return replace(screen, rows=[*rows, [replace(away, press=way), *others]])


def where(
    booking: Booking, saved: Sequence[Address], number: int, person: Person, words: Words
) -> Screen:  # fmt: skip
    mark = tag(booking)
    shown = Page.of(saved, number, ROOM if len(saved) <= ROOM else ROOM - 1)
    rows = [
        [
            Button(
                f"{short(name_of(a, words), 16)} · {short(a.detail, 14)}",
                press("baddr", mark, a.id),
            )
        ]
        for a in shown.items
    ]
    rows += more_addresses(shown, words, "bsaved", mark)
    if person.lat is not None and person.place:
        label = words.plain("📍 Near {place}", place=short(words.place(person.place), 20))
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


def too_far(booking: Booking, place: str, words: Words) -> Screen:
    """The chosen provider doesn't come to this address; others may, and everything else stays."""
    mark = tag(booking)
    text = page(
        booking, words,
        words("<b>{name} doesn't come to {place}.</b>",
              name=short(booking.provider.name if booking.provider else "", 40),
              place=short(place, 80) or words.plain("that place")),
        words("Choose another address, or somebody else: all the rest stays as it is."),
    )  # fmt: skip
    others = Button(words.plain("👷 Who comes there"), press("bothers", mark), style="primary")
    again = Button(words.plain("📍 Another address"), press("bgo", mark, "place"))
    return Screen(text, [[others], [again], ends(booking, "far", words)])


def candidates(booking: Booking, found: Sequence[Place], words: Words) -> Screen:
    mark = tag(booking)
    rows = [
        [Button(f"📍 {short(names.place_name(words, place), 40)}", press("bplace", mark, index))]
        for index, place in enumerate(found[:5])
    ]
    text = page(booking, words, which_place(words))
    return Screen(text, [*rows, ends(booking, "map", words)])


def door(booking: Booking, words: Words) -> Screen:
    draft = booking.draft
    text = page(
        booking, words, words("📍 {place}", place=short(words.place(draft.place), 80) or words.plain("Your location")),
        Markup(""), words("<b>Which door exactly?</b>"),
        words("Type street, building and flat, for example: 12 Nanjing Rd, building 3, flat 502."),
        words("Only the provider who accepts sees it."),
    )  # fmt: skip
    return Screen(text, [ends(booking, "detail", words)])
