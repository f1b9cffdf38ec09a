"""What happened, as facts; who hears of it and in which words is a table at the edge (bot/adapters/notifier.py)."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one subject.

    `people` maps a part played ("customer", "provider", "former_provider", "person") to a person id; `version` makes
    the key of each message unique per change.
    """

    name: str
    subject_id: int
    version: int
    people: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
