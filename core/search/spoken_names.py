"""Whether a sentence names somebody: 约李师傅修空调, 找孙光明, Wang, "master shi zhiqiang"."""

from collections.abc import Collection

from core.search.normal import normalise, runs
from core.search.pinyin import glued, spellings
from core.search.typed import HONORIFICS, TITLES

_SHORTEST = 3


def names(*, text: str, name: str, common: Collection[str]) -> bool:
    """The whole name, or the surname with an honorific; in letters the surname alone, unless it is a `common` word."""
    said = normalise(text)
    plain = normalise(name).strip()
    if not plain:
        return False
    stretches = list(runs(said))
    if plain in said if not plain.isascii() else f" {plain} " in f" {said} ":
        return True
    if any(f"{plain[0]}{honorific}" in said for honorific in HONORIFICS):
        return True
    words = [run.text for run in stretches if not run.han]
    written = {one for one in glued(words=words) if len(one) > _SHORTEST} - {*common}
    if written & {*spellings(han=plain), *spellings(han=plain[1:] + plain[:1])}:
        return True
    surnames = set(spellings(han=plain[:1]))
    return any(
        word in surnames and (before in TITLES or (len(word) >= _SHORTEST and word not in common))
        for before, word in zip(["", *words], words, strict=False)
    )
