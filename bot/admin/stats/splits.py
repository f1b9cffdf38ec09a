"""The figures of some days by category, by district or by hour: one line for each part. Pure."""

from markupsafe import Markup

from bot.admin.parts import back, lines, short
from bot.admin.stats.names import DIMENSION_NAMES, Keys, written
from bot.admin.stats.screens import ends
from bot.i18n import Words, mark
from bot.screen import Button, File, Screen, press
from bot.spans import span_name
from core.platform.facts import Facts
from core.platform.measures import MEASURES, Dimension, Key, Measure, split

SHOWN = (Dimension.CATEGORY, Dimension.DISTRICT, Dimension.HOUR)
MOST = 12
COLUMNS = (Measure.ORDERS, Measure.AMOUNT, Measure.CANCEL_RATE)
CHOICES = {
    Dimension.CATEGORY: mark("By category"), Dimension.DISTRICT: mark("By district"),
    Dimension.HOUR: mark("By hour"),
}  # fmt: skip


def split_up(facts: Facts, by: Dimension, keys: Keys, photo: File, words: Words) -> Screen:
    parts = [(measure, split(measure=measure, facts=facts, by=[by])) for measure in COLUMNS]
    told = [
        Markup("<b>{}</b>  {}").format(
            short(keys.name(by, key), 24),
            " · ".join(
                written(measure, values.get((key,), MEASURES[measure].nothing), words)
                for measure, values in parts
            ),
        )
        for key in largest(facts, by)
    ]
    text = lines(
        words("🗂 <b>{span}</b> {by}", span=span_name(facts.span, words),
              by=words.plain(DIMENSION_NAMES[by])),
        words("<i>orders · turnover · cancelled</i>"),
        Markup(""),
        *(told or [words("There are no orders in this time.")]),
    )  # fmt: skip
    to = ends(facts.span)
    choices = [
        Button(words.plain(name) + (" ✓" if one is by else ""), press("stb", one, *to))
        for one, name in CHOICES.items()
    ]
    return Screen(text, [choices, back(words, press("sto", *to))], photo=photo)


def largest(facts: Facts, by: Dimension) -> list[Key]:
    """Those with the most orders; hours in the order of the day."""
    orders = split(measure=Measure.ORDERS, facts=facts, by=[by])
    money = split(measure=Measure.AMOUNT, facts=facts, by=[by])
    found = {key for (key,) in (*orders, *money)}
    if by is Dimension.HOUR:
        return sorted(found)
    return sorted(found, key=lambda key: (-(orders.get((key,)) or 0), str(key)))[:MOST]
