"""How recommendations look: who, what for, why."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.customer.parts import dotted, home_row, lines, near, short, stars
from bot.i18n import Words, mark
from bot.screen import Button, Screen, grid, press
from core.people.model import Person
from core.recommend.service import Suggestion, Why

REASONS = {
    Why.BOOKED: mark("🔁 You booked them before"),
    Why.FAVOURITE: mark("♥ Your favourite"),
    Why.SEEN: mark("👀 You looked at them lately"),
    Why.NEARBY: mark("★ Well rated near you"),
}
# Names this list where a button says from which one somebody came.
ORIGIN = "recs0"


def for_you(words: Words, person: Person, found: Sequence[Suggestion], *, now: datetime) -> Screen:
    told = [_told(words, n, one, now) for n, one in enumerate(found, start=1)]
    if not told:
        told = [words("Nobody to recommend yet. Tell us where you are, or look around a little.")]
    text = lines(words("✨ <b>For you</b>"), near(words, person), Markup(""), *told)
    rows = [
        [
            Button(
                short(f"{n}. {one.offer.provider.name} · {words.pick(one.service.names)}", 40),
                press("p", one.offer.provider.id, one.service.id, ORIGIN, 0),
            )
        ]
        for n, one in enumerate(found, start=1)
    ]
    last = [
        Button(words.plain("❤️ Favourites"), press("favs", 0)),
        Button(words.plain("🙈 Turn off"), press("recsw", 0)),
        *home_row(words),
    ]
    return Screen(text, [*rows, *grid(last)])


def _told(words: Words, number: int, one: Suggestion, now: datetime) -> Markup:
    of = one.offer.provider
    head = words("<b>{n}. {name}</b>", n=number, name=of.name)
    facts = dotted([
        words.pick(one.service.names),
        words("⚡ {time}", time=words.moment(one.offer.earliest, now=now)),
    ])  # fmt: skip
    reason = Markup("    <i>{}</i>").format(words(REASONS[one.why]))
    return lines(
        dotted([head, stars(of, words), words.money(one.offer.price)]),
        Markup("    ") + facts,
        reason,
    )


def switched_off(words: Words) -> Screen:
    text = lines(
        words("✨ <b>For you</b>"),
        words(
            "Suggestions are off: we neither look at nor keep what you ordered, saved or viewed."
        ),
    )
    on = Button(words.plain("✨ Turn on"), press("recsw", 1), style="primary")
    favourites = Button(words.plain("❤️ Favourites"), press("favs", 0))
    return Screen(text, [[on], [favourites, *home_row(words)]])
