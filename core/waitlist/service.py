"""A place in the line for a full day: joined in the wizard, left, passed on by silence, and booked by one tap.

How time that frees goes to the line is told in core/waitlist/line.py. Nobody is told twice for the same place in it.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.anew import decided_anew
from core.availability.service import Availability
from core.catalog.service import Catalog
from core.changes import Changes, Insert, Release, Timer, Update
from core.entity import NewId
from core.errors import Invalid, NotAllowedNow, OutOfDate, Unknown
from core.orders.booking import Booking, Bookings
from core.ports import Store
from core.rules import Rules
from core.waitlist.model import ALIVE, Waiting, WaitState, event, freed, in_order

# What of a draft makes the same booking again.
WISH = (
    "options", "further", "lat", "lon", "place", "detail", "notes", "photos", "answers", "pay",
    "method",
)  # fmt: skip
_DAY = 24 * 60


class Waitlist:
    def __init__(
        self, *, store: Store, catalog: Catalog, bookings: Bookings, availability: Availability,
        rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._catalog = catalog
        self._bookings = bookings
        self._availability = availability
        self._rules = rules
        self._new_id = new_id

    async def join(
        self, *, customer_id: int, day: date, anybody: bool, now: datetime,
        span: tuple[int, int] = (0, _DAY),
    ) -> Waiting:  # fmt: skip
        """A place in line for the draft's visit; the same once more keeps the first one.

        `span` is minutes of the day between which it may begin. Raises Invalid("day", "over"),
        Invalid("lat", "missing"), Invalid("waiting", "too_many"), Unknown.
        """
        booking = await self._bookings.open(customer_id=customer_id)
        draft = booking.draft
        if draft.lat is None or draft.lon is None:
            raise Invalid("lat", "missing")
        provider_id = None if anybody else draft.provider_id
        waiting = Waiting(
            id=self._new_id(), person_id=customer_id, day=day.toordinal(), first_min=span[0],
            last_min=span[1], minutes=self._minutes(booking), lat=draft.lat, lon=draft.lon,
            wish={name: getattr(draft, name) for name in WISH}, joined_at=now,
            service_id=booking.service.id, provider_id=provider_id,
        )  # fmt: skip
        return await self._join(waiting, now)

    async def wait(
        self, *, customer_id: int, service_id: int, day: date, span: tuple[int, int], lat: float,
        lon: float, place: str, detail: str, now: datetime,
    ) -> Waiting:  # fmt: skip
        """A place in line with whoever can come, before anything of a booking is said. Raises Invalid, Unknown."""
        service = self._catalog.bookable(service_id=service_id)
        waiting = Waiting(
            id=self._new_id(), person_id=customer_id, day=day.toordinal(), first_min=span[0],
            last_min=span[1], minutes=service.minutes, lat=lat, lon=lon, joined_at=now,
            wish={"lat": lat, "lon": lon, "place": place, "detail": detail},
            service_id=service_id,
        )  # fmt: skip
        return await self._join(waiting, now)

    async def _join(self, waiting: Waiting, now: datetime) -> Waiting:
        day = date.fromordinal(waiting.day)
        ahead = (day - self._availability.today(now=now)).days
        over = self.ends(day=day, last_min=waiting.last_min) <= now
        if over or not 0 <= ahead < self._horizon():
            raise Invalid("day", "over")
        return await self._enter(waiting, now)

    @decided_anew
    async def _enter(self, waiting: Waiting, now: datetime) -> Waiting:
        """The place somebody has already for the same, or this one at the person's first free turn.

        Raises SwitchedOff while nobody may join.
        """
        self._rules.require("waitlist_open")
        mine = await self.of_person(person_id=waiting.person_id)
        for one in mine:
            if _wanted(one) == _wanted(waiting):
                return one
        most = self._rules.number("waits_per_person")
        if len(mine) >= most:
            raise Invalid("waiting", "too_many", {"most": most})
        waiting.turn = min(set(range(1, most + 1)) - {one.turn for one in mine})
        entry = Insert(waiting, otherwise=OutOfDate())
        await self._store.apply(Changes().add(entry, self._end(waiting, now)))
        return waiting

    def _horizon(self) -> int:
        return self._rules.number("horizon_days")

    @staticmethod
    def _minutes(booking: Booking) -> int:
        return booking.quote.minutes if booking.quote else booking.service.minutes

    def ends(self, *, day: date, last_min: int) -> datetime:
        """When nothing of that part of the day can begin any more."""
        zone = ZoneInfo(self._availability.zone)
        midnight = datetime.combine(day, datetime.min.time(), zone)
        return (midnight + timedelta(minutes=min(last_min, _DAY))).astimezone(UTC)

    def _end(self, waiting: Waiting, now: datetime) -> Timer:
        end = self.ends(day=date.fromordinal(waiting.day), last_min=waiting.last_min)
        return Timer("waitlist.end", waiting.id, max(end, now), f"waitlist.end:{waiting.id}")

    async def of_person(self, *, person_id: int) -> list[Waiting]:
        """The places in line somebody has, the next day first."""
        return await self._store.find(
            Waiting, person_id=person_id, state=sorted(ALIVE), order="day", limit=50
        )

    async def mine(self, *, waiting_id: int, person_id: int) -> Waiting:
        """Raises Unknown."""
        waiting = await self._store.get(Waiting, id=waiting_id, person_id=person_id)
        if waiting is None:
            raise Unknown("waiting")
        return waiting

    async def ahead(self, *, waiting: Waiting) -> int:
        """How many joined before for the same provider (or anybody) and day."""
        line = await self._store.find(
            Waiting, service_id=waiting.service_id, day=waiting.day, provider_id=waiting.provider_id,
            state=WaitState.WAITING, limit=1000,
        )  # fmt: skip
        return sum(in_order(other) < in_order(waiting) for other in line)

    # --- how a place in line ends

    async def over(self, *, waiting_id: int, now: datetime) -> None:
        """Told and silent: the next in line is told. Does nothing if it was answered."""
        waiting = await self._store.get(Waiting, id=waiting_id)
        told = waiting is not None and waiting.state is WaitState.TOLD
        if waiting and told and waiting.until and waiting.until <= now:
            await self._leave(waiting, WaitState.PASSED, now, "passed")

    async def leave(self, *, waiting_id: int, person_id: int, now: datetime) -> Waiting:
        """Out of the line, or "not now": what was held goes to the next. Raises NotAllowedNow, Unknown."""
        waiting = await self.mine(waiting_id=waiting_id, person_id=person_id)
        if waiting.state not in ALIVE:
            raise NotAllowedNow(verb="leave", state=waiting.state)
        await self._leave(waiting, WaitState.LEFT, now, "")
        return await self.mine(waiting_id=waiting_id, person_id=person_id)

    async def end(self, *, waiting_id: int, now: datetime) -> None:
        """The day is past."""
        waiting = await self._store.get(Waiting, id=waiting_id)
        if waiting is not None and waiting.state is WaitState.WAITING:
            await self._leave(waiting, WaitState.OVER, now, "ended")

    async def _leave(self, waiting: Waiting, goal: WaitState, now: datetime, tell: str) -> None:
        changes = Changes().add(
            Update(Waiting, waiting.id, {"state": goal}, expect={"state": waiting.state}),
            Release(waiting.id),
        )
        if waiting.offered_by is not None:
            why = f"waiting:{waiting.id}"
            changes.add(freed(provider_id=waiting.offered_by, now=now, why=why))
        if tell:
            changes.tell(event(tell, waiting))
        await self._store.apply(changes)

    async def prepare(self, *, waiting_id: int, person_id: int, now: datetime) -> Booking:
        """The draft of the start that is held, as the wizard was left. Raises NotAllowedNow, Unknown."""
        waiting = await self.mine(waiting_id=waiting_id, person_id=person_id)
        held = waiting.state is WaitState.TOLD and waiting.until and waiting.until > now
        if not held:
            raise NotAllowedNow(verb="book", state=waiting.state)
        await self._bookings.begin(
            customer_id=person_id, service_id=waiting.service_id, provider_id=waiting.offered_by,
            now=now,
        )  # fmt: skip
        return await self._bookings.fill(
            customer_id=person_id, now=now, **waiting.wish, starts_at=waiting.starts_at
        )


def _wanted(waiting: Waiting) -> tuple[int | None, ...]:
    """What is waited for: two places that agree in it are one."""
    return (
        waiting.service_id, waiting.provider_id, waiting.day, waiting.first_min, waiting.last_min,
    )  # fmt: skip
