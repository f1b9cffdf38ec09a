"""From what a person typed to weighted tokens: verbs understood, slips and politeness forgiven."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.search.latin import nearest, stem
from core.search.normal import Run, normalise, runs
from core.search.pinyin import MARK, sound_tokens, spelled_tokens, syllables
from core.search.terms import bigrams
from core.search.words import FILLER_HAN, FILLER_LATIN, MEANS_HAN, MEANS_LATIN

LONGEST, LONG_SOUND = 120, 7
SAID, MEANT, GUESSED, HINTED = 1.0, 0.7, 0.8, 0.3
_FILLER = re.compile("|".join(FILLER_HAN))


@dataclass(frozen=True)
class Vocabulary:
    """What the index knows: how many things there are, and how many of them have each token."""

    documents: int
    frequency: Mapping[str, int]

    def __contains__(self, token: str) -> bool:
        return token in self.frequency

    def rarity(self, token: str) -> float:
        """A rare word says more than a common one."""
        return math.log(1 + self.documents / self.frequency[token])

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """What may be typed in letters → its token: words as they are, sounds without the space."""
        return {
            token.strip(MARK).replace(" ", ""): token
            for token in self.frequency
            if token.startswith(MARK) or (token.isascii() and token.isalpha())
        }

    @cached_property
    def initials(self) -> Mapping[str, list[str]]:
        """The spellings by their first letter, which people seldom get wrong."""
        found: dict[str, list[str]] = {}
        for spelling in self.spellings:
            found.setdefault(spelling[0], []).append(spelling)
        return found

    def spelled_like(self, word: str) -> list[str]:
        """What a slip in this word may have been meant to be; a slip in short pinyin makes other pinyin."""
        every = self.initials.get(word[0], [])
        if len(word) >= LONG_SOUND:
            return every
        return [one for one in every if not self.spellings[one].startswith(MARK)]

    @cached_property
    def syllables(self) -> frozenset[str]:
        """The syllables of all known sounds."""
        return syllables(tokens=self.frequency)


def query_terms(*, text: str, vocabulary: Vocabulary) -> dict[str, float]:
    """The known tokens the text asks for, each with what it is worth; empty if nothing is known."""
    worth: dict[str, float] = {}
    stretches = list(runs(normalise(text[:LONGEST])))
    for token, boost in _asked(_without_filler(stretches) or stretches, vocabulary):
        if token in vocabulary:
            worth[token] = max(worth.get(token, 0.0), boost * vocabulary.rarity(token))
    return worth


def matter(text: str) -> str:
    """What is left without the small words."""
    return " ".join(run.text for run in _without_filler(list(runs(normalise(text[:LONGEST])))))


def mere_politeness(text: str) -> bool:
    """Whether nothing but small words is left: the text asks for no thing at all."""
    return not matter(text)


def familiarity(*, text: str, vocabulary: Vocabulary) -> float:
    """0 … 1: the share of what was typed, politeness aside, that consists of words the index has, guesses aside."""
    said = known = 0
    for run in _without_filler(list(runs(normalise(text[:LONGEST])))):
        worth = [token for token, boost in _asked([run], vocabulary) if boost in (SAID, MEANT)]
        met = [token for token in worth if token in vocabulary]
        if run.han:
            said += len(run.text)
            known += sum(any(c in token for token in met if len(token) > 1) for c in run.text)
        else:
            said += len(run.text)
            known += len(run.text) * bool(met)
    return known / said if said else 0.0


def _without_filler(stretches: list[Run]) -> list[Run]:
    kept: list[Run] = []
    for run in stretches:
        if run.han:
            kept += (Run(True, part) for part in _FILLER.split(run.text) if part)
        elif run.text not in FILLER_LATIN:
            kept.append(run)
    return kept


def _asked(stretches: list[Run], vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    for run in stretches:
        yield from (_han if run.han else _word)(run.text, vocabulary)
    yield from _spaced_pinyin(stretches, vocabulary)


def _han(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    pairs = bigrams(text)
    yield from ((pair, SAID) for pair in pairs)
    for sign, meanings in MEANS_HAN.items():
        if sign in text:
            yield from ((pair, MEANT) for meaning in meanings for pair in bigrams(meaning))
    for pair in pairs:
        if pair not in vocabulary and pair[0] != pair[1]:
            yield from ((token, GUESSED) for token in sound_tokens(han=pair))
    met = {character for pair in pairs if pair in vocabulary for character in pair}
    alone = SAID if len(text) == 1 else HINTED
    yield from ((character, alone) for character in text if character not in met)


def _word(word: str, vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    root = stem(word)
    yield root, SAID
    meanings = MEANS_LATIN.get(root, ())
    yield from ((stem(meaning), MEANT) for meaning in meanings)
    if root in vocabulary or any(stem(meaning) in vocabulary for meaning in meanings):
        return
    sounds = spelled_tokens(letters=word, known=vocabulary.syllables)
    if any(token in vocabulary for token in sounds):
        yield from ((token, GUESSED) for token in sounds)
        return
    for tried in (root, word):
        if meant := nearest(word=tried, known=vocabulary.spelled_like(tried)):
            yield vocabulary.spellings[meant], GUESSED
            yield from ((stem(more), MEANT * GUESSED) for more in MEANS_LATIN.get(meant, ()))
            return


def _spaced_pinyin(stretches: list[Run], vocabulary: Vocabulary) -> Iterator[tuple[str, float]]:
    """Pinyin with spaces between the syllables: kong tiao."""
    letters = "".join(
        run.text if not run.han and run.text in vocabulary.syllables else " " for run in stretches
    )
    for stretch in letters.split():
        tokens = spelled_tokens(letters=stretch, known=vocabulary.syllables)
        yield from ((token, GUESSED) for token in tokens)
