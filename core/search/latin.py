"""Words of letters: the stem all forms of a word share, and the known word behind a slip."""

from collections.abc import Collection

_SUFFIXES = ("ings", "ing", "ers", "ies", "er", "ed", "s")
_SHORTEST = 3
# So long a word is still brief, so long a one may have two slips.
_BRIEF, _LONG = 5, 8


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
    allowed = 1 if len(word) < _LONG else 2
    likely = (other for other in known if len(other) > _SHORTEST and _alike(word, other, allowed))
    slips = [(_slips(word, other), other) for other in likely]
    return next((other for slips_, other in sorted(slips) if slips_ <= allowed), None)


def _alike(word: str, other: str, allowed: int) -> bool:
    """Whether the one may be a slip of the other; another letter in a short word makes another word."""
    if abs(len(word) - len(other)) > allowed:
        return False
    return len(word) > _BRIEF or len(word) != len(other) or sorted(word) == sorted(other)


def _slips(word: str, other: str) -> int:
    """Letters left out, added, changed, or two of them changed about."""
    before, above = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(word, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cheapest = min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and (a, b) == (other[j - 2], word[i - 2]):
                cheapest = min(cheapest, before[j - 2] + 1)
            row.append(cheapest)
        before, above = above, row
    return above[-1]


def _tidy(body: str) -> str:
    if len(body) > _SHORTEST and body[-1] == body[-2] and body[-1] not in "lsz":
        return body[:-1]
    return body[:-1] if len(body) > _SHORTEST and body.endswith("e") else body
