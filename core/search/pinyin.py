"""How Chinese sounds: tokens which a wrong character of the same sound or typed pinyin meets."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise, product

# The tables of whole phrases cost five times the memory and change nothing for pairs of syllables.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, pinyin

MARK, SURNAME = "~", "^"
# What sounds otherwise in a name than elsewhere.
AS_SURNAME = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "任": "ren", "查": "zha", "区": "ou", "朴": "piao",
    "沈": "shen", "潘": "pan", "华": "hua", "葛": "ge", "翟": "zhai", "覃": "qin", "乐": "yue", "冼": "xian",
}  # fmt: skip
_MOST_READINGS = 3
_MOST_SPELLINGS = 9


def pair_token(first: str, second: str) -> str:
    """The token of two syllables in a row."""
    return f"{MARK}{first} {second}"


def sound_tokens(*, han: str) -> set[str]:
    """Every pair of neighbouring syllables of a Chinese run, in each common reading."""
    read = [_readings(character) for character in han]
    return {pair_token(a, b) for left, right in pairwise(read) for a, b in product(left, right)}


def surname_token(letters: str) -> str:
    """The token of a surname alone."""
    return f"{SURNAME}{letters}"


def surname_tokens(*, han: str) -> set[str]:
    """The first character of a Chinese name as it sounds in a name."""
    first = han[:1]
    sound = AS_SURNAME.get(first) or next(iter(_readings(first) if first else ()), "")
    return {surname_token(sound)} if sound else set()


def spellings(*, han: str) -> tuple[str, ...]:
    """The text in letters, glued together, in its likeliest readings."""
    read = [_readings(character) for character in han]
    if not all(read):
        return ()
    return tuple("".join(one) for one in islice(product(*read), _MOST_SPELLINGS))


def glued(*, words: Sequence[str]) -> set[str]:
    """Every stretch of neighbouring words without its gaps: what was meant may be written in one or in several."""
    size = range(len(words))
    return {"".join(words[i:j]) for i in size for j in range(i + 1, len(words) + 1) if j - i <= 8}


def syllables(*, tokens: Iterable[str]) -> frozenset[str]:
    """The syllables that occur in known sound tokens."""
    return frozenset(
        syllable for token in tokens if token.startswith(MARK) for syllable in token[1:].split(" ")
    )


def spelled_tokens(*, letters: str, known: frozenset[str]) -> set[str]:
    """The pairs of syllables in pinyin typed without spaces, over all ways to cut it."""
    size = len(letters)
    cuts = {(i, j) for i, j in _pieces(size) if letters[i:j] in known}
    ahead = _reach({(i, j) for i, j in cuts}, 0)
    back = {size - k for k in _reach({(size - j, size - i) for i, j in cuts}, 0)}
    return {
        pair_token(letters[i:j], letters[j:k])
        for i, j in cuts
        if i in ahead
        for start, k in cuts
        if start == j and k in back
    }


def _pieces(size: int) -> Iterator[tuple[int, int]]:
    return ((i, j) for i in range(size) for j in range(i + 1, min(i + 6, size) + 1))


def _reach(cuts: set[tuple[int, int]], origin: int) -> set[int]:
    reached = {origin}
    for i, j in sorted(cuts):
        if i in reached:
            reached.add(j)
    return reached


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(found[0][:_MOST_READINGS]) if found else ()
