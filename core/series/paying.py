"""Visits of a series that are paid beforehand: each is asked for some days ahead, once more, and then let go alone."""

from contextlib import suppress
from datetime import datetime

from core.changes import Changes, Once
from core.entity import NewId
from core.errors import AlreadyDone
from core.orders.advance import note
from core.orders.model import State
from core.orders.reminders import CLOCK
from core.orders.service import Orders, OrderView
from core.ports import Store
from core.series.dates import number_of
from core.series.model import Series, SeriesDate, SeriesState, Why
from core.series.visits import Visits

# Reasons of a visit that ends before anybody was asked to pay for it.
ASKED_INSTEAD = "asked_instead"
NOT_OFFERED = "not_offered"


class Collecting:
    """An unpaid visit keeps its time until it is to be paid; then it ends as any unpaid order does."""

    def __init__(self, *, store: Store, orders: Orders, visits: Visits, new_id: NewId) -> None:
        self._store = store
        self._orders = orders
        self._visits = visits
        self._new_id = new_id

    async def ask(self, *, order_id: int, now: datetime) -> None:
        """Asks for the money, once; nobody pays for a visit that can't be had any more: that date is asked about."""
        view = await self._orders.view(order_id=order_id)
        if view.order.state is not State.UNPAID:
            return
        series = await self._store.get(Series, id=view.order.series_id)
        why = await self._visits.lost(series=series, order=view.order, now=now) if series else None
        if series and why:
            await self._let_go(view, series, why, now)
        else:
            await self._tell(view, "ask_pay", now)

    async def remind(self, *, order_id: int, now: datetime) -> None:
        """The last call, once."""
        view = await self._orders.view(order_id=order_id)
        if view.order.state is State.UNPAID:
            await self._tell(view, "last_call", now)

    async def _tell(self, view: OrderView, verb: str, now: datetime) -> None:
        changes = note(
            order=view.order, verb=verb, by=CLOCK, now=now, new_id=self._new_id, people=view.people
        )
        with suppress(AlreadyDone):
            await self._store.apply(changes.add(Once(f"{verb}:{view.order.id}")))

    async def _let_go(self, view: OrderView, series: Series, why: Why, now: datetime) -> None:
        question = await self._question(view, series, why, now)
        reason = ASKED_INSTEAD if question else NOT_OFFERED
        changes = await self._orders.end(
            view=view, verb="expire", by=CLOCK, fee=0, reason=reason, now=now
        )
        if question:
            changes.add(*question.items).tell(*question.events)
        await self._store.apply(changes)

    async def _question(
        self, view: OrderView, series: Series, why: Why, now: datetime
    ) -> Changes | None:
        """None of a series that has stopped, or of a date that was asked about before."""
        start = view.order.starts_at
        number = number_of(series=series, start=start)
        if number is None or series.state is not SeriesState.ACTIVE:
            return None
        if await self._store.get(SeriesDate, series_id=series.id, number=number):
            return None
        return self._visits.question(series=series, number=number, start=start, why=why, now=now)
