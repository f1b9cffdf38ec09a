"""Which ready answers fit a question as people type it: rare words count for more than common ones."""

from collections.abc import Iterable, Mapping, Sequence
from math import log

from core.faq.model import Chapter, Question, Topic
from core.search.latin import stem
from core.search.normal import normalise, runs
from core.search.terms import NAME, bigrams, index_terms
from core.search.words import FILLER_HAN, FILLER_LATIN

# The share of what was asked that an answer must cover to be worth showing.
ENOUGH = 0.3
UNKNOWN = 1.0


def likely(
    *, chapters: Sequence[Chapter], text: str, most: int = 4, enough: float = ENOUGH
) -> list[Question]:
    """The best first; none where nothing fits."""
    asked = _tokens(text)
    questions = [one for chapter in chapters for one in chapter.questions]
    index = [_terms(chapter.topic, one) for chapter in chapters for one in chapter.questions]
    weight = {token: _rarity(token, index) for token in asked}
    whole = NAME * sum(weight.values())
    scored = [
        (sum(terms.get(token, 0.0) * weight[token] for token in asked), question)
        for terms, question in zip(index, questions, strict=True)
    ]
    fitting = [(score, question) for score, question in scored if score and score >= enough * whole]
    fitting.sort(key=lambda pair: -pair[0])
    return [question for _, question in fitting[:most]]


def _terms(topic: Topic, question: Question) -> dict[str, float]:
    return index_terms(
        names=question.question.values(),
        keywords=[*question.answer.values(), *topic.names.values()],
    )


def _rarity(token: str, index: Sequence[Mapping[str, float]]) -> float:
    """A word no answer has speaks against them all, but softly: it may be half of two neighbours' characters."""
    among = sum(token in terms for terms in index)
    return log(1 + len(index) / (1 + among)) if among else UNKNOWN


def _tokens(text: str) -> set[str]:
    """Pairs of characters and stems of words, without what is mere politeness."""
    return {token for run in runs(normalise(text[:200])) for token in _of(run.han, run.text)}


def _of(han: bool, text: str) -> Iterable[str]:
    if not han:
        return () if text in FILLER_LATIN else (stem(text),)
    for filler in FILLER_HAN:
        text = text.replace(filler, " ")
    return [pair for part in text.split() for pair in bigrams(part) or [part]]
