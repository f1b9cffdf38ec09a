"""From the names and keywords of a service or a provider to weighted tokens in one plain table."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from core.search.latin import stem
from core.search.normal import normalise, runs
from core.search.pinyin import sound_tokens, surname_tokens

NAME, KEYWORD = 3.0, 1.0


def index_terms(*, names: Iterable[str], keywords: Iterable[str]) -> dict[str, float]:
    """Every token under which it can be found; a word of the name weighs three times a keyword."""
    weights: dict[str, float] = {}
    for texts, weight in ((names, NAME), (keywords, KEYWORD)):
        for token in (token for text in texts for token in _tokens(normalise(text))):
            weights[token] = max(weights.get(token, 0.0), weight)
    return weights


def name_terms(*, name: str) -> dict[str, float]:
    """The same for somebody's name, with the sound of a Chinese surname by itself."""
    heard = surname_tokens(han=normalise(name).strip())
    return index_terms(names=[name], keywords=[]) | dict.fromkeys(heard, NAME)


def bigrams(han: str) -> list[str]:
    """Neighbouring characters: 空调维修 → 空调, 调维, 维修."""
    return [a + b for a, b in pairwise(han)]


def _tokens(text: str) -> Iterator[str]:
    for run in runs(text):
        if run.han:
            yield from run.text
            yield from bigrams(run.text)
            yield from sound_tokens(han=run.text)
        else:
            yield stem(run.text)
