"""How the question "where?" looks."""

from collections.abc import Sequence

from bot.customer.parts import lines, more_addresses, name_of, short, which_place
from bot.i18n import Words
from bot.screen import Ask, Button, Page, Screen, press
from bot.words import place_name
from core.people.model import Address
from core.places import Place

SAVED = 5


def ask(words: Words, addresses: Sequence[Address], number: int, *, first: bool) -> Screen:
    page = Page.of(addresses, number, SAVED)
    text = lines(
        words("📍 <b>Where should we come?</b>"),
        words("So you only see providers who can reach you. Nobody else sees it."),
        words("Share your location below, or type a place, for example “People's Square”."),
    )
    saved = [[Button(short(name_of(a, words), 24), press("at", a.id))] for a in page.items]
    saved += more_addresses(page, words, "wsaved")
    return Screen(text, [*saved, [_leave(words, first=first)]], ask=_ask(words))


def _leave(words: Words, *, first: bool) -> Button:
    return Button(words.plain("Skip") if first else words.plain("‹ Back"), press("wback"))


def _ask(words: Words) -> Ask:
    return Ask(location=words.plain("📍 Share my location"))


def not_found(words: Words, typed: str) -> Screen:
    said = words("I can't find “{place}” on the map.", place=typed[:40]) if typed else None
    hint = words("Try a landmark, a metro station or a street nearby, or share your location.")
    return Screen(lines(said, hint), [[_leave(words, first=False)]], ask=_ask(words))


def choose(words: Words, places: Sequence[Place]) -> Screen:
    rows = [
        [Button(short(f"📍 {place_name(words, place)}", 24), press("pick", number))]
        for number, place in enumerate(places[:7])
    ]
    return Screen(which_place(words), [*rows, [_leave(words, first=False)]])
