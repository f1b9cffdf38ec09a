"""A message that must be sent: written in the transaction that causes it, put into words when it leaves."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

FIRST, URGENT, NORMAL, BULK = -1, 0, 5, 9
AGAIN = "looked_again"
"""A fact of a letter that is there already and is put into words once more."""
STANDING = "standing"
"""The kind of letter that says nothing itself: what stands about its subject is looked at again, in each chat where
something does or is about to; where nothing does, none is written.
"""
ONCE = frozenset({"announcement"})
"""Kinds of letters that rather stay away than come twice: one whose sending was cut off is never tried again."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`bot` sends it to the person, or to the staff chat when `person_id` is None.

    `kind` names the renderer, `subject` what it is about; `key` makes it unique for good. What a later state makes
    pointless is closed by its renderer, not sent.
    """

    key: str
    bot: str
    person_id: int | None
    kind: str
    subject: int
    version: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    urgency: int = NORMAL
    not_before: datetime | None = None
