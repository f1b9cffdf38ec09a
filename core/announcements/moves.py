"""What every step of an announcement writes: the step itself, its clock, its letters, the bar in the staff chat."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from core.announcements.model import Announcement, Errand
from core.announcements.ports import Counted, Hearer
from core.changes import Change, Changes, Timer, Update, Withhold
from core.events import Event

SOON: Final = timedelta(seconds=2)
LETTER, AGAIN = "announcement", "announcement_again"
NEVER: Final = datetime(2200, 1, 1, tzinfo=UTC)
TURNS: Final = 1000


def moved(one: Announcement, *changes: Change | Event, **values: Any) -> Changes:
    """The announcement with these values, and what goes with it; of two who change it at once the second loses."""
    values |= {"version": one.version + 1}
    written = Changes().add(Update(Announcement, one.id, values, {"version": one.version}))
    for change in changes:
        if isinstance(change, Event):
            written.tell(change)
        else:
            written.add(change)
    return written


def key(one: Announcement) -> str:
    return f"announcement:{one.id}"


def timer(one: Announcement, at: datetime) -> Timer:
    return Timer("announcement.spread", one.id, at, key(one))


def held(one: Announcement, *, until: datetime | None) -> list[Withhold]:
    """No letter of it leaves before then, or (None) ever."""
    return [Withhold(kind, one.id, until) for kind in (LETTER, AGAIN)]


def letter(one: Announcement, hearer: Hearer) -> Event:
    """Each person is told once; where it arrived it is brought up to date once in each turn."""
    people = {hearer.bot: hearer.person_id}
    if one.errand is Errand.TELL:
        return Event("announcement.sent", one.id, hearer.mark, people)
    return Event("announcement.changed", one.id, hearer.mark * TURNS + one.turn, people)


def bar(one: Announcement) -> Event:
    """Its figures are shown anew wherever the staff have them before them."""
    return Event(
        "announcement.bar", one.id, one.version, {"person": one.person_id}, {"bot": "admin"}
    )


def figures(one: Announcement, counted: Counted) -> dict[str, int]:
    if one.errand is not Errand.TELL:
        return {"changed": counted.reached}
    return {
        "reached": counted.reached, "failed": counted.failed, "waiting": counted.waiting,
        "muted": one.muted_before + counted.muted, "blocked": one.blocked_before + counted.blocked,
    }  # fmt: skip
