"""A provider's statistics: a day, a week or a month, the one before it, and the row of them for a chart."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.figures.counting import Figures, Group, behind
from core.figures.model import Earned
from core.figures.reading import Reading
from core.figures.spans import SHOWN, Span, Unit
from core.orders.model import Order
from core.people.model import Provider
from core.people.own import provider_of
from core.ports import Ledger, Store


@dataclass(frozen=True, slots=True)
class Review:
    """The span that was asked for, those before it in a row (it is the last), and whether it is still going on."""

    provider: Provider
    row: tuple[Figures, ...]
    going_on: bool

    @property
    def now(self) -> Figures:
        return self.row[-1]

    @property
    def before(self) -> Figures:
        return self.row[-2]


class Statistics:
    """`person_id` is the provider's own; all raise Unknown for somebody who never applied."""

    def __init__(
        self, *, store: Store, reading: Reading, ledger: Ledger, zone: str, currency: str
    ) -> None:
        self._store = store
        self._reading = reading
        self._ledger = ledger
        self._zone = ZoneInfo(zone)
        self._currency = currency

    async def look(self, *, person_id: int, unit: Unit, day: date, now: datetime) -> Review:
        """The span in which the day lies; a day to come is today."""
        provider = await provider_of(store=self._store, person_id=person_id)
        today = now.astimezone(self._zone).date()
        span = Span.of(unit, min(day, today))
        row = await self._figures(provider, span.row(SHOWN[unit]))
        return Review(provider, row, span.first <= today < span.end)

    async def _figures(self, provider: Provider, row: tuple[Span, ...]) -> tuple[Figures, ...]:
        first, end = row[0].moments(self._zone)[0], row[-1].moments(self._zone)[1]
        past = await self._reading.past(provider_id=provider.id, first=first, end=end)
        return tuple(
            [
                Figures(
                    span, past.within(*span.moments(self._zone)), await self._earned(provider, span)
                )
                for span in row
            ]
        )

    async def _earned(self, provider: Provider, span: Span) -> Earned:
        first, end = span.moments(self._zone)
        entries = await self._ledger.entries(
            provider_id=provider.id, currency=self._currency, first=first, last=end
        )
        mine = (entry.booked for entry in entries if not entry.of_payout)
        return Earned(tuple(one for one in mine if one.gross or one.net))

    async def behind(
        self, *, person_id: int, unit: Unit, day: date, group: Group, now: datetime, part: str = ""
    ) -> tuple[Figures, list[Order]]:
        """The figures, and the orders of one of their piles (or of a part of it), the latest first."""
        provider = await provider_of(store=self._store, person_id=person_id)
        today = now.astimezone(self._zone).date()
        (figures,) = await self._figures(provider, (Span.of(unit, min(day, today)),))
        ids = behind(figures=figures, group=group, part=part)
        orders = {o.id: o for o in await self._store.find(Order, id=ids, limit=len(ids) + 1)}
        return figures, [orders[i] for i in ids if i in orders]
