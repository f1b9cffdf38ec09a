"""How a freeze and its appeal stand, as the provider and as the staff see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.appeals.model import Appeal, AppealState, Freeze
from core.people.model import Person, Provider, Staff
from core.permissions import may

DECIDE = "appeals.decide"


@dataclass(frozen=True, slots=True)
class Paused:
    """What a frozen provider may know: why, since when, how his appeal stands, whether another decides."""

    freeze: Freeze
    appeal: Appeal | None = None
    again_at: datetime | None = None
    by_another: bool = True

    def may_write(self, *, now: datetime) -> bool:
        """Nothing was sent yet, or what was sent was turned down long enough ago."""
        if self.appeal is None or self.appeal.state is AppealState.DRAFT:
            return True
        return self.again_at is not None and now >= self.again_at


def again_at(*, appeal: Appeal | None, days: int) -> datetime | None:
    """From when another appeal may be made after one that was turned down."""
    if appeal is None or appeal.state is not AppealState.KEPT or appeal.decided_at is None:
        return None
    return appeal.decided_at + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything staff must know to decide; `freezer` is unknown after he left, `others` are who may decide instead."""

    appeal: Appeal
    freeze: Freeze
    former: int
    provider: Provider
    person: Person
    freezer: Staff | None
    decider: Staff | None
    others: Sequence[Staff]

    def may_decide(self, member: Staff) -> bool:
        """Nobody judges what they did themselves, unless there is nobody else."""
        if not may(role=member.role, action=DECIDE):
            return False
        return member.id != self.freeze.staff_id or not self.others


def others(*, members: Sequence[Staff], freeze: Freeze) -> list[Staff]:
    """Who may decide and is not the one who froze."""
    return [
        one for one in members if one.id != freeze.staff_id and may(role=one.role, action=DECIDE)
    ]
