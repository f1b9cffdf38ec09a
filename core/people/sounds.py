"""How a name may be typed by somebody who looks for it: as it is written, in letters, by its first letters."""

from collections.abc import Iterable

from core.search.normal import normalise, runs
from core.search.pinyin import spellings


def sounds(*, names: Iterable[str]) -> str:
    """王小明 → "王小明 wangxiaoming wxm": whatever part of it is typed is found in it."""
    return " ".join(dict.fromkeys(word for name in names for word in _of(normalise(name))))[:500]


def _of(name: str) -> Iterable[str]:
    yield from name.split()
    for run in runs(name):
        if run.han:
            yield from spellings(han=run.text)
            yield "".join(one[:1] for one in (_first(sign) for sign in run.text))


def _first(sign: str) -> str:
    return next(iter(spellings(han=sign)), "")
