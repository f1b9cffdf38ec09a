"""How the dates of a series look that can't be had as planned: several, one with its choices, skipping. Pure."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.customer.parts import back, home_row, lines, short
from bot.customer.series.screens import GAP, head
from bot.i18n import Words, mark
from bot.screen import Button, Screen, press
from bot.when import minutes_of
from core.catalog.model import Service
from core.people.model import Provider
from core.series.model import DateState, Series, SeriesDate, Why
from core.series.open_dates import Choice

SHOWN = 5
WHY = {
    Why.TAKEN: mark("<b>{date}</b> isn't free."),
    Why.PRICE: mark("For <b>{date}</b> the price has risen: it is {price} now."),
    Why.PROVIDER: mark("{name} doesn't offer this visit on <b>{date}</b>."),
}
BRIEFLY = {
    Why.TAKEN: mark("• <b>{date}</b>: not free"),
    Why.PRICE: mark("• <b>{date}</b>: the price has risen"),
    Why.PROVIDER: mark("• <b>{date}</b>: {name} doesn't offer it then"),
}
ENDS = {
    DateState.BOOKED: mark("✅ Settled: a visit is booked in place of {date}."),
    DateState.SKIPPED: mark("👌 Nobody comes on {date}."),
}


def _every(series_id: int, words: Words) -> Button:
    return Button(words.plain("🔁 All visits"), press("ser", series_id))


def ended(date: SeriesDate, words: Words) -> Markup:
    return words(ENDS[date.state], date=words.lasting(date.starts_at))


def several(
    series: Series, dates: Sequence[SeriesDate], service: Service, provider: Provider, words: Words
) -> Screen:
    """A way to each date; those beyond a page come up once the first are answered."""
    text = lines(
        words("🗓 <b>{n} visits need your answer</b>", n=len(dates)),
        head(series, service, provider, words), GAP, *_listed(dates, provider, words), GAP,
        words("Tap a date to choose another time or somebody else."),
        words("All other visits stay as they are."),
    )  # fmt: skip
    rows = [
        [Button(f"🗓 {words.lasting(one.starts_at)}", press("serdate", one.id))]
        for one in dates[:SHOWN]
    ]
    skip = Button(words.plain("⏭ Skip all {n}", n=len(dates)), press("serskips", series.id))
    return Screen(text, [*rows, [skip], [_every(series.id, words), *home_row(words)]])


def _listed(dates: Sequence[SeriesDate], provider: Provider, words: Words) -> list[Markup]:
    name, more = short(provider.name, 40), len(dates) - SHOWN
    listed = [
        words(BRIEFLY[one.why], date=words.lasting(one.starts_at), name=name)
        for one in dates[:SHOWN]
    ]
    return [*listed, words("… and {n} more", n=more)] if more > 0 else listed


def date(choice: Choice, service: Service, provider: Provider, others: int, words: Words) -> Screen:
    """One date alone: three times near it, or none; `others` wait beside it."""
    one, every = choice.date, _every(choice.series.id, words)
    series = head(choice.series, service, provider, words)
    if one.state in ENDS:
        return Screen(lines(series, ended(one, words)), [[every], home_row(words)])
    same = choice.starts == (one.starts_at,)
    text = lines(
        words("🗓 <b>One visit needs your answer</b>"), series, GAP,
        words(WHY[one.why], date=words.lasting(one.starts_at), price=words.money(choice.total),
              name=short(provider.name, 40)),
        _asks(choice, words, same=same), words("All other visits stay as they are."),
    )  # fmt: skip
    change = [
        Button(words.plain("🔎 Somebody else"), press("serwho", one.id)),
        Button(words.plain("⏭ Skip this one"), press("serskip", one.id)),
    ]
    way_back = [back(words, press("serasks", one.series_id))] if others else []
    last = [*way_back, every] if others else [every, *home_row(words)]
    return Screen(text, [*_times(choice, words, same=same), change, last])


def _asks(choice: Choice, words: Words, *, same: bool) -> Markup:
    if not choice.starts:
        return words("They have no other time near it.")
    return words("Shall they come all the same?") if same else words("Which time instead?")


def _times(choice: Choice, words: Words, *, same: bool) -> list[list[Button]]:
    yes = words.plain("✅ Yes, for {price}", price=words.money(choice.total))
    return [
        [
            Button(
                yes if same else words.lasting(start),
                press("sertake", choice.date.id, minutes_of(start), choice.total),
            )
        ]
        for start in choice.starts
    ]


def ask_skip(
    series: Series, date: SeriesDate, service: Service, provider: Provider, words: Words
) -> Screen:
    text = lines(
        words("⏭ <b>Skip this visit?</b>"), head(series, service, provider, words), GAP,
        words("Nobody comes on <b>{date}</b>.", date=words.lasting(date.starts_at)),
        words("All other visits stay as they are."),
    )  # fmt: skip
    yes = Button(words.plain("⏭ Yes, skip it"), press("serskipgo", date.id), style="danger")
    return Screen(text, [[yes], [back(words, press("serdate", date.id))]])


def ask_skip_all(
    series: Series, dates: Sequence[SeriesDate], service: Service, provider: Provider, words: Words
) -> Screen:
    text = lines(
        words("⏭ <b>Skip these {n} visits?</b>", n=len(dates)),
        head(series, service, provider, words), GAP, *_listed(dates, provider, words), GAP,
        words("Nobody comes on these dates."), words("All other visits stay as they are."),
    )  # fmt: skip
    yes = Button(
        words.plain("⏭ Yes, skip all {n}", n=len(dates)),
        press("serskipall", series.id, len(dates)), style="danger",
    )  # fmt: skip
    return Screen(text, [[yes], [back(words, press("serasks", series.id))]])
