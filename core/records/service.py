"""A provider's records: every visit that was his and came to an end, filtered, counted and summed out of the book."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.errors import Unknown
from core.files.model import Kept
from core.ledger.balances import Booked
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.offers import around, says
from core.people.model import Person
from core.people.own import provider_of
from core.ports import Geography, Ledger, Store
from core.privacy.model import FORMER
from core.records.model import End, Ended, Record, RecordPage, Sought, Whole
from core.reviews.model import Review
from core.reviews.service import short_name

MANY = 100_000


class EndedOrders(Protocol):
    """The query behind it."""

    async def ended(
        self, *, provider_id: int, start: datetime | None, end: datetime | None
    ) -> list[Ended]:
        """Visits of this provider in a last state that began in the span, the latest first."""


class Records:
    """`person_id` is the provider's own. All raise Unknown for somebody who never applied."""

    def __init__(
        self, *, store: Store, ledger: Ledger, orders: EndedOrders, places: Geography, zone: str,
        currency: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._ledger = ledger
        self._orders = orders
        self._places = places
        self._zone = ZoneInfo(zone)
        self._currency = currency

    async def found(self, *, person_id: int, sought: Sought) -> list[Record]:
        """The latest first."""
        provider = await provider_of(store=self._store, person_id=person_id)
        rows = await self._orders.ended(
            provider_id=provider.id,
            start=self._begin(sought.first) if sought.first else None,
            end=self._begin(sought.last + timedelta(days=1)) if sought.last else None,
        )
        nets = await self._ledger.nets(provider_id=provider.id, currency=self._currency)
        every = (_record(row, nets.get(row.order_id, 0)) for row in rows if _was_his(row))
        fitting = [one for one in every if _fits(one, sought)]
        return await self._saying(fitting, sought.text) if sought.text.strip() else fitting

    def _begin(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)

    async def _saying(self, records: Sequence[Record], text: str) -> list[Record]:
        """Those that all the typed words mean: what every job is found by, and the words of its review."""
        return [
            one.record
            for one in await self._wholes(records)
            if says(one.order, text, *self._beside(one))
        ]

    def _beside(self, one: Whole) -> tuple[str, ...]:
        district = around(one.order, places=self._places)
        return district, one.customer, one.review.text if one.review else ""

    async def page(
        self, *, person_id: int, sought: Sought, page: int, size: int, most: int = 0
    ) -> RecordPage:
        """`most` are shown at once where there are no more than that."""
        found = await self.found(person_id=person_id, sought=sought)
        size = max(size, most) if len(found) <= most else size
        pages = max(1, -(-len(found) // size))
        number = min(max(page, 0), pages - 1)
        shown = found[number * size : (number + 1) * size]
        orders = await self._orders_of(shown)
        lines = tuple((one, orders[one.order_id]) for one in shown)
        return RecordPage(lines, number, pages, len(found), sum(one.net for one in found))

    async def _orders_of(self, records: Iterable[Record]) -> dict[int, Order]:
        ids = [one.order_id for one in records]
        return {order.id: order for order in await self._store.find(Order, id=ids, limit=MANY)}

    async def one(self, *, person_id: int, order_id: int) -> Whole:
        """Raises Unknown for a visit that was not his, or is not over."""
        found = await self.found(person_id=person_id, sought=Sought())
        record = next((one for one in found if one.order_id == order_id), None)
        if record is None:
            raise Unknown("order")
        return (await self.wholes(person_id=person_id, records=[record]))[0]

    async def wholes(self, *, person_id: int, records: Sequence[Record]) -> list[Whole]:
        """The same visits with all there is about them."""
        provider = await provider_of(store=self._store, person_id=person_id)
        booked = await self._ledger.booked(
            provider_id=provider.id, limit=MANY, offset=0,
            order_id=records[0].order_id if len(records) == 1 else None,
        )  # fmt: skip
        return await self._wholes(records, {one.order_id: one for one in booked})

    async def _wholes(
        self, records: Sequence[Record], booked: dict[int, Booked] | None = None
    ) -> list[Whole]:
        orders = await self._orders_of(records)
        people = {order.customer_id for order in orders.values()}
        found = await self._store.find(Person, id=people, limit=MANY)
        names = {p.id: "" if p.name == FORMER else short_name(name=p.name) for p in found}
        told = await self._store.find(Review, order_id=list(orders), hidden=False, limit=MANY)
        reviews = {review.order_id: review for review in told}
        files = await self._files(reviews.values())
        return [
            Whole(
                one, orders[one.order_id], names.get(orders[one.order_id].customer_id, ""),
                (booked or {}).get(one.order_id), review := reviews.get(one.order_id),
                tuple(files[i] for i in (review.files if review else ()) if i in files),
            )
            for one in records if one.order_id in orders
        ]  # fmt: skip

    async def _files(self, reviews: Iterable[Review]) -> dict[int, Kept]:
        ids = [file_id for review in reviews for file_id in review.files]
        return {file.id: file for file in await self._store.find(Kept, id=ids, limit=MANY)}


def _record(row: Ended, net: int) -> Record:
    return Record(row.order_id, _end(row), row.starts_at, row.service_id, net, row.stars)


def _end(row: Ended) -> End:
    if row.state is not State.CANCELLED:
        return End.DONE if row.state is State.CLOSED else End.UNPAID
    # A promised visit is ended by its provider in one way only: at a door that nobody opens.
    return End.ABSENT if row.cancelled_by == Actor.PROVIDER else End.CANCELLED


def _was_his(row: Ended) -> bool:
    """Promised by him, and not by somebody before him; what was only offered was nobody's job."""
    if row.state is not State.CANCELLED:
        return True
    moments = {state: row.reached.get(state.value, "") for state in State}
    asked = max(moments[state] for state in (State.OFFERED, State.SEARCHING))
    return moments[State.ACCEPTED] > asked


def _fits(record: Record, sought: Sought) -> bool:
    return (
        (sought.only is None or record.order_id in sought.only)
        and sought.end in (None, record.end)
        and sought.service_id in (None, record.service_id)
        and record.fits(sought.opinion)
    )
