"""An amount, who bears it and the sentence said to it, as the one number that a button carries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.admin.deciding.ways import To
from bot.admin.parts import short
from bot.i18n import Words, mark
from bot.screen import Button

_SENTENCES = 32
_OWN = _SENTENCES - 1


@dataclass(frozen=True, slots=True)
class Terms:
    """`amount` in minor units; `sentence` counts from 1, 0 is none, the last one stands for own words."""

    amount: int = 0
    by_provider: bool = False
    sentence: int = 0

    def packed(self) -> int:
        return (self.amount * 2 + self.by_provider) * _SENTENCES + self.sentence

    @classmethod
    def of(cls, number: int) -> "Terms":
        rest, sentence = divmod(max(0, number), _SENTENCES)
        return cls(rest // 2, bool(rest % 2), sentence)


@dataclass(frozen=True, slots=True)
class Said:
    """One of a few sentences, chosen after the amount: the number keeps both."""

    sentences: Sequence[str]
    says: str = mark("Tap it, or type it in your own words. Whoever asked will read it.")

    def text(self, theirs: Words, number: int) -> str:
        place = Terms.of(number).sentence - 1
        return self.sentences[place] if 0 <= place < len(self.sentences) else ""

    def typed(self, number: int) -> int:
        return replace(Terms.of(number), sentence=_OWN).packed()

    def rows(self, words: Words, number: int, *, again: To, onward: To) -> list[list[Button]]:
        terms = Terms.of(number)
        return [
            [Button(short(words.plain(one), 40), onward(replace(terms, sentence=place).packed()))]
            for place, one in enumerate(self.sentences, start=1)
        ]
