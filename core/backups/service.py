"""Backups and trial restores as rows: whoever may asks, one process does the work, everybody sees how far it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from core.backups.model import Made, Run, RunState, Work
from core.changes import Changes, Insert, Timer, Update
from core.entity import NewId
from core.errors import BackupsOff, OutOfDate, Unknown
from core.events import Event
from core.ports import Store
from core.rules import Rules

UNDER_WAY: Final = (RunState.ASKED, RunState.RUNNING)
# Whoever works shows a sign of life every few seconds.
SILENCE: Final = timedelta(minutes=10)
FIRST: Final = timedelta(hours=1)
AGAIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Overview:
    """The last ones that ended well, and what is under way."""

    able: bool
    backup: Run | None
    drill: Run | None
    under_way: tuple[Run, ...]

    def last(self, work: Work) -> Run | None:
        return self.backup if work is Work.BACKUP else self.drill


class Backups:
    """`able`: there is a key to lock them with."""

    def __init__(self, *, store: Store, rules: Rules, new_id: NewId, able: bool) -> None:
        self._store = store
        self._rules = rules
        self._new_id = new_id
        self.able = able

    async def ask(self, *, work: Work, by: int | None, now: datetime) -> Run:
        """Begins one, unless one of the kind is under way: then that. Raises BackupsOff."""
        if not self.able:
            raise BackupsOff()
        for under_way in await self._store.find(Run, work=work, state=list(UNDER_WAY)):
            return under_way
        run = Run(id=self._new_id(), work=work, by=by, asked_at=now)
        await self._store.apply(Changes().add(Insert(run)))
        return run

    async def look(self, *, run_id: int) -> Run:
        """Raises Unknown."""
        run = await self._store.get(Run, id=run_id)
        if run is None:
            raise Unknown("backup")
        return run

    async def latest(self, *, work: Work, state: RunState | None = None) -> Run | None:
        """The last one of the kind that is (or ended) so."""
        which = {"work": work} if state is None else {"work": work, "state": state}
        found = await self._store.find(Run, order="-id", limit=1, **which)
        return found[0] if found else None

    async def overview(self) -> Overview:
        backup = await self.latest(work=Work.BACKUP, state=RunState.DONE)
        drill = await self.latest(work=Work.DRILL, state=RunState.DONE)
        return Overview(self.able, backup, drill, tuple(await self.under_way()))

    async def under_way(self) -> list[Run]:
        return await self._store.find(Run, state=list(UNDER_WAY))

    # --- the one who does the work

    async def take(self, *, now: datetime) -> Run | None:
        """The longest waiting, for whoever asks first; one whose worker fell silent is given up."""
        for run in await self.under_way():
            if run.state is RunState.ASKED:
                return await self._mine(run, now)
            if run.beat_at is None or run.beat_at < now - SILENCE:
                await self.failed(run=run, why="broken_off", now=now)
        return None

    async def _mine(self, run: Run, now: datetime) -> Run | None:
        told = run.by is not None
        try:
            return await self._move(run, told, state=RunState.RUNNING, began_at=now, beat_at=now)
        except OutOfDate:
            return None

    async def alone(self, *, now: datetime) -> None:
        """At the start of the only process: whoever was at work is dead."""
        for run in await self._store.find(Run, state=RunState.RUNNING):
            await self.failed(run=run, why="broken_off", now=now)

    async def put_off(self, *, run: Run) -> None:
        """The process is told to stop: the next start begins it anew."""
        await self._move(run, False, state=RunState.ASKED, step="", done=0)

    async def goes_on(self, *, run: Run, step: str, done: int, now: datetime) -> Run:
        """How far it is."""
        return await self._move(run, run.by is not None, step=step, done=done, beat_at=now)

    async def ended(self, *, run: Run, made: Made, now: datetime) -> Run:
        """It lies in its place, or it was tried out: with anything found it has failed."""
        values: dict[str, Any] = {
            "name": made.name, "size": made.size, "rows": sum(made.label.rows.values()),
            "files": made.label.files, "taken_at": made.label.taken_at,
        }  # fmt: skip
        if made.found:
            run = run.model_copy(update=values)
            return await self.failed(run=run, why="unsound", now=now, found=made.found)
        tell = run.by is not None or run.work is Work.DRILL
        return await self._move(
            run, tell, state=RunState.DONE, step="", done=100, ended_at=now, **values
        )

    async def failed(
        self, *, run: Run, why: str, now: datetime, found: tuple[str, ...] = ()
    ) -> Run:
        """Staff are told, whoever asked for it."""
        values: dict[str, Any] = {
            name: getattr(run, name) for name in ("name", "size", "rows", "files", "taken_at")
        }
        return await self._move(
            run, state=RunState.FAILED, why=why, found=list(found), ended_at=now, tell=True,
            alarm=run.by is None, **values,
        )  # fmt: skip

    async def _move(self, run: Run, tell: bool, alarm: bool = False, **values: Any) -> Run:
        version = run.version + 1
        told = Event("backup.failed" if alarm else "backup.moved", run.id, version)
        values |= {"version": version}
        change = Update(Run, run.id, dict(values), {"version": run.version}, OutOfDate())
        await self._store.apply(Changes().add(change).tell(*([told] if tell else [])))
        return run.model_copy(update=values)

    # --- the clock

    async def begin(self, *, now: datetime) -> None:
        """The clock's looks at them are set, where they aren't."""
        first = {"backup.due": now + FIRST, "drill.due": now + self.drill_every}
        timers = [Timer(kind, 0, due, kind, kept=True) for kind, due in first.items()]
        await self._store.apply(Changes().add(*timers))

    @property
    def every(self) -> timedelta:
        return timedelta(minutes=self._rules.number("backup_minutes"))

    @property
    def drill_every(self) -> timedelta:
        return timedelta(days=self._rules.number("drill_days"))

    async def due(self, *, work: Work, now: datetime) -> datetime:
        """Asks for one if it is time, counted from the last; when to look again."""
        every = self.every if work is Work.BACKUP else self.drill_every
        last = await self.latest(work=work)
        if last is not None:
            failed = last.state is RunState.FAILED
            again = last.asked_at + (min(AGAIN, every) if failed else every)
            if again > now:
                return again
        if self.able:
            await self.ask(work=work, by=None, now=now)
        return now + min(AGAIN, every)  # to see whether it went well
