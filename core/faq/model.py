"""Frequently asked questions with their answers, under topics; all words are kept per language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import Field as F

from core.entity import Entity

Texts = dict[str, str]  # language → words


class Topic(Entity):
    """`side` is the bot in which it is asked; `changed_by` reads as colleagues know whoever wrote it last."""

    side: str = "customer"
    names: Texts = F(default_factory=dict)
    position: int = 0
    hidden: bool = False
    version: int = 1
    changed_by: str = ""
    changed_at: datetime | None = None


class Question(Entity):
    """Below its topic; the rest as there."""

    topic_id: int
    question: Texts = F(default_factory=dict)
    answer: Texts = F(default_factory=dict)
    position: int = 0
    hidden: bool = False
    version: int = 1
    changed_by: str = ""
    changed_at: datetime | None = None


Thing = Topic | Question
TEXTS: Final[dict[type[Thing], tuple[str, ...]]] = {
    Topic: ("names",), Question: ("question", "answer"),
}  # fmt: skip
"""What is written of each, per language."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A topic with its questions, in their order."""

    topic: Topic
    questions: list[Question]


def untold(*, thing: Thing, languages: Iterable[str]) -> list[str]:
    """The languages in which its readers get the words of another one."""
    told = [getattr(thing, name) for name in TEXTS[type(thing)]]
    return [code for code in languages if not all(code in texts for texts in told)]
