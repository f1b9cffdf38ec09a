"""How waiting looks: the full days, the part of the day, the place in line, the list. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.customer.booking.flow import tag
from bot.customer.booking.screens import ends, page
from bot.customer.parts import back, home_row, lines, named, short
from bot.i18n import Words, mark
from bot.screen import Button, Card, Screen, grid, press
from bot.starts import NAMES, PARTS
from core.catalog.model import Service
from core.orders.booking import Booking
from core.people.model import Provider
from core.waitlist.model import Waiting, WaitState

# Minutes of the day of each part that can be wished for; the last one is all of it.
SPANS = (*((opens * 60, closes * 60) for opens, closes in PARTS), (0, 24 * 60))
ANY = len(SPANS) - 1
WISHES = (*NAMES, mark("Any time"))


def full_days(booking: Booking, days: Sequence[date], now: datetime, words: Words) -> Screen:
    tag_ = tag(booking)
    buttons = [
        Button(words.day(one, now=now), press("wlday", tag_, one.toordinal())) for one in days
    ]
    said = [
        words("<b>Which full day do you want?</b>"),
        words("When a time frees, we hold it for you and tell you."),
    ] if days else [words("No day is full right now: every one has times to tap.")]  # fmt: skip
    return Screen(page(booking, words, *said), [*grid(buttons), ends(booking, "slot", words)])


def day(booking: Booking, one: date, left: Sequence[int], now: datetime, words: Words) -> Screen:
    """The parts of the day that are not over yet."""
    tag_ = tag(booking)

    def to(part: int, anybody: int = 0) -> str:
        return press("wljoin", tag_, one.toordinal(), part, anybody)

    parts = [Button(words.plain(WISHES[part]), to(part)) for part in left if part < ANY]
    text = page(
        booking, words, Markup("<b>{}</b>").format(words.day_dated(one, now=now)),
        words("Which part of the day suits you?"),
    )  # fmt: skip
    rows = [
        parts,
        [Button("🕒 " + words.plain(WISHES[ANY]), to(ANY), style="primary")],
        [Button(words.plain("👥 Any time, anybody"), to(ANY, 1))],
        [back(words, press("wldays", tag_)), *ends(booking, "slot", words)[1:]],
    ]
    return Screen(text, rows)


def joined(
    head: Markup, waiting: Waiting, ahead: int, held: int, now: datetime, words: Words
) -> Screen:
    """`head` is what is waited for."""
    line = (
        words.plural("{n} person is before you.", "{n} people are before you.", ahead) if ahead
        else words("You're the first in line.")
    )  # fmt: skip
    text = lines(
        head, Markup(""), words("🔔 <b>We tell you when a time is free.</b>"),
        _when(waiting, words), line, words("It is then held for you for {minutes}.", minutes=words.minutes(held)),
    )  # fmt: skip
    mine = Button(words.plain("🔔 Waiting list"), press("waits"))
    return Screen(text, [[mine], home_row(words)])


def _part(waiting: Waiting, words: Words) -> str:
    span = (waiting.first_min, waiting.last_min)
    if span in SPANS:
        return words.plain(WISHES[SPANS.index(span)])
    first, last = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in (span[0], span[1] - 1))
    return first if first == last else f"{first}–{last}"


def _when(waiting: Waiting, words: Words) -> Markup:
    one = date.fromordinal(waiting.day)
    return Markup("📅 {} · {}").format(words.weekday_date(one), _part(waiting, words))


def listed(
    mine: Sequence[Waiting], services: Mapping[int, Service], now: datetime, words: Words
) -> Screen:
    """Each place in line with a way out; one with a time held has the way in first."""
    rows = []
    for one in mine[:6]:
        name = short(named(services[one.service_id], words), 18)
        label = f"{words.day(date.fromordinal(one.day), now=now)} · {name}"
        if one.state is WaitState.TOLD:
            rows.append([Button(f"✅ {label}", press("wbook", one.id), style="success")])
        else:
            rows.append([Button(f"✖ {label}", press("wleave", one.id))])
    text = lines(
        words("🔔 <b>Your waiting list</b>"),
        words("Tap one to leave it.") if mine
        else words("You wait for nothing. On a calendar, “Full days” puts you on a list."),
    )  # fmt: skip
    return Screen(text, [*rows, [back(words, press("orders", 0), words.plain("‹ My orders"))]])


def free(
    waiting: Waiting, service: Service, provider: Provider, now: datetime, words: Words
) -> Screen:
    """A time is held for this one: take it, or let the next one have it."""
    assert waiting.starts_at is not None
    assert waiting.until is not None
    text = lines(
        words("🔔 <b>A time is free, and held for you</b>"),
        Markup("{} · {}").format(named(service, words), short(provider.name, 40)),
        Markup("🕒 <b>{}</b>").format(words.lasting_span(waiting.starts_at, waiting.minutes)),
        words(
            "Take it by {time}, then the next in line is asked.",
            time=words.by(waiting.until, now=now),
        ),
    )
    rows = [
        [Button(words.plain("✅ Book it"), press("wbook", waiting.id), style="success")],
        [Button(words.plain("Not now"), press("wnot", waiting.id))],
    ]
    return Screen(text, rows, card=Card("wait", waiting.id))


def gone(waiting: Waiting, service: Service, said: Markup, words: Words) -> Screen:
    other = Button(words.plain("🕒 Other times"), press("s", service.id), style="primary")
    text = lines(said, Markup("{}").format(named(service, words)))
    return Screen(text, [[other], home_row(words)])
