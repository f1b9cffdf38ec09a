"""A provider is frozen: not found and not asked any more, told why, and every open order of his is passed on."""

from datetime import datetime

from core.changes import Changes, Timer, Update
from core.entity import NewId
from core.errors import Invalid, NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.orders.model import Order, State
from core.orders.passing import Passing
from core.people.model import Provider, ProviderState
from core.ports import Store

# What has not begun yet. Whoever stands at the door or is at work is for staff to decide: they may hand the order on.
TO_PASS_ON = frozenset({State.OFFERED, State.ACCEPTED, State.ON_THE_WAY})


def pass_on_timer(*, provider_id: int, now: datetime) -> Timer:
    """Somebody is frozen, or an order has just come to somebody who is."""
    return Timer("provider.pass_on", provider_id, now, f"provider.pass_on:{provider_id}")


class Freezing:
    def __init__(self, *, store: Store, passing: Passing, new_id: NewId) -> None:
        self._store = store
        self._passing = passing
        self._new_id = new_id

    async def provider(self, *, provider_id: int) -> Provider:
        """Raises Unknown."""
        provider = await self._store.get(Provider, id=provider_id)
        if provider is None:
            raise Unknown("provider")
        return provider

    async def freeze(
        self, *, provider_id: int, staff_id: int, reason: str, now: datetime
    ) -> Provider:
        """Takes an approved provider out. Raises Invalid("reason", "missing"), NotAllowedNow, Unknown."""
        if not reason.strip():
            raise Invalid("reason", "missing")
        return await self._turn(
            provider_id, ProviderState.APPROVED, ProviderState.FROZEN, "provider.frozen",
            reason.strip()[:200], staff_id, now,
        )  # fmt: skip

    async def unfreeze(self, *, provider_id: int, staff_id: int, now: datetime) -> Provider:
        """Lets a frozen provider work again. Raises NotAllowedNow, Unknown."""
        return await self._turn(
            provider_id, ProviderState.FROZEN, ProviderState.APPROVED, "provider.unfrozen", "",
            staff_id, now,
        )  # fmt: skip

    async def _turn(
        self, provider_id: int, source: ProviderState, goal: ProviderState, event: str,
        reason: str, staff_id: int, now: datetime,
    ) -> Provider:  # fmt: skip
        provider = await self.provider(provider_id=provider_id)
        if provider.state is not source:
            raise NotAllowedNow(verb=event.removeprefix("provider."), state=provider.state)
        version = provider.version + 1
        values = {"state": goal, "reason": reason, "version": version}
        facts = {"bot": "provider", "reason": reason, "staff": staff_id}
        changes = Changes().add(
            Update(
                Provider, provider_id, values, expect={"version": provider.version},
                otherwise=OutOfDate(),
            ),
            Timer("provider.reindex", provider_id, now, f"provider.reindex:{provider_id}:{version}"),
            pass_on_timer(provider_id=provider_id, now=now),
        )  # fmt: skip
        changes.tell(Event(event, provider_id, version, {"person": provider.person_id}, facts))
        await self._store.apply(changes)
        return await self.provider(provider_id=provider_id)

    async def pass_on(self, *, provider_id: int, now: datetime) -> None:
        """Passes on what a frozen provider still has; what is paid for only later calls for it again."""
        provider = await self.provider(provider_id=provider_id)
        if provider.state is not ProviderState.FROZEN:
            return
        for order in await self._store.find(
            Order, provider_id=provider_id, state=sorted(TO_PASS_ON), order="starts_at"
        ):
            await self._passing.reassign(order_id=order.id, staff_id=0, now=now, reason="frozen")
