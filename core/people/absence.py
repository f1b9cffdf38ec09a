"""A provider can't come: his time off is saved, and every visit in it is passed on or asked to be moved, once each.

What is to become of a visit is a timer written with the time off, so nothing is lost when the process ends between.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from core.availability.service import Availability
from core.changes import Changes, Timer
from core.errors import SlotTaken, TooLate
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, State
from core.orders.moving import Moving
from core.orders.passing import Passing
from core.orders.service import Orders, OrderView
from core.people.amending import Amendment
from core.people.schedule import Schedule
from core.people.touched import Touched, inside
from core.ports import Store

# While somebody pays, or asks for another time, it is looked at again.
_AGAIN: Final = timedelta(minutes=1)
_PASSED: Final = {State.OFFERED: "decline", State.ACCEPTED: "drop", State.ON_THE_WAY: "drop"}
_FURTHEST_DAYS: Final = 30
_TRIES: Final = 5


class Care(StrEnum):
    """What becomes of a visit that lies in time off: somebody else comes, another time is asked for, or it stays."""

    PASS = "pass"
    MOVE = "move"
    KEEP = "keep"


TIMERS: Final = {Care.PASS: "order.away_pass", Care.MOVE: "order.away_move"}


class Absence:
    def __init__(
        self, *, store: Store, schedule: Schedule, touched: Touched, availability: Availability,
        orders: Orders, passing: Passing, moving: Moving,
    ) -> None:  # fmt: skip
        self._store = store
        self._schedule = schedule
        self._touched = touched
        self._availability = availability
        self._orders = orders
        self._passing = passing
        self._moving = moving

    async def leave(
        self, *, person_id: int, amendment: Amendment, care: Care, now: datetime
    ) -> Sequence[Order]:
        """Saves the change of the plan and takes care of the visits it touches, which are handed back.

        A second time it touches none. Raises Invalid as `Amendment.check`.
        """
        touched = await self._touched.by(person_id=person_id, amendment=amendment, now=now)
        also = [_timer(care, order, now) for order in touched if care in TIMERS]
        await self._schedule.amend(person_id=person_id, amendment=amendment, now=now, also=also)
        return touched

    async def settle(self, *, person_id: int, order_id: int, care: Care, now: datetime) -> None:
        """The same for one visit that lies in time off already. Raises Unknown for somebody else's."""
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        if care in TIMERS:
            await self._store.apply(Changes().add(_timer(care, view.order, now)))

    async def pass_on(self, *, order_id: int, now: datetime) -> datetime | None:
        """Does nothing where its provider can come after all, or it is with somebody else by now."""
        view = await self._orders.view(order_id=order_id)
        if not await self._missed(view, now):
            return None
        if view.order.state is State.UNPAID:
            return now + _AGAIN
        verb = _PASSED.get(view.order.state)
        if verb is not None:
            by = By(Actor.PROVIDER, view.provider.id)
            await self._passing.pass_on(view=view, verb=verb, by=by, now=now, reason="away")
        return None

    async def ask_to_move(self, *, order_id: int, now: datetime) -> datetime | None:
        """The customer is asked for the nearest time that is free; where none can be asked for it is passed on."""
        view = await self._orders.view(order_id=order_id)
        if not await self._missed(view, now):
            return None
        if view.order.proposal is not None:
            return now + _AGAIN
        if view.order.state is State.ACCEPTED and await self._asked(view, now):
            return None
        return await self.pass_on(order_id=order_id, now=now)

    async def _asked(self, view: OrderView, now: datetime) -> bool:
        """Whether the customer could be asked; a time that went to somebody else meanwhile is no reason to stop."""
        for _ in range(_TRIES):
            start = await self._nearest(view, now)
            if start is None:
                return False
            try:
                await self._moving.ask(
                    order_id=view.order.id, person_id=view.provider.person_id, start=start,
                    now=now, away=True,
                )  # fmt: skip
                return True
            except SlotTaken:
                continue
            except TooLate:
                return False
        return False

    async def _missed(self, view: OrderView, now: datetime) -> bool:
        """A visit to come that its provider's plan has no room for."""
        waits = view.order.state in {State.UNPAID, *_PASSED} and view.order.starts_at > now
        if not waits:
            return False
        calendar = await self._availability.calendar(provider=view.provider, now=now)
        return not inside(calendar.week, view.order)

    async def _nearest(self, view: OrderView, now: datetime) -> datetime | None:
        """On the first day after it that has room, or the last before, as near to its hour as can be."""
        order = view.order
        calendar = await self._moving.calendar(view=view, now=now)
        day = date.fromordinal(self._availability.day_of(moment=order.starts_at))
        for ahead in (*range(_FURTHEST_DAYS), *range(-1, -_FURTHEST_DAYS, -1)):
            wanted = order.starts_at + timedelta(days=ahead)
            offered = self._availability.starts(
                calendar=calendar, minutes=order.minutes, day=day + timedelta(days=ahead), now=now
            )
            if offered:
                return min(offered, key=lambda start: abs(start - wanted))
        return None


def _timer(care: Care, order: Order, now: datetime) -> Timer:
    kind = TIMERS[care]
    return Timer(kind, order.id, now, f"{kind}:{order.id}:{order.version}")
