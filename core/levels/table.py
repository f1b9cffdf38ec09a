"""The table of levels: per level what is asked for and what it brings, each number a rule that staff can change."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.changes import Timer
from core.people.model import Level
from core.rules import Rules

UP: Final = tuple(Level)
"""From the first to the highest."""


class Criterion(StrEnum):
    """What a level asks for. The value is the end of the rule's name; RATING is in hundredths, the others as named."""

    JOBS = "jobs"
    RATING = "rating"
    ON_TIME = "on_time_bp"
    ACCEPTED = "accepted_bp"
    DROPPED = "dropped_bp"

    def met(self, value: int | None, need: int) -> bool:
        """Without a record there is nothing against it, but jobs and stars have to be there."""
        if value is None:
            return self is not Criterion.RATING
        return value <= need if self is Criterion.DROPPED else value >= need


Values = Mapping[Criterion, int | None]


def needs(*, level: Level, rules: Rules) -> dict[Criterion, int]:
    """The first level asks for nothing."""
    if level is UP[0]:
        return {}
    return {each: rules.number(f"{level}_{each}") for each in Criterion}


def reached(*, values: Values, rules: Rules) -> Level:
    """The highest level of which everything is met."""
    return next(
        level
        for level in reversed(UP)
        if all(
            each.met(values[each], need) for each, need in needs(level=level, rules=rules).items()
        )
    )


def next_up(*, level: Level) -> Level | None:
    place = UP.index(level) + 1
    return UP[place] if place < len(UP) else None


def off_bp(*, level: Level, rules: Rules) -> int:
    """By how much the commission is lower, in basis points of the price."""
    return 0 if level is UP[0] else rules.number(f"{level}_off_bp")


def rank_bonus(*, level: Level, rules: Rules) -> int:
    """Hundredths of a star by which somebody stands higher where stars decide."""
    return 0 if level is UP[0] else rules.number(f"{level}_rank")


def level_due(*, provider_id: int, now: datetime) -> Timer:
    """Something was done or said that a level may follow from."""
    return Timer("provider.level", provider_id, now, f"provider.level:{provider_id}")
