"""A question about one district, category or service: those whose names stand in its words."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from core.catalog.model import Category, Service
from core.catalog.service import Catalog
from core.platform.facts import Facts
from core.platform.measures import KEYS, MEASURES, Dimension, Key
from core.platform.questions import Question, read_question
from core.ports import Geography

Only = Mapping[Dimension, Key]
_SHORTEST_LATIN = 4


def asked_of(
    *, text: str, today: date, catalog: Catalog, places: Geography
) -> tuple[Question, Only] | None:
    """The question, and what its figures are of: nothing that the measure does not know, or that they are split by."""
    found: dict[Dimension, Key] = {}
    if district := places.district(text=text):
        found[Dimension.DISTRICT] = district
    if named := max(_named(text, catalog), key=lambda one: len(one[0]), default=None):
        name, dimension, key = named
        found[dimension] = key
        text = text.casefold().replace(name, " ")  # a word in a name asks for nothing
    question = read_question(text=text, today=today)
    if question is None:
        return None
    may = MEASURES[question.measure].by - {question.by}
    return question, {dimension: key for dimension, key in found.items() if dimension in may}


def _named(text: str, catalog: Catalog) -> Iterator[tuple[str, Dimension, Key]]:
    """Services and highest categories whose whole name, in any language, is in the text."""
    said = text.casefold()
    things: list[tuple[Dimension, Category | Service]] = [
        *((Dimension.CATEGORY, one) for one in catalog.children(parent_id=None)),
        *((Dimension.SERVICE, one) for one in catalog.services()),
    ]
    for dimension, thing in things:
        for name in map(str.casefold, thing.names.values()):
            if _holds(said, name):
                yield name, dimension, thing.id


def _holds(said: str, name: str) -> bool:
    """Latin names as whole words; Chinese has no gaps."""
    if not name.isascii():
        return bool(name) and name in said
    whole = rf"(?<![a-z]){re.escape(name)}(?![a-z])"
    return len(name) >= _SHORTEST_LATIN and re.search(whole, said) is not None


def narrowed(*, facts: Facts, to: Only) -> Facts:
    return facts.where(lambda fact: all(KEYS[one](fact) == key for one, key in to.items()))
