"""A coupon being made or changed: all of it on one screen, one question per thing that is decided. Pure."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.admin.parts import back, lines, short
from bot.admin.promotions.fields import FIELDS, Field, Things
from bot.admin.promotions.screens import terms
from bot.i18n import Words
from bot.screen import Button, Page, Screen, grid, press
from core.catalog.model import Category
from core.promotions.model import Coupon

SIZE = 5


def most_of(coupon: Coupon, uses: int) -> int:
    """What so many uses can cost at most, in minor units; 0 where there is no bound."""
    return (coupon.amount or coupon.cap) * uses


def draft(words: Words, coupon: Coupon, things: Things, *, said: str = "") -> Screen:
    head = (
        words("✏️ <b>Change the coupon</b>") if coupon.id else words("🎟 <b>A new coupon</b>")
    )  # fmt: skip
    code = None if coupon.singly else words("Code: <code>{code}</code>", code=coupon.code)
    text = lines(
        words("⚠️ {said}", said=said) if said else None, head, Markup(""),
        *terms(words, coupon, things), code, _cost(words, coupon), Markup(""),
        words("Tap what is to be different, or type it: “until Dec 31, twice per person”."),
    )  # fmt: skip
    buttons = [Button(words.plain(one.label), press("kf", one.code)) for one in FIELDS]
    done = words.plain("Save ▶") if coupon.id else words.plain("Create ▶")
    leave = press("kv", coupon.id) if coupon.id else press("kl", 0, 0)
    end = [Button(words.plain("Cancel"), leave), Button(done, press("ks"), style="primary")]
    return Screen(text, [*grid(buttons), end])


def _cost(words: Words, coupon: Coupon) -> Markup | None:
    most = most_of(coupon, coupon.uses)
    return words("It can cost up to {amount}.", amount=words.money(most)) if most else None


def ask(
    words: Words, coupon: Coupon, field: Field, things: Things, now: datetime, *, said: str = ""
) -> Screen:  # fmt: skip
    text = lines(
        words("⚠️ {said}", said=said) if said else None,
        words(field.asks),
        words("Now: <b>{value}</b>", value=field.show(words, coupon, things)),
    )
    buttons = [
        Button(short(label, 40), press("kd", field.code, place))
        for place, (label, _) in enumerate(field.presets(words, coupon, now))
    ]
    return Screen(text, [*grid(buttons), back(words, press("kb"))])


def names(words: Words, coupon: Coupon, called: dict[str, str], *, said: str = "") -> Screen:
    """`called`: the languages, each by its own name."""
    told = [
        words("{what}: <b>{value}</b>", what=name, value=coupon.names.get(code, ""))
        for code, name in called.items()
    ]
    text = lines(
        words("⚠️ {said}", said=said) if said else None, words(FIELDS[-1].asks), *told,
        words("Code: <code>{code}</code>", code=coupon.code),
    )  # fmt: skip
    buttons = [Button(f"✏️ {name}", press("kfn", code)) for code, name in called.items()]
    code = [] if coupon.id else [[Button(words.plain("🔑 Another code"), press("kfc"))]]
    return Screen(text, [*grid(buttons), *code, back(words, press("kb"))])


def ask_name(words: Words, language: str) -> Screen:
    text = words("<b>What is it called in {language}?</b>", language=language)
    return Screen(text, [back(words, press("kf", "n"))])


def ask_code(words: Words, *, said: str = "") -> Screen:
    text = lines(
        words("⚠️ {said}", said=said) if said else None,
        words(
            "<b>Which code?</b>\nLetters, digits and hyphens, 3 to 24 of them, for example SPRING20."
        ),
    )
    return Screen(text, [back(words, press("kf", "n"))])


def services(
    words: Words, coupon: Coupon, categories: Sequence[Category], chosen: set[int], things: Things,
    number: int, *, said: str = "",
) -> Screen:  # fmt: skip
    """`chosen`: the categories that are whole in it."""
    page, field = Page.of(categories, number, SIZE), FIELDS[3]
    text = lines(
        words("⚠️ {said}", said=said) if said else None,
        words(field.asks),
        words("Now: <b>{value}</b>", value=field.show(words, coupon, things)),
    )
    ticks = [
        Button(("✅ " if one.id in chosen else "") + short(words.pick(one.names), 30),
               press("kc", one.id, page.number))
        for one in page.items
    ]  # fmt: skip
    every = Button(words.plain("All services"), press("kc", 0, page.number))
    done = Button(words.plain("Done ▶"), press("kb"), style="primary")
    return Screen(text, [*grid(ticks), *page.turns("kcp"), [every, done]])


def surely(words: Words, coupon: Coupon, things: Things) -> Screen:
    text = lines(
        words("🎟 <b>Create this coupon?</b>"), *terms(words, coupon, things),
        _cost(words, coupon),
        words("The platform pays it: providers earn the same as without it."),
    )  # fmt: skip
    yes = Button(words.plain("Yes, create it"), press("ky"), style="primary")
    return Screen(text, [[yes], back(words, press("kb"))])


def surely_changed(words: Words, coupon: Coupon, changed: Sequence[str]) -> Screen:
    text = lines(
        words("✏️ <b>Change “{name}” like this?</b>", name=words.pick(coupon.names)),
        *changed, _cost(words, coupon), words("Orders that have it keep what they were granted."),
    )  # fmt: skip
    yes = Button(words.plain("Yes, change it"), press("kye", coupon.id, coupon.version))
    return Screen(text, [[yes], back(words, press("kb"))])
