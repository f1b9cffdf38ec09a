"""What fits under a thumb: at most eight buttons on a screen, two or three short words on each."""

import re
from collections.abc import Sequence

from bot.screen import width

BUTTONS, WORDS, PART, WHOLE = 8, 3, 24, 40
SIGNS = re.compile(r"^\W+|\W+$")
SMALL = frozenset({"a", "and", "for", "h", "min", "of", "or", "the", "to"})


def too_much(labels: Sequence[str]) -> list[str]:
    """What is wrong with these labels for a small screen: too many, or too long."""
    long = [label for label in labels if not _fits(label)]
    return long if len(labels) <= BUTTONS else [f"{len(labels)} buttons", *labels]


def _fits(label: str) -> bool:
    """A name, a price and a time may stand side by side, each of them short."""
    return width(label) <= WHOLE and all(map(_short, label.split(" · ")))


def _short(part: str) -> bool:
    words = [
        word for word in re.findall(r"[^\W\d_\u4e00-\u9fff]+", part) if word.casefold() not in SMALL
    ]
    return width(SIGNS.sub("", part)) <= PART and len(words) <= WORDS
