"""What the staff do with alerts: see which are open, read one, say that it is all right."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from core.alerts.model import Alert, Fate, Kind
from core.alerts.raising import ended
from core.entity import Entity
from core.errors import AlreadyDone, Unknown
from core.orders.model import Order
from core.people.model import Person, Provider
from core.ports import Store
from core.reasons import given

E = TypeVar("E", bound=Entity)
LONGEST = 300
_MANY = 10_000


class Tally(Protocol):
    """See db/alerts.py."""

    async def tally(self, *, first: datetime, end: datetime) -> dict[Kind, int]:
        """How many of each kind were found from then until before the end."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert with whom and what it is about, as far as it is about any."""

    alert: Alert
    order: Order | None = None
    customer: Person | None = None
    provider: Provider | None = None


class Alerts:
    def __init__(self, *, store: Store, tally: Tally) -> None:
        self._store = store
        self._tally = tally

    async def open(self, *, kinds: Collection[Kind] = ()) -> list[Alert]:
        """Those that wait the longest first; of these kinds, or all."""
        return await self._store.find(
            Alert, kind=sorted(kinds or Kind), fate=Fate.OPEN, order="since", limit=_MANY
        )

    async def counts(self) -> Counter[Kind]:
        """How many of each kind are open."""
        return Counter(alert.kind for alert in await self.open())

    async def found(self, *, first: datetime, end: datetime) -> dict[Kind, int]:
        """How many of each kind were raised from then until before the end."""
        return await self._tally.tally(first=first, end=end)

    async def look(self, *, alert_id: int) -> Raised:
        """Raises Unknown."""
        alert = await self._store.get(Alert, id=alert_id)
        if alert is None:
            raise Unknown("alert")
        return (await self.whole(alerts=[alert]))[0]

    async def whole(self, *, alerts: Sequence[Alert]) -> list[Raised]:
        """Each with whom and what it is about."""
        orders = await self._known(Order, {one.order_id for one in alerts})
        people = await self._known(Person, {one.customer_id for one in alerts})
        providers = await self._known(Provider, {one.provider_id for one in alerts})
        return [
            Raised(
                one, orders.get(one.order_id), people.get(one.customer_id),
                providers.get(one.provider_id),
            )
            for one in alerts
        ]  # fmt: skip

    async def _known(self, kind: type[E], ids: set[int | None]) -> dict[int | None, E]:
        wanted = sorted(one for one in ids if one is not None)
        found = await self._store.find(kind, id=wanted, limit=_MANY)
        return {one.id: one for one in found}

    async def of_order(self, *, kind: Kind, order_id: int) -> Alert | None:
        """The latest of this kind about this order."""
        found = await self._store.find(
            Alert, kind=kind, order_id=order_id, order="-found_at", limit=1
        )
        return found[0] if found else None

    async def explain(self, *, alert_id: int, by: int, reason: str, now: datetime) -> Alert:
        """It is all right, for this reason; it is not raised for the same again.

        `by` is the Telegram id of whoever says so. Raises Invalid("reason", "missing"), AlreadyDone, Unknown.
        """
        reason = given(reason=reason, most=LONGEST)
        alert = (await self.look(alert_id=alert_id)).alert
        if alert.fate is not Fate.OPEN:
            raise AlreadyDone()
        await self._store.apply(
            ended(alert=alert, fate=Fate.EXPLAINED, now=now, by=by, reason=reason)
        )
        return alert
