"""How findings read: one or two sentences with the figures they were made of, and a button each. Pure."""

from collections.abc import Callable, Sequence
from datetime import date

from babel import Locale
from babel.dates import get_day_names
from markupsafe import Markup

from bot import words as names
from bot.i18n import Words
from bot.provider.findings.acts import ACTS
from bot.provider.parts import GAP, home_row, lines
from bot.screen import Button, Screen, press
from core.figures.spans import Unit
from core.findings.model import Code, Finding

Said = Callable[[Finding, Words], Markup]


def _paper(one: Finding, words: Words) -> Markup:
    return words(
        "{paper} runs out on {day}. With a new one in time your orders go on without a break.",
        paper=names.certificate(one.facts["paper"], words),
        day=words.date(date.fromordinal(one.facts["day"])),
    )  # fmt: skip


def _silent(one: Finding, words: Words) -> Markup:
    return words.plural(
        "{n} offer ran out without your answer in the last four weeks. With sound you hear them in time.",
        "{n} offers ran out without your answer in the last four weeks. With sound you hear them in time.",
        one.facts["n"],
    )  # fmt: skip


def _slow(one: Finding, words: Words) -> Markup:
    return words.plural(
        "You usually answer after {time}; {n} offer went to somebody faster in the last four weeks.",
        "You usually answer after {time}; {n} offers went to somebody faster in the last four weeks.",
        one.facts["n"], time=words.minutes(one.facts["minutes"]),
    )  # fmt: skip


def _fell(one: Finding, words: Words) -> Markup:
    return words(
        "You accepted {now} of the offers in the last four weeks, {before} in the four before. "
        "If they are too far away, make your area smaller.",
        now=words.percent(one.facts["now"]), before=words.percent(one.facts["before"]),
    )  # fmt: skip


def _late(one: Finding, words: Words) -> Markup:
    return words.plural(
        "You came late {n} time in the last four weeks. More time between jobs helps.",
        "You came late {n} times in the last four weeks. More time between jobs helps.",
        one.facts["n"],
    )


def _day_off(one: Finding, words: Words) -> Markup:
    return words.plural(
        "{n} job you could do was booked nearby on a {day} in the last four weeks, and you don't work then.",
        "{n} jobs you could do were booked nearby on a {day} in the last four weeks, and you don't work then.",
        one.facts["n"], day=_weekday(one.subject, words),
    )  # fmt: skip


def _weekday(day: int, words: Words) -> str:
    """Saturday, 星期六 (0 is Monday)."""
    return str(get_day_names("wide", locale=Locale.parse(words.language))[day])


def _outside(one: Finding, words: Words) -> Markup:
    return words.plural(
        "{n} job you could do was booked up to {km} km beyond your area in the last four weeks.",
        "{n} jobs you could do were booked up to {km} km beyond your area in the last four weeks.",
        one.facts["n"], km=one.facts["km"],
    )  # fmt: skip


def _unanswered(one: Finding, words: Words) -> Markup:
    return words.plural(
        "{n} customer wrote about you in the last four weeks and got no reply. A word of thanks is seen by all.",
        "{n} customers wrote about you in the last four weeks and got no reply. A word of thanks is seen by all.",
        one.facts["n"],
    )  # fmt: skip


def _wanted(one: Finding, words: Words) -> Markup:
    return words.plural(
        "{service} was wanted {n} time around you in the last four weeks, and nobody could come. Offer it?",
        "{service} was wanted {n} times around you in the last four weeks, and nobody could come. Offer it?",
        one.facts["n"], service=words.pick(one.facts["names"]),
    )  # fmt: skip


def _pricey(one: Finding, words: Words) -> Markup:
    return words(
        "You ask {price} for {service}; most others nearby ask {low} to {high}.",
        price=words.money(one.facts["price"]), service=words.pick(one.facts["names"]),
        low=words.money(one.facts["low"]), high=words.money(one.facts["high"]),
    )  # fmt: skip


def _no_photo(one: Finding, words: Words) -> Markup:
    return words("There is no photo on your page. Customers like to see who is coming.")


SAID: dict[Code, Said] = {
    Code.PAPER: _paper, Code.SILENT: _silent, Code.SLOW: _slow, Code.FELL: _fell, Code.LATE: _late,
    Code.DAY_OFF: _day_off, Code.OUTSIDE: _outside, Code.UNANSWERED: _unanswered,
    Code.WANTED: _wanted, Code.PRICEY: _pricey, Code.NO_PHOTO: _no_photo,
}  # fmt: skip


def findings(found: Sequence[Finding], words: Words) -> Screen:
    """Three at most fit with both buttons each."""
    head = words("💡 <b>Tips of this week</b>")
    said = [
        line
        for place, one in enumerate(found, start=1)
        for line in (GAP, Markup("{}. {}").format(place, SAID[one.code](one, words)))
    ]
    nothing = words("Nothing stands out in your records. Well done!") if not found else None
    rows = [
        [Button(_numbered(place, words.plain(ACTS[one.code].label), found), press("tipgo", one.id)),
         Button(_numbered(place, words.plain("✖ Not for me"), found), press("tipno", one.id))]
        for place, one in enumerate(found, start=1)
    ]  # fmt: skip
    ends = [Button(words.plain("📊 Statistics"), press("stats", Unit.WEEK, 0)), *home_row(words)]
    return Screen(lines(head, nothing, *said), [*rows, ends])


def _numbered(place: int, label: str, found: Sequence[Finding]) -> str:
    return f"{place} · {label}" if len(found) > 1 else label
