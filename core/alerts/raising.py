"""How an alert begins and ends, as changes: found by two at once it exists once, ended by two it ends once."""

from datetime import datetime
from typing import Final

from core.alerts.model import OF_ORDERS, Alert, Fate
from core.changes import Changes, Insert, Timer, Update
from core.errors import AlreadyDone
from core.events import Event
from core.taking.model import Matter
from core.taking.service import in_nobodys_hands

LOOK: Final = "alert.look"
TELLING: Final = frozenset(
    {"accept", "take", "finish", "close", "settle", "cancel", "absent", "drop", "replace"}
)
"""Steps of an order that say something about its people."""


def look_soon(*, now: datetime) -> Timer:
    """Something happened to an order that may be an alert."""
    return Timer(LOOK, 0, now, LOOK)


def look_after(*, order_id: int, cause: str, now: datetime) -> Timer:
    """Something happened that says something about the people of this order."""
    return Timer("alert.after", order_id, now, f"alert.after:{order_id}:{cause}")


def raised(*, alert: Alert) -> Changes:
    """Raises AlreadyDone where it was raised before."""
    name = alert.kind.value if alert.kind in OF_ORDERS else "pattern"
    event = Event(f"alert.{name}", alert.subject, _version(alert.found_at))
    return Changes().add(Insert(alert, otherwise=AlreadyDone())).tell(event)


def ended(
    *, alert: Alert, fate: Fate, now: datetime, by: int | None = None, reason: str = ""
) -> Changes:
    """Raises AlreadyDone where it is over."""
    values = {"fate": fate, "ended_at": now, "ended_by": by, "reason": reason}
    over = Update(Alert, alert.id, values, {"fate": Fate.OPEN}, AlreadyDone())
    changes = Changes().add(over, in_nobodys_hands(matter=Matter.ALERT, subject=alert.id))
    return changes.tell(Event("alert.over", alert.id, _version(now)))


def _version(at: datetime) -> int:
    return int(at.timestamp() * 1000)
