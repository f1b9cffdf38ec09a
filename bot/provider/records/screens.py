"""How records are listed: what they are filtered by, how many they are and what they brought. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot import words as names
from bot.i18n import Words, mark
from bot.provider.parts import back, home_row, lines, short, title
from bot.provider.records.coded import ALL, LAST, MONTH, WEEK, Chosen
from bot.provider.stats.notes import PILES
from bot.screen import Button, Screen, press
from bot.spans import span_name
from core.orders.model import Order, State
from core.records.model import End, Opinion, Record, RecordPage

PERIODS = {
    ALL: mark("All time"),
    WEEK: mark("This week"),
    MONTH: mark("This month"),
    LAST: mark("Last month"),
}
ENDS = {
    End.DONE: (names.STATES[State.CLOSED][0], mark("Done")),
    End.UNPAID: (names.STATES[State.FINISHED][0], mark("Not settled yet")),
    End.ABSENT: ("🚪", mark("Nobody opened")),
    End.CANCELLED: (names.STATES[State.CANCELLED][0], mark("Cancelled")),
}
OPINIONS = {
    Opinion.GIVEN: mark("With a review"),
    Opinion.MISSING: mark("Without a review"),
    Opinion.LOW: mark("3 stars or less"),
}


def period(one: Chosen, words: Words, now: datetime) -> str:
    if one.period in PERIODS:
        return words.plain(PERIODS[one.period])
    if one.pile is not None:
        return f"{words.plain(PILES[one.pile.group])} · {span_name(one.pile.span, words)}"
    today = words.local(now).date()
    days = one.days(today=today) or (today, today)
    first, last = (_day(day, today, words) for day in days)
    return first if first == last else f"{first} – {last}"


def _day(day: date, today: date, words: Words) -> str:
    return words.month_day(day) if day.year == today.year else words.date(day)


def chips(one: Chosen, text: str, service: str, words: Words, now: datetime) -> list[str]:
    """What the list is limited to, each in a few words."""
    return [
        period(one, words, now),
        *([words.plain(ENDS[one.end][1])] if one.end else []),
        *([service] if service else []),
        *([words.plain(OPINIONS[one.opinion])] if one.opinion in OPINIONS else []),
        *([f"“{short(text, 20)}”"] if one.typed and text else []),
    ]


def counted(count: int, net: int, words: Words) -> Markup:
    return words.plural(
        "<b>{n} job · {amount} for you</b>", "<b>{n} jobs · {amount} for you</b>", count,
        amount=words.money(net),
    )  # fmt: skip


def listed(
    found: RecordPage, one: Chosen, named: Sequence[str], words: Words, now: datetime,
    notes: Mapping[int, str] = {},
) -> Screen:  # fmt: skip
    """`named` is what the list is limited to, `notes` what each has to do with the figure it is behind."""
    told = [
        _told(record, order, notes.get(order.id, ""), words, now) for record, order in found.lines
    ]
    text = lines(
        words("📒 <b>Records</b>"),
        Markup(" · ").join(named),
        counted(found.count, found.net, words) if told else None,
        *told,
        None if told else _nothing(one, words),
        Markup("\n") + words("Type a number, a place, a name or a few words to find one.")
        if told or one != Chosen()
        else None,
    )
    rows = [[_row(record, order, one, found.number, words, now)] for record, order in found.lines]
    return Screen(text, [*rows, *_turns(found, one), _last(found, one, words)])


def none_with(text: str, words: Words) -> Markup:
    return words("No record has “{text}” in it.", text=short(text, 40))


def _nothing(one: Chosen, words: Words) -> Markup:
    if one == Chosen():
        return Markup("\n") + words("Nothing yet. Every job that is over will be here.")
    return Markup("\n") + words("Nothing here. Another filter may show more.")


def _told(record: Record, order: Order, note: str, words: Words, now: datetime) -> Markup:
    sign, name = ENDS[record.end]
    net = Markup("<b>{}</b>").format(words.money(record.net, order.currency))
    rated = "" if note.startswith("⭐") else stars(record, words)
    about = [f"{sign} {words.plain(name)}", net, short(words.place(order.place), 40), rated, note]
    return Markup("\n<b>{}</b> · {}\n{}").format(
        when(record, words, now), short(title(order, words), 40),
        Markup(" · ").join(filter(None, about)),
    )  # fmt: skip


def when(record: Record, words: Words, now: datetime) -> str:
    """Nov 27 14:00; of another year with it."""
    local = words.local(record.starts_at)
    return f"{_day(local.date(), words.local(now).date(), words)} {words.time(record.starts_at)}"


def stars(record: Record, words: Words) -> str:
    return "" if record.rating is None else f"★ {words.rating(record.rating)}"


def _row(
    record: Record, order: Order, one: Chosen, page: int, words: Words, now: datetime
) -> Button:
    day = _day(words.local(record.starts_at).date(), words.local(now).date(), words)
    label = f"{day} · {short(title(order, words), 16)} · {words.money(record.net, order.currency)}"
    return Button(label, press("record", order.id, one.code, page))


def _turns(found: RecordPage, one: Chosen) -> list[list[Button]]:
    """Two buttons, for the page is said beside them: with three records it makes eight in all."""
    if found.pages == 1:
        return []

    def to(number: int, label: str) -> Button:
        return Button(label, press("records", one.code, number % found.pages))

    here = f"{found.number + 1}/{found.pages}"
    return [[to(found.number - 1, "◀"), to(found.number + 1, f"{here} ▶")]]


def _last(found: RecordPage, one: Chosen, words: Words) -> list[Button]:
    look = Button(words.plain("🔎 Filter"), press("recfilter", one.code))
    if (pile := one.pile) is not None:
        look = back(words, press("behind", pile.span.unit, pile.span.first.toordinal()))
    table = Button(words.plain("📥 Excel"), press("rectable", one.code, found.number))
    return [look, *([table] if found.count else []), *home_row(words)]
