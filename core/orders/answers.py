"""Answers to a service's questions: kept as the words the customer saw, read in everybody's own language."""

from typing import Any

from core.catalog.model import Names


def in_languages(*, question: dict[str, Any], answer: str) -> Names:
    """A chosen answer in all its languages; a typed one as it was typed."""
    for choice in question.get("choices", []):
        if answer in choice.values():
            return dict(choice)
    return {"en": answer}
