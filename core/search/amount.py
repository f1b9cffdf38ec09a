"""How many of a thing a sentence asks for: 3台空调, two units."""

import re

from core.search.normal import normalise
from core.when.numbers import HOUR_WORDS, NUMBER, number

_COUNTED = re.compile(
    rf"({NUMBER})\s*[台个张间扇只件把盏处套条块](?!小时|钟|月|半|人|星期|礼拜)"
    rf"|(?<![a-z\d])(\d{{1,2}}|{HOUR_WORDS}) (?:units?|pieces?|items?|of them|acs?|sofas?|rooms?)(?![a-z])"
)


def amount(text: str) -> int | None:
    """Two or more, or None: one is what is booked anyway."""
    found = _COUNTED.search(normalise(text))
    many = number(found[1] or found[2]) if found else 0
    return many if many > 1 else None
