"""From looking for a service to a visit that is done, and what was wanted in vain: as words and as a picture."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from bot.adapters.drawing import FAINT, INK, PAPER, Colour, Sheet
from bot.admin.parts import back, lines, short
from bot.admin.stats.names import Keys
from bot.admin.stats.screens import ends
from bot.i18n import Words, mark
from bot.screen import File, Screen, press
from bot.spans import span_name
from core.figures.counting import share
from core.platform.facts import Facts
from core.platform.funnel import Stage, Step, funnel
from core.platform.measures import Dimension, Measure, ranked, split

STAGES: Final = {
    Stage.SOUGHT: mark("Looked for a service"),
    Stage.SEEN: mark("Saw a provider"),
    Stage.BEGUN: mark("Began to book"),
    Stage.PLACED: mark("Placed the order"),
    Stage.PAID: mark("Paid"),
    Stage.DONE: mark("Job done"),
}
UNMET = 6
_WIDTH, _TOP, _ROW = 880, 100, 86
_LEFT, _RIGHT = 330, 700
_BLUE: Final[Colour] = (28, 126, 214)


def ways(facts: Facts, keys: Keys, words: Words) -> Screen:
    steps = funnel(facts=facts)
    first = steps[0].count
    text = lines(
        words("🧭 <b>{span}</b>", span=span_name(facts.span, words)),
        words("<i>From looking to paid: customers, each counted once a day</i>"),
        Markup(""),
        *[words("{name} <b>{n}</b>{part}", name=words.plain(STAGES[step.stage]),
                n=words.number(step.count), part=_part(step, first, words)) for step in steps],
        Markup(""),
        *_unmet(facts, keys, words),
    )  # fmt: skip
    to = press("sto", *ends(facts.span))
    return Screen(text, [back(words, to)], photo=drawn(facts, steps, words))


def _part(step: Step, first: int, words: Words) -> str:
    """Of those who looked; orders without a look, by phone or repeated, have no share of it."""
    part = share(step.count, first) if step.count <= first else None
    return "" if part is None else f" · {words.percent(round(part / 100) * 100)}"


def _unmet(facts: Facts, keys: Keys, words: Words) -> list[Markup]:
    """What, where and for which hour somebody was looked for and nobody could come."""
    total = sum(value for _, value in ranked(measure=Measure.UNMET, facts=facts, by=Dimension.DAY))
    if not total:
        return [words("🕳 Nobody was looked for in vain.")]
    by = (Dimension.SERVICE, Dimension.DISTRICT, Dimension.HOUR)
    parts = split(measure=Measure.UNMET, facts=facts, by=by)
    most = sorted(parts.items(), key=lambda one: (-(one[1] or 0), *map(str, one[0])))[:UNMET]
    return [
        words("🕳 <b>Looked for in vain: {n}</b>", n=words.number(total)),
        *[
            words("{what} · {where} · {hour}: <b>{n}</b>",
                  what=short(keys.name(Dimension.SERVICE, what), 20),
                  where=keys.name(Dimension.DISTRICT, where), n=words.number(count or 0),
                  hour=keys.name(Dimension.HOUR, hour))
            for (what, where, hour), count in most
        ],
    ]  # fmt: skip


def drawn(facts: Facts, steps: Sequence[Step], words: Words) -> File:
    """A bar for each stage, beside what it is of the first."""
    sheet = Sheet(_WIDTH, _TOP + _ROW * len(steps) + 20)
    sheet.words(40, 24, span_name(facts.span, words), 44, within=800)
    most = max((step.count for step in steps), default=0) or 1
    first = steps[0].count
    for place, step in enumerate(steps):
        top = _TOP + place * _ROW
        sheet.words(40, top + 14, words.plain(STAGES[step.stage]), 28, INK, within=_LEFT - 60)
        sheet.box(_LEFT, top + 8, _RIGHT, top + 60, PAPER, round_=8)
        end = _LEFT + (_RIGHT - _LEFT) * step.count // most
        if step.count:
            sheet.box(_LEFT, top + 8, end, top + 60, _BLUE, round_=8)
        told = sheet.words(_RIGHT + 16, top + 14, words.number(step.count), 28, INK, within=90)
        part = _part(step, first, words).removeprefix(" · ")
        sheet.words(
            _RIGHT + 28 + told, top + 18, part, 22, FAINT, within=_WIDTH - _RIGHT - 40 - told
        )
    return File(name=f"{facts.span.first}-way.png", mime="image/png", content=sheet.png())
