"""Tickets and what was said in them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as F

from core.entity import Entity


class TicketState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class TicketKind(StrEnum):
    QUESTION = "question"
    COMPLAINT = "complaint"
    IDEA = "idea"


class Ticket(Entity):
    """A conversation with the staff; `topic_id` is its thread in the staff chat once that exists.

    `outcome` is what came of it: one of core.redress.model.Outcome, or words of the staff. `verdict` are their words
    to it, `given` what it brought: an amount, the code of a voucher, what the provider bears (minor units).

    While the person waits for us `waits_since`, with an `answer_by` and an `end_by`; `spent_min` are the minutes the
    desk had it before, `told` how far it was escalated per clock (see core.support.waiting).
    """

    number: str
    person_id: int
    bot: str
    kind: TicketKind = TicketKind.QUESTION
    order_id: int | None = None
    state: TicketState = TicketState.OPEN
    topic_id: int | None = None
    version: int = 1
    outcome: str = ""
    verdict: str = ""
    given: dict[str, Any] = F(default_factory=dict)
    waits_since: datetime | None = None
    answer_by: datetime | None = None
    end_by: datetime | None = None
    spent_min: int = 0
    told: dict[str, int] = F(default_factory=dict)
    closed_at: datetime | None = None
    created_at: datetime


class Said(Entity):
    """One message of a ticket, kept as evidence."""

    ticket_id: int
    from_staff: bool
    author: str
    text: str = ""
    files: list[int] = F(default_factory=list)
    at: datetime


class Heard(Entity):
    """One message between the staff and `person_id`, the other side of a ticket's order; the ticket's own never reads
    it.
    """

    ticket_id: int
    person_id: int
    bot: str
    from_staff: bool
    author: str
    text: str = ""
    files: list[int] = F(default_factory=list)
    at: datetime
