"""How levels look: a checklist of what is asked for with the own figures, and what a level brings. Pure."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bot.i18n import Words, mark
from bot.provider.parts import GAP, back, home_row, lines
from bot.screen import Button, Screen, press
from bot.words import level_name
from core.figures.spans import Unit
from core.levels.model import Standing, Step
from core.levels.table import Criterion, Values

ASKED = {
    Criterion.JOBS: mark("Jobs done {value}, at least {need}"),
    Criterion.RATING: mark("Stars {value}, at least {need}"),
    Criterion.ON_TIME: mark("On time {value}, at least {need}"),
    Criterion.ACCEPTED: mark("Offers accepted {value}, at least {need}"),
    Criterion.DROPPED: mark("Visits given back {value}, at most {need}"),
}
PLAIN = {
    Criterion.JOBS: mark("{need} jobs"), Criterion.RATING: mark("{need} stars"),
    Criterion.ON_TIME: mark("{need} on time"), Criterion.ACCEPTED: mark("{need} accepted"),
    Criterion.DROPPED: mark("at most {need} given back"),
}  # fmt: skip


def level(standing: Standing, words: Words) -> Screen:
    mine, ahead = standing.mine, standing.ahead
    text = lines(
        words("🏅 <b>Your level: {level}</b>", level=level_name(mine.level, words)),
        _brought(mine, standing.days, words), *_warning(standing, words), GAP,
        *(_ahead(ahead, standing, words) if ahead else _top(standing, words)),
    )  # fmt: skip
    rows = [
        [Button(words.plain("📋 All levels"), press("levels")),
         Button(words.plain("📊 Statistics"), press("stats", Unit.MONTH, 0))],
        home_row(words),
    ]  # fmt: skip
    return Screen(text, rows)


def _brought(step: Step, days: int, words: Words) -> Markup | None:
    if not step.off_bp:
        return None
    return words(
        "Commission is {off} of the price lower for you; on the jobs of the last {days} days that makes {worth}.",
        off=words.percent(step.off_bp), worth=words.money(step.worth), days=days,
    )  # fmt: skip


def _warning(standing: Standing, words: Words) -> Iterator[Markup]:
    if standing.falls_at is None:
        return
    missing = [
        _line(each, standing.mine, standing.values, words)
        for each in standing.mine.missing(standing.values)
    ]
    yield GAP
    yield words(
        "⚠️ Your record is below it. It stays until {day}; by then it takes:",
        day=words.weekday_date(words.local(standing.falls_at).date()),
    )
    yield from missing


def _ahead(ahead: Step, standing: Standing, words: Words) -> Iterator[Markup]:
    yield words(
        "<b>Next: {level}</b>, by your last {days} days", level=level_name(ahead.level, words),
        days=standing.days,
    )  # fmt: skip
    yield from (_line(each, ahead, standing.values, words) for each in ahead.needs)
    yield GAP
    missing = ahead.missing(standing.values)
    yield (
        words.plural("{n} thing is missing.", "{n} things are missing.", len(missing)) if missing
        else words("Nothing is missing: it comes with your next job, or tomorrow.")
    )  # fmt: skip
    yield words(
        "Commission is {off} of the price lower then: {worth} more than now for the same jobs.",
        off=words.percent(ahead.off_bp), worth=words.money(ahead.worth - standing.mine.worth),
    )  # fmt: skip
    yield words("And you stand a little higher where stars are equal.")


def _top(standing: Standing, words: Words) -> Iterator[Markup]:
    yield words("<b>There is none above it.</b> This keeps it:")
    mine = standing.mine
    yield from (_line(each, mine, standing.values, words) for each in mine.needs)


def _line(each: Criterion, step: Step, values: Values, words: Words) -> Markup:
    need, value = step.needs[each], values[each]
    sign = "✅" if each.met(value, need) else "▫️"
    shown = words("no record yet") if value is None else figure(each, value, words)
    told = words(ASKED[each], value=Markup("<b>{}</b>").format(shown),
                 need=figure(each, need, words))  # fmt: skip
    return Markup("{} {}").format(sign, told)


def figure(each: Criterion, value: int, words: Words) -> str:
    """As exact as what is asked for: 4.66 is not 4.7."""
    if each is Criterion.JOBS:
        return words.number(value)
    return words.number(value / 100) if each is Criterion.RATING else words.percent(value)


def every(steps: Sequence[Step], words: Words) -> Screen:
    """What each level asks for and brings."""
    said: list[Markup] = []
    for step in steps:
        asked = " · ".join(
            words.plain(PLAIN[each], need=figure(each, need, words))
            for each, need in step.needs.items()
        )
        brings = words("commission {off} lower", off=words.percent(step.off_bp))
        said += [
            GAP, Markup("<b>{}</b>").format(level_name(step.level, words)),
            Markup("{}").format(asked) if asked else words("everybody begins here"),
            *([Markup("💰 {}").format(brings)] if step.off_bp else []),
        ]  # fmt: skip
    text = lines(words("📋 <b>All levels</b>"), *said)
    return Screen(text, [[back(words, press("level")), *home_row(words)]])
