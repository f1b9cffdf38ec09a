"""The one date of a series that can't be had as planned: another start, another provider, the new price, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.anew import decided_anew
from core.availability.service import Availability
from core.changes import Changes, Update
from core.errors import Invalid, NotAllowedNow, OutOfDate, SlotTaken, Unknown
from core.events import Event
from core.orders.model import Order
from core.people.model import Provider
from core.ports import Store
from core.series.model import DateState, Series, SeriesDate, Why
from core.series.visits import Visits


@dataclass(frozen=True, slots=True)
class Choice:
    """An open date with the starts that are free near it, and what a visit costs now (nothing known: nobody comes)."""

    series: Series
    date: SeriesDate
    starts: tuple[datetime, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who is free at an open date, and what the visit costs with them."""

    provider: Provider
    total: int


def answered(*, date: SeriesDate, state: DateState) -> Update:
    """It is decided, unless it was meanwhile."""
    return Update(SeriesDate, date.id, {"state": state}, expect={"state": DateState.OPEN})


def settled(*, date: SeriesDate) -> Event:
    """Whatever asks about it somewhere is to be looked at again."""
    return Event("series.answered", date.series_id, date.number, {"person": date.person_id})


class OpenDates:
    """`person_id` is the customer's own."""

    def __init__(self, *, store: Store, visits: Visits, availability: Availability) -> None:
        self._store = store
        self._visits = visits
        self._availability = availability

    async def waiting(self, *, series_id: int, person_id: int, now: datetime) -> list[SeriesDate]:
        """The dates of a series that wait for an answer, the next first; none of a stranger's series."""
        open_dates = await self._store.find(
            SeriesDate, series_id=series_id, person_id=person_id, state=DateState.OPEN,
            order="starts_at",
        )  # fmt: skip
        return [date for date in open_dates if date.starts_at > now]

    async def answered(self, *, series_id: int, person_id: int, now: datetime) -> list[SeriesDate]:
        """The dates still ahead of which it was decided what becomes of them, the next first."""
        decided = await self._store.find(
            SeriesDate, series_id=series_id, person_id=person_id,
            state=[DateState.BOOKED, DateState.SKIPPED], order="starts_at",
        )  # fmt: skip
        return [date for date in decided if date.starts_at > now]

    async def choice(self, *, date_id: int, person_id: int, now: datetime) -> Choice:
        """The date with what can be had instead; only dearer, it can be had itself. Raises Unknown."""
        date = await self._date(date_id, person_id)
        series = await self._series(date)
        if date.state is not DateState.OPEN:
            return Choice(series, date)
        try:
            visit = await self._visits.agreed(series=series, now=now)
        except (Unknown, Invalid):
            return Choice(series, date)
        total, wanted = visit.quote.total, date.starts_at
        if date.why is Why.PRICE and await self._visits.offers(visit=visit, start=wanted, now=now):
            return Choice(series, date, (wanted,), total)
        calendar = await self._visits.calendar(visit=visit, now=now)
        near = self._availability.alternatives(
            calendar=calendar, minutes=visit.quote.minutes, wanted=wanted, now=now
        )
        return Choice(series, date, tuple(near), total)

    async def others(
        self, *, date_id: int, person_id: int, provider_ids: Sequence[int], now: datetime
    ) -> list[Other]:
        """Those of these providers who can do the whole visit at that very date. Raises Unknown."""
        date = await self._date(date_id, person_id)
        series = await self._series(date)
        found = []
        for provider_id in provider_ids:
            try:
                visit = await self._visits.agreed(series=series, now=now, provider_id=provider_id)
            except (Unknown, Invalid):
                continue
            if await self._visits.offers(visit=visit, start=date.starts_at, now=now):
                found.append(Other(visit.provider, visit.quote.total))
        return found

    @decided_anew
    async def take(
        self, *, date_id: int, person_id: int, start: datetime, total: int, now: datetime,
        provider_id: int | None = None,
    ) -> Order:  # fmt: skip
        """This start instead, at the price that was shown, which the coming ones may then cost, too.

        With another provider it is this one visit only, and the agreed price of the coming ones stays.
        Raises NotAllowedNow once it was answered, SlotTaken, DayFull, OutOfDate for another price, Unknown, Invalid.
        """
        date = await self._date(date_id, person_id)
        if date.state is not DateState.OPEN:
            raise NotAllowedNow(verb="take", state=date.state)
        series = await self._series(date)
        visit = await self._visits.agreed(series=series, now=now, provider_id=provider_id)
        if visit.quote.total != total:
            raise OutOfDate
        if not await self._visits.offers(visit=visit, start=start, now=now):
            raise SlotTaken(visit.provider.id, start)
        steps = [answered(date=date, state=DateState.BOOKED)]
        if visit.provider.id == series.provider_id:
            steps.append(Update(Series, series.id, {"price": max(total, series.price)}))
        return await self._visits.book(
            series=series, visit=visit, start=start, steps=steps, told=[settled(date=date)], now=now
        )

    @decided_anew
    async def skip(self, *, date_id: int, person_id: int) -> None:
        """Nobody comes on that date. Raises NotAllowedNow once it was answered, Unknown."""
        date = await self._date(date_id, person_id)
        if date.state is not DateState.OPEN:
            raise NotAllowedNow(verb="skip", state=date.state)
        await self._skip([date])

    @decided_anew
    async def skip_all(self, *, series_id: int, person_id: int, shown: int, now: datetime) -> None:
        """Nobody comes on any of them. Raises OutOfDate where they are not so many as were shown."""
        dates = await self.waiting(series_id=series_id, person_id=person_id, now=now)
        if len(dates) != shown:
            raise OutOfDate
        await self._skip(dates)

    @decided_anew
    async def lapse(self, *, date_id: int, now: datetime) -> None:
        """The time of an unanswered date has come: nobody comes."""
        date = await self._store.get(SeriesDate, id=date_id, state=DateState.OPEN)
        if date is not None and date.starts_at <= now:
            await self._skip([date])

    async def _skip(self, dates: Sequence[SeriesDate]) -> None:
        changes = Changes().add(*(answered(date=one, state=DateState.SKIPPED) for one in dates))
        await self._store.apply(changes.tell(*(settled(date=one) for one in dates)))

    async def _date(self, date_id: int, person_id: int) -> SeriesDate:
        date = await self._store.get(SeriesDate, id=date_id, person_id=person_id)
        if date is None:
            raise Unknown("series")
        return date

    async def _series(self, date: SeriesDate) -> Series:
        series = await self._store.get(Series, id=date.series_id, customer_id=date.person_id)
        if series is None:
            raise Unknown("series")
        return series
