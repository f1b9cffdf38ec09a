"""How the area looks. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.provider.schedule.amend_screens import listed
from bot.screen import Ask, Button, Screen, grid, press
from core.orders.model import Order
from core.people.model import Provider

RADII = (3, 5, 8, 10, 15, 20)


def area(words: Words, provider: Provider) -> Screen:
    text = lines(
        words("📍 <b>Your area</b>"),
        words("You set out from {place}.", place=short(words.place(provider.place), 60) or "—"),
        words("You go up to {km} km from there.", km=provider.radius_m // 1000), GAP,
        words("Tap how far you go, or change where you set out from."),
    )  # fmt: skip
    far = [
        Button(("• " if provider.radius_m == km * 1000 else "") + words.plain("{km} km", km=km),
               press("rad", km * 1000, 0))
        for km in RADII
    ]  # fmt: skip
    base = Button(words.plain("🧭 Another base"), press("base"))
    return Screen(
        text, [*grid(far, columns=3), [base], [back(words, press("sched")), *home_row(words)]]
    )


def ask_base(words: Words) -> Screen:
    text = lines(
        words("🧭 <b>Where do you set out from?</b>"),
        words("Share your location below, or type a place, for example “People's Square”."),
    )
    ask = Ask(location=words.plain("📍 Share my location"))
    return Screen(text, [[back(words, press("area")), *home_row(words)]], ask=ask)


def no_place(words: Words) -> Screen:
    text = words(
        "I can't find that place. Try a landmark or a station nearby, or share your location."
    )
    return Screen(text, [[back(words, press("area")), *home_row(words)]])


def touched(words: Words, orders: Sequence[Order], yes: str, *, now: datetime) -> Screen:
    """What is booked outside the area as it would be."""
    text = lines(
        *listed(words, orders, now), GAP,
        words("They stay yours. If you can't come, give them back in Jobs."),
    )  # fmt: skip
    save = Button(words.plain("💾 Save anyway"), yes, style="danger")
    jobs = [
        [Button(f"{words.moment(o.starts_at, now=now)} {short(title(o, words), 20)}",
                press("job", o.id))]
        for o in orders[:3]
    ]  # fmt: skip
    return Screen(text, [[save], *jobs, [back(words, press("area")), *home_row(words)]])
