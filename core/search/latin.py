"""Words of letters: the stem all forms of a word share, and the known word behind a slip."""

from collections.abc import Collection
from difflib import get_close_matches

_SUFFIXES = ("ings", "ing", "ers", "ies", "er", "ed", "s")
_SHORTEST = 3
_ALIKE = 0.74


def stem(word: str) -> str:
    """cleaning, cleaner and cleans become clean; words with digits stay."""
    if not word.isalpha() or word.endswith("ss"):
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            return _tidy(word.removesuffix(suffix) + ("y" if suffix == "ies" else ""))
    return _tidy(word)


def nearest(*, word: str, known: Collection[str]) -> str | None:
    """The known word a slip of the finger was meant to be; short words are taken as they are."""
    if len(word) <= _SHORTEST or not word.isalpha():
        return None
    likely = [other for other in known if abs(len(other) - len(word)) <= 2 and len(other) > 2]
    return next(iter(get_close_matches(word, likely, n=1, cutoff=_ALIKE)), None)


def _tidy(body: str) -> str:
    if len(body) > _SHORTEST and body[-1] == body[-2] and body[-1] not in "lsz":
        return body[:-1]
    return body[:-1] if len(body) > _SHORTEST and body.endswith("e") else body
