"""Reads that somebody will be late, and by how much: 晚到15分钟, I'll be half an hour late."""

import re

from core.search.normal import normalise
from core.when.ahead import lasting

_LATE = re.compile(
    r"迟到|晚到|晚点到|晚一[点些会]|[会要得能]晚|来晚|晚个?(?:[\d半两一二三四五]|十)+个?(?:分|刻|小时)"
    r"|(?<![a-z])(?:(?:be|am|is|bit|running|arrive|coming|min|mins|minutes|hour) late|late by|delayed)(?![a-z])"
    r"|^late$|\d late(?![a-z])|(?<![a-z])i'?m (?:\d+ ?min[a-z]* )?late(?![a-z])"
)
_BARE = re.compile(r"\d{1,3}")


def read_delay(text: str) -> int | None:
    """The minutes, 0 where it isn't said by how much; None where nobody is late."""
    text = normalise(text)
    if not _LATE.search(text):
        return None
    if long := lasting(text):
        return round(long.total_seconds() / 60)
    bare = _BARE.search(text)
    return int(bare.group()) if bare else 0


def read_minutes(text: str) -> int | None:
    """The minutes of an answer to the question by how much: 15, 20 min, 半小时."""
    text = normalise(text)
    if long := lasting(text):
        return round(long.total_seconds() / 60)
    bare = _BARE.fullmatch(text)
    return int(bare.group()) if bare else None
