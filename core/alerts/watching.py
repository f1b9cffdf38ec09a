"""Looks at every order that can hang, again and again: raises what is beyond its limit, ends what is mended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from core.alerts.limits import UNPROMISED, Wrong, wrong
from core.alerts.model import OF_ORDERS, OF_PEOPLE, Alert, Fate
from core.alerts.raising import LOOK, ended, raised
from core.changes import Changes, Timer
from core.entity import NewId
from core.errors import AlreadyDone
from core.orders.model import Order, Step
from core.people.model import Person, Provider, ProviderState
from core.ports import Store
from core.rules import Rules

EVERY: Final = timedelta(seconds=10)
_MANY = 100_000


class Suspects(Protocol):
    """See db/alerts.py."""

    async def suspects(self, *, now: datetime) -> list[int]:
        """Orders that can hang, whatever the rules say."""


class Watching:
    def __init__(self, *, store: Store, suspects: Suspects, rules: Rules, new_id: NewId) -> None:
        self._store = store
        self._suspects = suspects
        self._rules = rules
        self._new_id = new_id

    async def begin(self, *, now: datetime) -> None:
        """The clock's look is set, where it isn't."""
        await self._store.apply(Changes().add(Timer(LOOK, 0, now, LOOK, kept=True)))

    async def look(self, *, now: datetime) -> datetime:
        """When to look again."""
        found = {one.about: one for one in await self._wrong(now)}
        known = await self._store.find(Alert, about=sorted(found), limit=_MANY)
        for about in found.keys() - {alert.about for alert in known}:
            await self._apply(raised(alert=self._alert(found[about], now)))
        open_ = await self._store.find(
            Alert, kind=sorted(OF_ORDERS), fate=Fate.OPEN, limit=_MANY
        )  # fmt: skip
        for alert in open_:
            if alert.about not in found:
                await self._apply(ended(alert=alert, fate=Fate.MENDED, now=now))
        await self._barred(now)
        return now + EVERY

    async def _apply(self, changes: Changes) -> None:
        try:
            await self._store.apply(changes)
        except AlreadyDone:  # another process was first
            pass

    async def _wrong(self, now: datetime) -> list[Wrong]:
        ids = await self._suspects.suspects(now=now)
        orders = await self._store.find(Order, id=ids, limit=_MANY)
        steps = await self._steps(one.id for one in orders if one.state in UNPROMISED)
        return [
            each for order in orders
            for each in wrong(order=order, steps=steps[order.id], rules=self._rules, now=now)
        ]  # fmt: skip

    async def _steps(self, order_ids: Iterable[int]) -> dict[int, list[Step]]:
        found = defaultdict[int, list[Step]](list)
        ids = sorted(order_ids)
        for step in await self._store.find(Step, order_id=ids, order="version", limit=_MANY):
            found[step.order_id].append(step)
        return found

    def _alert(self, one: Wrong, now: datetime) -> Alert:
        order = one.order
        return Alert(
            id=self._new_id(), about=one.about, kind=one.kind, order_id=order.id,
            customer_id=order.customer_id, provider_id=order.provider_id, since=one.since,
            found_at=now,
        )  # fmt: skip

    async def _barred(self, now: datetime) -> None:
        """Somebody was frozen: what was found about him is dealt with."""
        open_ = await self._store.find(Alert, kind=sorted(OF_PEOPLE), fate=Fate.OPEN, limit=_MANY)
        customers, providers = await self._frozen(open_)
        for alert in open_:
            if alert.customer_id in customers or alert.provider_id in providers:
                await self._apply(ended(alert=alert, fate=Fate.BARRED, now=now))

    async def _frozen(self, alerts: Sequence[Alert]) -> tuple[set[int], set[int]]:
        people = sorted({one.customer_id for one in alerts if one.customer_id is not None})
        firms = sorted({one.provider_id for one in alerts if one.provider_id is not None})
        customers = await self._store.find(Person, id=people, frozen=True)
        providers = await self._store.find(Provider, id=firms, state=ProviderState.FROZEN)
        return {one.id for one in customers}, {one.id for one in providers}
