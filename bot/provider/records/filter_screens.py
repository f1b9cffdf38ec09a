"""How the filter of the records looks: what is chosen stands on the buttons, with how many there are. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.i18n import Words, mark
from bot.provider.parts import back, home_row, lines, short
from bot.provider.records.coded import Chosen
from bot.provider.records.screens import ENDS, OPINIONS, PERIODS, counted, period
from bot.screen import Button, Page, Screen, grid, press
from core.records.model import End, Opinion, Record

ASKS = {
    "period": mark("🗓 <b>Which time?</b>"),
    "end": mark("📋 <b>How did they end?</b>"),
    "opinion": mark("⭐ <b>With or without a review?</b>"),
}
ANY_END, ANY_OPINION, ANY_SERVICE = mark("Any end"), mark("Any review"), mark("All services")


def overview(
    one: Chosen, found: Sequence[Record], text: str, service: str, words: Words, now: datetime
) -> Screen:
    """Each part of the filter is a button that says what it is set to."""
    net = sum(record.net for record in found)
    typed = words("With the words “{text}”", text=short(text, 40)) if one.typed else None
    said = lines(words("🔎 <b>Which records?</b>"), counted(len(found), net, words), typed)
    parts = [
        Button(f"🗓 {period(one, words, now)}", press("recby", "period", one.code)),
        Button(f"📋 {end(one.end, words)}", press("recby", "end", one.code)),
        Button(short(service, 24) or f"🛠 {words.plain(ANY_SERVICE)}",
               press("recservice", one.code, 0)),
        Button(f"⭐ {opinion(one.opinion, words)}", press("recby", "opinion", one.code)),
    ]  # fmt: skip
    show = Button(words.plain("📒 Show"), press("records", one.code, 0), style="primary")
    clear = Button(words.plain("✖️ Clear all"), press("records", Chosen().code, 0))
    return Screen(
        said, [*grid(parts), [show, *([clear] if one != Chosen() else [])], home_row(words)]
    )


def end(value: End | None, words: Words) -> str:
    return words.plain(ENDS[value][1] if value else ANY_END)


def opinion(value: Opinion, words: Words) -> str:
    return words.plain(OPINIONS.get(value, ANY_OPINION))


def _label(one: Chosen, which: str, words: Words) -> str:
    match which:
        case "period":
            return words.plain(PERIODS[one.period])
        case "end":
            return end(one.end, words)
    return opinion(one.opinion, words)


def choices(
    one: Chosen, which: str, options: Sequence[tuple[Chosen, int]], words: Words
) -> Screen:  # fmt: skip
    buttons = [
        _choice(_label(option, which, words), count, option, option == one)
        for option, count in options
    ]
    away = [back(words, press("recfilter", one.code)), *home_row(words)]
    return Screen(words(ASKS[which]), [*grid(buttons), away])


def _choice(label: str, count: int, option: Chosen, on: bool) -> Button:
    return Button(f"{'✓ ' if on else ''}{label} · {count}", press("recfilter", option.code))


def services(
    one: Chosen, every: Sequence[tuple[Chosen, str, int]], number: int, words: Words
) -> Screen:
    """`every` choice with its name and how many there are; no name means all of them."""
    page = Page.of(every, number, 6 if len(every) <= 6 else 3)
    rows = [
        [_choice(short(name, 24) or words.plain(ANY_SERVICE), count, option, option == one)]
        for option, name, count in page.items
    ]
    away = [back(words, press("recfilter", one.code)), *home_row(words)]
    return Screen(
        words("🛠 <b>Which service?</b>"), [*rows, *page.turns("recservice", one.code), away]
    )
