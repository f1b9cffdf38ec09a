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
FOLLOWING = frozenset({"order_card", "job_card", "offer_card", "day_card", "alert_card", "board"})
"""Kinds of letters that bring a card up to what is so when they leave: one that waits and that nobody has taken yet
becomes that of the next news, as it tells them, too. Nothing of them stands.
"""
ONLY_ON = {"day_card": "day", "former_day_card": "day", "extra_card": "extra"}
"""Kinds of letters that are nothing without a card of that kind in the chat: there they are not even put into words."""


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
