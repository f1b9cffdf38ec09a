"""The figures of some days as a file: the spans below each other, the splits, and what is counted."""

from collections.abc import Sequence
from typing import Literal

from bot.adapters.sheets import Column, Table, Value, book
from bot.admin.stats.meanings import MEANINGS
from bot.admin.stats.names import DIMENSION_NAMES, MEASURE_NAMES, Keys
from bot.i18n import Words, mark
from bot.screen import File
from bot.spans import span_name
from core.platform.facts import Facts
from core.platform.measures import MEASURES, Dimension, Measure, Sort, Whole, split
from core.platform.service import Look

_KINDS: dict[Sort, Literal["number", "money", "share"]] = {
    Sort.NUMBER: "number", Sort.MONEY: "money", Sort.SHARE: "share", Sort.STARS: "number",
}  # fmt: skip
ALL = mark("by category, district and hour")
SPLITS = (
    (Dimension.CATEGORY,), (Dimension.SERVICE,), (Dimension.DISTRICT,), (Dimension.HOUR,),
    (Dimension.DAY,), (Dimension.PROVIDER,),
    (Dimension.CATEGORY, Dimension.DISTRICT, Dimension.HOUR),
)  # fmt: skip


def figures_file(look: Look, keys: Keys, words: Words, *, late_minutes: int) -> File:
    name = span_name(look.span, words)
    tables = [
        _spans(look, words),
        *(_split(look.now, by, keys, words, name) for by in SPLITS),
        _meanings(words, late_minutes),
    ]
    first, last = look.span.first, look.span.last
    title = f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d}–{last:%Y-%m-%d}"
    return book(name=title, tables=tables, words=words, currency=words.currency)


def _columns(measures: Sequence[Measure], words: Words) -> list[Column]:
    return [Column(words.plain(MEASURE_NAMES[one]), _KINDS[MEASURES[one].sort]) for one in measures]


def _spans(look: Look, words: Words) -> Table:
    """The span, the one before it, and the row of the chart."""
    spans = {facts.span: facts for facts in (look.now, look.before, *look.row)}
    measures = list(MEASURES)
    return Table(
        words.plain("The platform’s figures"),
        [Column(words.plain("Time"), width=26), *_columns(measures, words)],
        [
            [span_name(span, words), *(_value(one, facts) for one in measures)]
            for span, facts in spans.items()
        ],
        tab=words.plain("Overview"),
    )


def _value(measure: Measure, facts: Whole) -> Value:
    return MEASURES[measure].of(facts)


def _split(facts: Facts, by: Sequence[Dimension], keys: Keys, words: Words, name: str) -> Table:
    measures = [one for one, counted in MEASURES.items() if set(by) <= counted.by]
    parts = {one: split(measure=one, facts=facts, by=by) for one in measures}
    found = sorted(
        {key for some in parts.values() for key in some}, key=lambda key: (*map(str, key),)
    )
    alone = len(by) == 1
    title = words.plain(DIMENSION_NAMES[by[0]] if alone else ALL)
    return Table(
        f"{name} · {title}",
        [*(Column(words.plain(DIMENSION_NAMES[one]), width=22) for one in by),
         *_columns(measures, words)],
        [
            [*(keys.name(one, part) for one, part in zip(by, key, strict=True)),
             *(parts[one].get(key, MEASURES[one].nothing) for one in measures)]
            for key in found
        ],
        tab=title,
    )  # fmt: skip


def _meanings(words: Words, late_minutes: int) -> Table:
    return Table(
        words.plain("What is counted"),
        [Column(words.plain("Figure"), width=24), Column(words.plain("Meaning"), width=90)],
        [
            [words.plain(MEASURE_NAMES[one]), words.plain(MEANINGS[one], n=late_minutes)]
            for one in MEASURE_NAMES
        ],
        tab=words.plain("What is counted"),
    )
