"""How saved addresses look."""

from collections.abc import Sequence

from markupsafe import Markup

from bot import words as names
from bot.customer.parts import LABELS, back, lines, name_of, onward, short, which_place
from bot.i18n import Words
from bot.screen import Ask, Button, Page, Screen, grid, press
from bot.words import place_name
from core.people.model import Address
from core.places import Place

SIZE = 5


def addresses(words: Words, kept: Sequence[Address], number: int) -> Screen:
    page = Page.of(kept, number, SIZE)
    told = [_line(one, words) for one in page.items]
    hint = (
        words("Tap one to change it. The one with ⭐ is offered first.") if kept
        else words("None yet. Add one, and booking is a tap shorter.")
    )  # fmt: skip
    rows = [[Button(short(name_of(one, words), 24), press("addr", one.id))] for one in page.items]
    last = [Button(words.plain("➕ Add"), press("addradd")), back(words, press("set"))]
    text = lines(words("🏠 <b>Saved addresses</b>"), *told, "", hint)
    return Screen(text, [*rows, [*last, *onward(words, page, "addrs")]])


def _line(one: Address, words: Words) -> Markup:
    star = "⭐ " if one.preferred else ""
    where = names.spot(words.place(one.place), one.detail)
    if not one.label:  # the place is its name
        return Markup("{}📍 {}").format(star, where)
    return Markup("{}{} · {}").format(star, name_of(one, words), where)


def address(words: Words, one: Address) -> Screen:
    text = lines(
        Markup("<b>{}</b>").format(name_of(one, words)),
        Markup("📍 {}").format(words.place(one.place)) if one.label else None,
        Markup("🚪 {}").format(one.detail or words("The door is missing.")),
        words("⭐ Offered first when you book") if one.preferred else None,
    )
    buttons = [
        Button(words.plain("🏷 Name"), press("addrname", one.id)),
        Button(words.plain("📍 Place"), press("addrplace", one.id)),
        Button(words.plain("🚪 Door"), press("addrdoor", one.id)),
    ]
    if not one.preferred:
        buttons.append(Button(words.plain("⭐ Offer first"), press("addrfirst", one.id)))
    remove = Button(words.plain("🗑 Remove"), press("addrdel", one.id), style="danger")
    return Screen(text, [*grid(buttons), [remove, back(words, press("addrs", 0))]])


def ask_place(words: Words, address_id: int, *, unknown: str = "") -> Screen:
    text = lines(
        words("I can't find “{place}” on the map.", place=unknown[:40]) if unknown else None,
        words("📍 <b>Where is it?</b>"),
        words("Share the location below, or type a landmark, a metro station or a street nearby."),
    )
    ask = Ask(location=words.plain("📍 Share my location"))
    return Screen(text, [[_away(words, address_id)]], ask=ask)


def _away(words: Words, address_id: int) -> Button:
    return back(words, press("addr", address_id) if address_id else press("addrs", 0))


def choose_place(words: Words, places: Sequence[Place], address_id: int) -> Screen:
    rows = [
        [Button(short(f"📍 {place_name(words, place)}", 40), press("addrpick", address_id, number))]
        for number, place in enumerate(places[:6])
    ]
    return Screen(which_place(words), [*rows, [_away(words, address_id)]])


def ask_door(words: Words, one: Address) -> Screen:
    text = lines(
        Markup("📍 {}").format(words.place(one.place)),
        words("🚪 <b>Which door exactly?</b>"),
        words("Type street, building and flat. Only the provider who accepts sees it."),
    )
    skip = Button(words.plain("Later"), press("addr", one.id))
    return Screen(text, [[skip]])


def ask_label(words: Words, one: Address) -> Screen:
    text = lines(
        Markup("📍 {}").format(names.spot(words.place(one.place), one.detail)),
        words("🏷 <b>What do you call it?</b>"),
        words("Choose, or type a name of your own."),
    )
    named = [
        Button(f"{sign} {words.plain(label)}", press("addrlabel", one.id, code))
        for code, (sign, label) in LABELS.items()
    ]
    none = Button(words.plain("No name"), press("addrlabel", one.id, "none"))
    return Screen(text, [named, [none, back(words, press("addr", one.id))]])
