"""How a change of the plan looks before and after it is saved, and the hours off of single days. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.provider.away.screens import cares
from bot.provider.parts import GAP, back, home_row, lines, short, title
from bot.provider.schedule.coded import coded
from bot.screen import Button, Page, Screen, press
from bot.week import alike, clock, stretches, weekdays
from core.availability.slots import DayPart
from core.orders.model import Order
from core.people.amending import Amendment, Stretch
from core.people.schedule import Plan

SHOWN = 8


def told(words: Words, amendment: Amendment, *, now: datetime) -> Markup:
    """The change in words, a line for each part of it."""
    return lines(*_told(words, amendment, now))


def _told(words: Words, amendment: Amendment, now: datetime) -> Iterable[Markup]:
    for days, spans in alike(amendment.hours):
        yield words(
            "🕘 <b>{days}</b>: {hours}", days=weekdays(days, words), hours=stretches(spans, words)
        )
    for one in amendment.off:
        when = _days(one, words, now)
        if one.whole:
            yield words("🌴 <b>{days}</b>: off", days=when)
        else:
            yield words("⏸ <b>{days}</b>, {hours}: no jobs", days=when, hours=_hours(one))
    for one in amendment.back:
        when = _days(one, words, now)
        if one.whole:
            yield words("🟢 <b>{days}</b>: you work as usual", days=when)
        else:
            yield words("🟢 <b>{days}</b>, {hours}: jobs again", days=when, hours=_hours(one))

    for one in amendment.extra:
        when = _days(one, words, now)
        yield words("➕ <b>{days}</b>, {hours}: extra hours", days=when, hours=_hours(one))
    for one in amendment.less:
        when = _days(one, words, now)
        if one.whole:
            yield words("✖ <b>{days}</b>: no extra hours", days=when)
        else:
            yield words("✖ <b>{days}</b>, {hours}: no extra hours", days=when, hours=_hours(one))


def _days(one: Stretch, words: Words, now: datetime) -> str:
    first = words.day_dated(one.first, now=now)
    if one.first == one.last:
        return first
    count = (one.last - one.first).days + 1
    last = words.weekday_date(one.last)
    return words.plain_plural(
        "{first} – {last} ({n} day)", "{first} – {last} ({n} days)", count, first=first, last=last
    )


def _hours(one: Stretch | DayPart) -> str:
    return f"{clock(one.opens)}–{clock(one.closes)}"


def review(
    words: Words,
    amendment: Amendment,
    plan: Plan,
    touched: Sequence[Order],
    weekly: Amendment | None = None,
    *,
    now: datetime,
) -> Screen:
    """What would change, what is there now, and the visits that lie in it."""
    text = lines(
        words("🗓 <b>Save this?</b>"), GAP, told(words, amendment, now=now),
        *_former(words, amendment, plan), GAP, *_visits(words, touched, now),
    )  # fmt: skip
    code = coded(amendment)
    save = [[Button(words.plain("💾 Save"), press("amend", code), style="primary")]]
    others = [[_every(words, weekly)]] if weekly else []
    change = _where(amendment)
    ends = [
        Button(words.plain("✏️ Change"), change), Button(words.plain("✖ Cancel"), press("sched")),
    ]  # fmt: skip
    return Screen(text, [*(cares(words, code) if touched else save), *others, ends])


def _every(words: Words, weekly: Amendment) -> Button:
    """The same for every such weekday instead."""
    days = weekdays(sorted(weekly.hours), words)
    return Button(words.plain("🔁 Every {days}", days=days), press("plan", coded(weekly)))


def _former(words: Words, amendment: Amendment, plan: Plan) -> Iterable[Markup]:
    """The hours as they are, where they would be others."""
    former = {
        weekday: tuple(plan.hours(weekday=weekday))
        for weekday, spans in amendment.hours.items()
        if sorted(spans) != plan.hours(weekday=weekday)
    }
    for days, hours in alike(former):
        yield words(
            "Until now {days}: {hours}", days=weekdays(days, words), hours=stretches(hours, words)
        )


def _visits(words: Words, touched: Sequence[Order], now: datetime) -> Iterable[Markup]:
    if not touched:
        yield words("No visits lie there.")
        return
    yield from listed(words, touched, now)
    yield GAP
    yield words("What becomes of them? Nothing is saved before you choose.")


def listed(words: Words, touched: Sequence[Order], now: datetime) -> Iterable[Markup]:
    """What is booked in the time that would go."""
    yield words("⚠️ <b>You have visits there</b>")
    for order in touched[:SHOWN]:
        when = words.moment(order.starts_at, now=now)
        yield Markup("• {} {}").format(when, short(title(order, words), 40))
    if (more := len(touched) - SHOWN) > 0:
        yield words.plural("… and {n} more", "… and {n} more", more)


def saved(
    words: Words, amendment: Amendment, about: Markup | None = None, *, now: datetime
) -> Screen:
    """Done, with a word `about` the visits; time off can be taken back with one tap."""
    text = lines(words("✓ <b>Saved</b>"), GAP, told(words, amendment, now=now), about)
    former = Amendment(back=amendment.off, less=amendment.extra)
    undo = Button(words.plain("↩️ Undo"), press("amend", coded(former)))
    simple = bool(amendment.off) != bool(amendment.extra)
    rows = [[undo]] if simple and not amendment.hours and not amendment.back else []
    look = Button(words.plain(LOOKS[_where(amendment)]), _where(amendment))
    return Screen(text, [*rows, [look, back(words, press("sched"))], home_row(words)])


HOURS, OFF, EXTRAS = press("hours"), press("off", 0), press("extras")
LOOKS = {HOURS: mark("🕘 Hours"), OFF: mark("🌴 Days off"), EXTRAS: mark("➕ Extra hours")}


def _where(amendment: Amendment) -> str:
    """Where such a change is made by hand."""
    if amendment.hours:
        return HOURS
    return EXTRAS if (amendment.extra or amendment.less) and not amendment.off else OFF


def parts(words: Words, plan: Plan, *, now: datetime) -> Screen:
    """Hours off, the next first; a tap gives them back."""
    ahead = [off for off in plan.off if not off.whole]
    page = Page.of(ahead, 0, 6)
    text = lines(
        words("⏸ <b>Hours off</b>"),
        words("Tap one to work then after all.") if ahead else words("None. You can type them:"),
        words("For example: tomorrow 14-16 busy"),
    )  # fmt: skip
    rows = [
        [
            Button(
                f"✖ {words.day_dated(one.day, now=now)} {_hours(one)}", press("offback", _back(one))
            )
        ]
        for one in page.items
    ]
    return Screen(text, [*rows, [back(words, press("off", 0)), *home_row(words)]])


def _back(one: DayPart) -> str:
    return coded(Amendment(back=(Stretch(one.day, one.day, one.opens, one.closes),)))


def parts_line(words: Words, plan: Plan, *, now: datetime) -> Markup | None:
    """The next hours off in one line."""
    ahead = [off for off in plan.off if not off.whole][:3]
    if not ahead:
        return None
    told = ", ".join(f"{words.day(one.day, now=now)} {_hours(one)}" for one in ahead)
    return words("⏸ Hours off: {hours}", hours=told)
