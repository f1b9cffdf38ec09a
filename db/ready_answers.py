"""The frequently asked questions a platform begins with; from then on they are the staff's."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.faq.model import Question, Topic

TEXTS = Path(__file__).with_suffix(".yaml")


@cache
def ready_answers() -> list[tuple[Topic, list[Question]]]:
    """Topics of both bots with their questions; shared, so nobody changes them."""
    sides = yaml.safe_load(TEXTS.read_text("utf-8"))
    return [_topic(side, raw) for side, topics in sides.items() for raw in topics]


def _topic(side: str, raw: dict[str, Any]) -> tuple[Topic, list[Question]]:
    questions = [
        Question(id=0, topic_id=0, question=one["question"], answer=one["answer"])
        for one in raw["questions"]
    ]
    return Topic(id=0, side=side, names=raw["topic"]), questions
