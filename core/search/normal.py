"""One spelling for what people type: full width, capitals, traditional characters end here."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(f"([{HAN}]+)|((?:(?![{HAN}])[^\\W_])+)")
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")


class Run(NamedTuple):
    """A stretch of one script: Chinese characters, or one word of letters and digits."""

    han: bool
    text: str


def normalise(text: str) -> str:
    """NFKC, lower case, no accents on Latin letters, no broken halves of characters, simplified."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    folded = unicodedata.normalize("NFKC", whole).lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    return _simplifier()(unicodedata.normalize("NFC", plain))


def runs(text: str) -> Iterator[Run]:
    """The stretches of a normalised text; punctuation and pictures separate and disappear."""
    for match in _RUNS.finditer(text):
        yield Run(bool(match[1]), match[0])


@lru_cache(maxsize=1)
def _simplifier() -> Callable[[str], str]:
    """Traditional to simplified; a machine without the converter still finds simplified text."""
    try:
        from opencc import OpenCC
    except ImportError:
        return str
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
