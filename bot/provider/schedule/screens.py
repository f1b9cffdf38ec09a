"""How the schedule looks: today, one day with the ways between, a week, the limits. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words
from bot.provider.parts import GAP, back, home_row, lines, map_link, short, title
from bot.screen import Button, Card, File, Screen, grid, press
from bot.week import weekday
from core.orders.lifecycle import PROMISED
from core.people.days import Day, Visit
from core.people.model import Provider
from core.people.schedule import Plan

MOST = (1, 2, 3, 4, 5, 6, 8, 10)
BUFFERS = (0, 15, 30, 45, 60, 90)


def hub(words: Words, plan: Plan, today: Day, *, now: datetime) -> Screen:
    provider = plan.provider
    text = lines(
        words("🗓 <b>Schedule</b>"), GAP, *_day(today, words, now), GAP,
        words("📍 {place}, {km} km around", place=short(words.place(provider.place), 60) or "—",
              km=provider.radius_m // 1000),
        words.plural("At most {n} job a day", "At most {n} jobs a day", provider.daily_max),
        words("{time} free after each job", time=words.minutes(provider.buffer_min)), GAP,
        words("💬 You can type it, too: Wed off, Mon–Fri 9–18"),
    )  # fmt: skip
    buttons = [
        Button(words.plain("📅 Day by day"), press("day", today.day.toordinal())),
        Button(words.plain("🗓 Week"), press("week", 0)),
        Button(words.plain("🕘 Hours"), press("hours")),
        Button(words.plain("🌴 Days off"), press("off", 0)),
        Button(words.plain("📍 Area"), press("area")),
        Button(words.plain("⚖️ Limits"), press("limits")),
        Button(words.plain("🤒 Can't work"), press("away")),
    ]
    return Screen(text, [*grid(buttons), home_row(words)])


def _day(day: Day, words: Words, now: datetime) -> Iterable[Markup]:
    """One day: its hours, then each visit with the way to it."""
    yield Markup("<b>{}</b> · {}").format(words.day(day.day, now=now), _hours(day, words))
    for visit in day.visits:
        yield _way(visit, words)
        if visit.tight:
            yield words("⚠️ Only {minutes} for this way", minutes=words.minutes(visit.gap or 0))
        yield from _visit(visit, words)
    if not day.visits:
        yield words("No visits.")


def _way(visit: Visit, words: Words) -> Markup:
    if not visit.way:
        return words("↓ the same place")
    km, minutes = words.distance(visit.km), words.minutes(visit.way)
    return words("↓ {km}, about {minutes}", km=km, minutes=minutes)


def _hours(day: Day, words: Words) -> str:
    if day.off:
        return words.plain("day off")
    spans = [f"{words.time(opens)}–{words.time(closes)}" for opens, closes in day.spans]
    return ", ".join(spans) or words.plain("not a working day")


def _visit(visit: Visit, words: Words) -> Iterable[Markup]:
    order = visit.order
    end = order.starts_at + timedelta(minutes=order.minutes)
    sign = names.STATES[order.state][0]
    when = f"{words.time(order.starts_at)}–{words.time(end)}"
    yield Markup("{} <b>{}</b> {}").format(sign, when, short(title(order, words), 40))
    place = short(words.place(order.place), 60)
    if order.state in PROMISED:
        link = map_link((order.lat, order.lon), words)
        yield Markup('     📍 {} · <a href="{}">{}</a>').format(place, link, words("map"))
    else:
        yield Markup("     📍 {}").format(place)


def day(words: Words, shown: Day, *, now: datetime) -> Screen:
    """The live card of the day: it changes as the day does."""
    text = lines(words("📅 <b>Your day</b>"), GAP, *_day(shown, words, now))
    rows = [
        [Button(f"{words.time(v.order.starts_at)} {short(title(v.order, words), 22)}",
                press("job", v.order.id))]
        for v in shown.visits[:5]
    ]  # fmt: skip
    here = shown.day.toordinal()
    turns = [
        Button("◀", press("day", here - 1)), Button(words.plain("🖼 Picture"), press("dayshot", here, 0)),
        Button("▶", press("day", here + 1)),
    ]  # fmt: skip
    ends = [back(words, press("sched")), Button(words.plain("🗓 Week"), press("week", here))]
    return Screen(text, [*rows, turns, ends], card=Card("day", here))


def picture(words: Words, shown: File, anew: str, *, below: bool, now: datetime) -> Screen:
    """As it is at this moment, `below` the card that was tapped."""
    text = words("As of {time}", time=words.lasting(now))
    rows = [[Button(words.plain("🔄 Anew"), anew), *home_row(words)]]
    return Screen(text, rows, photo=shown, quiet=True, below=below)


def week(words: Words, days: Sequence[Day], *, now: datetime) -> Screen:
    """Seven days, a line each, with a line for every visit."""
    said: list[Markup] = []
    for one in days:
        km = sum(visit.km for visit in one.visits)
        way = Markup(" · {}").format(words.distance(km)) if one.visits else ""
        head = Markup("<b>{}</b> · {}{}").format(
            words.weekday_date(one.day), _hours(one, words), way
        )
        said += [head, *(_short(visit, words) for visit in one.visits[:6])]
    monday = days[0].day.toordinal()
    buttons = [
        Button(f"{weekday(d.day.weekday(), words)} {d.day.day}", press("day", d.day.toordinal()))
        for d in days
    ]
    turns = [
        Button("◀", press("week", monday - 7)),
        Button(words.plain("🖼 Picture"), press("weekshot", monday, 0)),
        Button("▶", press("week", monday + 7)),
    ]
    ends = [back(words, press("sched")), *home_row(words)]
    text = lines(words("🗓 <b>Your week</b>"), GAP, *said)
    return Screen(text, [*grid(buttons, columns=4), turns, ends])


def _short(visit: Visit, words: Words) -> Markup:
    order = visit.order
    return Markup("  {} {} {} · {}").format(
        names.STATES[order.state][0], words.time(order.starts_at), short(title(order, words), 30),
        short(words.place(order.place), 30),
    )  # fmt: skip


def limits(words: Words, provider: Provider) -> Screen:
    text = lines(
        words("⚖️ <b>Limits</b>"),
        words.plural("At most {n} job a day", "At most {n} jobs a day", provider.daily_max),
        words("{time} free after each job", time=words.minutes(provider.buffer_min)), GAP,
        words("Top: jobs per day. Below: travel time between jobs."),
        words("Visits that are booked stay as they are."),
    )  # fmt: skip
    most = [Button(_ticked(str(n), n == provider.daily_max), press("most", n)) for n in MOST]
    free = [
        Button(_ticked(words.minutes(m), m == provider.buffer_min), press("buffer", m))
        for m in BUFFERS
    ]
    ends = [back(words, press("sched")), *home_row(words)]
    return Screen(text, [*grid(most, columns=4), *grid(free, columns=3), ends])


def _ticked(label: str, on: bool) -> str:
    return f"• {label}" if on else label
