"""Answers to a service's questions: kept as the words the customer saw, read in everybody's own language."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.catalog.model import Names


def in_languages(*, question: Mapping[str, Any], answer: str) -> Names:
    """A chosen answer in all its languages; a typed one as it was typed."""
    for choice in question.get("choices", []):
        if answer in choice.values():
            return dict(choice)
    return {"en": answer}


def answered(
    *, questions: Sequence[Mapping[str, Any]], answers: Mapping[str, str]
) -> Iterator[tuple[Names, Names]]:
    """Each question that was answered, with its answer."""
    for question in questions:
        if (given := answers.get(question["code"])) is not None:
            yield dict(question["names"]), in_languages(question=question, answer=given)
