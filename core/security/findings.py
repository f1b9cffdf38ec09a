"""What makes the platform less safe than it could be: one check each, from what is known of the place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from core.backups.model import Run, RunState, Work
from core.people.model import Role, Staff
from core.security.refusals import Tally
from core.security.setup import Setup

# Room for the next backup and its trial.
ROOM: Final = 1_000_000_000
# A backup under way is no late one.
PATIENCE: Final = timedelta(hours=2)


class Level(StrEnum):
    DANGER = "danger"  # somebody could get in, or something be lost, today
    CARE = "care"  # to be seen to soon
    HINT = "hint"  # as you like


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` names it; the facts are names, numbers and moments, never a secret."""

    code: str
    level: Level
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the checks look at, as of one moment."""

    now: datetime
    setup: Setup
    staff: tuple[Staff, ...]
    seen: dict[int, datetime]
    stale_days: int
    refused: Tally
    refused_most: int
    parked: int
    able: bool
    every: timedelta
    drill_every: timedelta
    backup: Run | None
    drill: Run | None
    last: dict[Work, Run]
    under_way: frozenset[Work]
    standing: bool


Check = Callable[[Scene], Iterator[Finding]]


def _standstill(scene: Scene) -> Iterator[Finding]:
    if scene.standing:
        yield Finding("standstill", Level.DANGER)


def _secrets(setup: Setup) -> Iterator[Finding]:
    for name in setup.weak:
        yield Finding("weak", Level.DANGER, {"name": name})
    for method, names in setup.halves:
        yield Finding("half", Level.DANGER, {"method": method, "names": ", ".join(names)})
    if setup.same_keys:
        yield Finding("same_keys", Level.CARE)
    if not setup.payouts:
        yield Finding("no_payout_key", Level.CARE)
    if setup.no_wechat_payouts:
        yield Finding("no_wechat_app", Level.HINT)
    for name in setup.on_trial:
        yield Finding("on_trial", Level.CARE, {"name": name})


def _doors(setup: Setup) -> Iterator[Finding]:
    for name in setup.plain:
        yield Finding("plain", Level.DANGER, {"name": name})
    if setup.to_the_net:
        yield Finding("open_sandbox" if setup.sandbox else "open_door", Level.DANGER)
    if setup.exposed:
        yield Finding("exposed", Level.DANGER, {"names": ", ".join(setup.exposed)})
    if setup.debugging:
        yield Finding("debugging", Level.CARE)
    if setup.demo:
        yield Finding("demo", Level.HINT)


def _staff(scene: Scene) -> Iterator[Finding]:
    """Who has rights and does not use them; who alone has all of them."""
    edge = scene.now - timedelta(days=scene.stale_days)
    stale = [one for one in scene.staff if scene.seen.get(one.telegram_id, one.added_at) < edge]
    if stale:
        names = ", ".join(one.name or str(one.telegram_id) for one in stale)
        yield Finding("stale_staff", Level.CARE, {"names": names, "days": scene.stale_days})
    if sum(one.role is Role.OWNER for one in scene.staff) == 1:
        yield Finding("one_owner", Level.HINT)


def _attempts(scene: Scene) -> Iterator[Finding]:
    if scene.refused.attempts >= scene.refused_most:
        facts = {"n": scene.refused.attempts, "senders": scene.refused.senders}
        yield Finding("refused", Level.CARE, facts)
    if scene.parked:
        yield Finding("parked", Level.CARE, {"n": scene.parked})


def _backups(scene: Scene) -> Iterator[Finding]:
    if not scene.able:
        yield Finding("no_backup_key", Level.DANGER)
        return
    yield from _late(scene, Work.BACKUP, scene.backup, scene.every, "no_backup", "old_backup")
    if scene.backup is not None:
        yield from _late(
            scene, Work.DRILL, scene.drill, scene.drill_every + scene.every, "untried", "old_trial"
        )
    for work, code in ((Work.BACKUP, "backup_failed"), (Work.DRILL, "trial_failed")):
        last = scene.last.get(work)
        if last is not None and last.state is RunState.FAILED:
            yield Finding(code, Level.DANGER, {"why": last.why})


def _late(
    scene: Scene, work: Work, run: Run | None, every: timedelta, none: str, old: str
) -> Iterator[Finding]:
    """None yet, or the last one's data is older than it should be."""
    if work in scene.under_way:
        return
    if run is None or run.taken_at is None:
        yield Finding(none, Level.CARE)
    elif scene.now - run.taken_at > every + PATIENCE:
        yield Finding(old, Level.DANGER, {"at": run.taken_at})


def _room(scene: Scene) -> Iterator[Finding]:
    size = scene.backup.size if scene.backup else 0
    if scene.setup.free < max(ROOM, 3 * size):
        yield Finding("disk", Level.CARE, {"bytes": scene.setup.free})


def _database(setup: Setup) -> Iterator[Finding]:
    if setup.risky_database:
        yield Finding("old_sqlite", Level.HINT, {"name": setup.database})


def of_the_place(setup: Setup) -> list[Finding]:
    """What the settings and the disk alone tell."""
    return [one for check in (_secrets, _doors, _database) for one in check(setup)]


def _place(scene: Scene) -> Iterator[Finding]:
    yield from of_the_place(scene.setup)


CHECKS: Final[tuple[Check, ...]] = (
    _standstill, _place, _backups, _staff, _attempts, _room,
)  # fmt: skip
CODES: Final = frozenset({
    "standstill", "weak", "half", "same_keys", "no_payout_key", "no_wechat_app", "on_trial", "plain", "open_sandbox",
    "open_door", "exposed", "debugging", "demo", "stale_staff", "one_owner", "refused", "parked",
    "no_backup_key", "no_backup", "old_backup", "untried", "old_trial", "backup_failed",
    "trial_failed", "disk", "old_sqlite",
})  # fmt: skip


def findings(scene: Scene) -> list[Finding]:
    """Everything that was found, the worst first."""
    found = [one for check in CHECKS for one in check(scene)]
    return sorted(found, key=lambda one: list(Level).index(one.level))
