"""What was given so far of a review that is not published yet; kept with the talk, over restarts."""

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.conversation import Talk
from core.reviews.model import Review
from core.reviews.service import MOST_FILES, Scores

DIMENSIONS = ("quality", "attitude", "skill")


@dataclass(slots=True)
class Opinion:
    """`files` are ids; `asked` is the dimension that stars are asked for, "" once all are given."""

    scores: dict[str, int] = field(default_factory=dict)
    text: str = ""
    files: list[int] = field(default_factory=list)
    asked: str = DIMENSIONS[0]

    @classmethod
    def of(cls, talk: Talk, order_id: int) -> "Opinion":
        """This order's; another order begins anew."""
        if talk.step != "review" or talk.memory.get("order") != order_id:
            return cls()
        known = cls()
        return cls(**{name: talk.memory.get(name, old) for name, old in asdict(known).items()})

    @classmethod
    def changing(cls, review: Review) -> "Opinion":
        scores = {name: getattr(review, name) for name in DIMENSIONS}
        return cls(scores, review.text, list(review.files), "")

    @property
    def whole(self) -> bool:
        return len(self.scores) == len(DIMENSIONS)

    @property
    def room(self) -> int:
        return MOST_FILES - len(self.files)

    def give(self, dimension: str, score: int) -> None:
        """Then the next one without stars is asked for."""
        self.scores = self.scores | {dimension: score}
        self.asked = next((name for name in DIMENSIONS if name not in self.scores), "")

    def given(self) -> Scores:
        return Scores(**self.scores)

    def remember(self, talk: Talk, order_id: int, **more: Any) -> None:
        talk.expect("review", order=order_id, **asdict(self), **more)
