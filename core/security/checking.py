"""Looks at the whole place on request, and once a day by itself: a line to the staff only if something is wrong."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.backups.model import Work
from core.backups.service import Backups
from core.changes import Changes, Timer
from core.events import Event
from core.people.model import Person, Staff, StaffAct
from core.ports import Store
from core.quarantine.service import Quarantine
from core.rules import Rules
from core.security.findings import Finding, Level, Scene, findings
from core.security.refusals import Refusals
from core.security.setup import Plumbing, Surroundings

LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found."""

    scene: Scene
    found: list[Finding]

    @property
    def wrong(self) -> list[Finding]:
        """What is worth a word by itself."""
        return [one for one in self.found if one.level is not Level.HINT]


class Checking:
    def __init__(
        self, *, store: Store, rules: Rules, refusals: Refusals, backups: Backups,
        quarantine: Quarantine, surroundings: Surroundings, plumbing: Plumbing, zone: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._rules = rules
        self._refusals = refusals
        self._backups = backups
        self._quarantine = quarantine
        self._surroundings = surroundings
        self._plumbing = plumbing
        self._zone = ZoneInfo(zone)

    async def check(self, *, now: datetime) -> Checked:
        """Everything, as it is now."""
        scene = await self._scene(now)
        return Checked(scene, findings(scene))

    async def _scene(self, now: datetime) -> Scene:
        staff = tuple(await self._store.find(Staff, active=True))
        overview = await self._backups.overview()
        last = [await self._backups.latest(work=work) for work in Work]
        since = int((now - LATELY).timestamp() * 1000)
        return Scene(
            now=now, setup=self._surroundings.look(), staff=staff, seen=await self._seen(staff),
            stale_days=self._rules.number("staff_stale_days"),
            refused=await self._refusals.tally(days=2, now=now),
            refused_most=self._rules.number("refused_most"),
            parked=await self._plumbing.parked_since(at=since), able=self._backups.able,
            every=self._backups.every, drill_every=self._backups.drill_every,
            backup=overview.backup, drill=overview.drill,
            last={run.work: run for run in last if run},
            under_way=frozenset(run.work for run in overview.under_way),
            standing=self._quarantine.standing,
        )  # fmt: skip

    async def _seen(self, staff: tuple[Staff, ...]) -> dict[int, datetime]:
        """When each last wrote to any of the bots, or did something here."""
        ids = [member.telegram_id for member in staff]
        people = await self._store.find(Person, telegram_id=ids)
        seen = {person.telegram_id: person.seen_at for person in people}
        for member in staff:
            acts = await self._store.find(
                StaffAct, telegram_id=member.telegram_id, order="-at", limit=1
            )
            moments = [member.added_at, *(act.at for act in acts)]
            seen[member.telegram_id] = max(seen.get(member.telegram_id, moments[0]), *moments)
        return seen

    def close_files(self) -> None:
        """What others on the machine could read is the owner's alone from now on."""
        self._surroundings.close()

    # --- the clock

    async def begin(self, *, now: datetime) -> None:
        """The clock's look is set, where it isn't."""
        timer = Timer("security.day", 0, self._next(now), "security.day", kept=True)
        await self._store.apply(Changes().add(timer))

    async def every_day(self, *, now: datetime) -> datetime:
        """One line to the staff, if something is wrong; when to look again."""
        if (await self.check(now=now)).wrong:
            day = now.astimezone(self._zone).date().toordinal()
            await self._store.apply(Changes().tell(Event("security.found", day, 1)))
        return self._next(now)

    def _next(self, now: datetime) -> datetime:
        local = now.astimezone(self._zone)
        clock = time(self._rules.number("security_clock"))
        today = datetime.combine(local.date(), clock, self._zone)
        return today if today > local else today + timedelta(days=1)
