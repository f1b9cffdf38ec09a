"""How long somebody waits for the staff: a time for the answer and one for the end, both by the rules.

They run while the hotline answers and stand still while we wait for the person. Whoever has the ticket is reminded,
then owners and operators are called: once each.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.changes import Changes, NoTimer, Timer, Update
from core.errors import OutOfDate
from core.events import Event
from core.ports import Store
from core.rules import Rules
from core.support.clock import after, between
from core.support.hours import Hours, read_hours
from core.support.model import Ticket, TicketState

ANSWER, END = "answer", "end"
REMINDED, CALLED = 1, 2
_NOT_WAITING: Final[dict[str, Any]] = {"waits_since": None, "answer_by": None, "end_by": None}


@dataclass(frozen=True, slots=True)
class Desk:
    """The rules of waiting, with the hours in which they count."""

    rules: Rules
    zone: str

    @property
    def hours(self) -> Hours | None:
        return read_hours(self.rules.text("hotline_hours"))

    def after(self, start: datetime, rule: str, *, less: int = 0) -> datetime:
        """When the rule's time is over, `less` minutes of it being spent already."""
        minutes = max(0, self._minutes(rule) - less)
        return after(start=start, minutes=minutes, hours=self.hours, zone=self.zone)

    def _minutes(self, rule: str) -> int:
        return self.rules.number(rule) * (60 if rule.endswith("_hours") else 1)

    def waits(self, ticket: Ticket, now: datetime) -> dict[str, Any]:
        """What is set when the person waits for us from now on; who waits already waits since then."""
        if ticket.waits_since is not None:
            return {}
        again = ticket.state is TicketState.CLOSED
        spent, told = (0, {}) if again else (ticket.spent_min, ticket.told)
        first = ticket.state is TicketState.OPEN or again
        rule = "ticket_first_minutes" if first else "ticket_answer_minutes"
        return {
            "waits_since": now, "answer_by": self.after(now, rule), "spent_min": spent,
            "end_by": self.after(now, "ticket_end_hours", less=spent),
            "told": {**told, ANSWER: 0},
        }  # fmt: skip

    def rests(self, ticket: Ticket, now: datetime) -> dict[str, Any]:
        """What is set when it is the person's turn, or over: what was waited so far is kept."""
        if ticket.waits_since is None:
            return {}
        waited = between(start=ticket.waits_since, end=now, hours=self.hours, zone=self.zone)
        return _NOT_WAITING | {"spent_min": ticket.spent_min + waited}


def watched(*, ticket: Ticket) -> Timer | NoTimer:
    """Looks at the ticket when the first of its times is over."""
    due = [by for by in (ticket.answer_by, ticket.end_by) if by is not None]
    key = f"ticket.wait:{ticket.id}"
    return Timer("ticket.wait", ticket.id, min(due), key) if due else NoTimer(key)


class Waiting:
    def __init__(self, *, store: Store, desk: Desk) -> None:
        self._store = store
        self._desk = desk

    async def watch(self, *, ticket_id: int, now: datetime) -> datetime | None:
        """Reminds or calls where a time is over; when to look again, or None when nobody waits or all were told."""
        ticket = await self._store.get(Ticket, id=ticket_id)
        if ticket is None or ticket.state is not TicketState.OPEN:
            return None
        told, again = dict(ticket.told), list[datetime]()
        changes = Changes()
        for place, (clock, by) in enumerate(((ANSWER, ticket.answer_by), (END, ticket.end_by))):
            stage = int(told.get(clock, 0))
            if by is None or stage >= CALLED:
                continue
            due = by if not stage else self._desk.after(by, "ticket_call_minutes")
            if now >= due:
                stage = told[clock] = stage + 1
                changes.tell(_event(ticket, clock, place, stage, by))
                due = self._desk.after(by, "ticket_call_minutes")
            if stage < CALLED:
                again.append(due)
        if changes.events:
            change = Update(Ticket, ticket.id, {"told": told}, expect={"version": ticket.version})
            try:
                await self._store.apply(changes.add(change))
            except OutOfDate:
                return now
        return min(again) if again else None


def _event(ticket: Ticket, clock: str, place: int, stage: int, by: datetime) -> Event:
    name = "ticket.late" if stage == REMINDED else "ticket.called"
    version = int(by.timestamp()) * 2 + place
    return Event(name, ticket.id, version, {}, {"clock": clock, "by": by.isoformat()})
