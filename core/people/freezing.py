"""A provider is frozen: not found and not asked any more, told why, and every open order of his is passed on.

When he is let work again, an appeal that was waiting is granted by it, whoever did it.
"""

from datetime import datetime
from typing import Any

from core.appeals.model import Appeal, AppealState, Freeze
from core.changes import Changes, Insert, Timer, Update
from core.entity import NewId
from core.errors import NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.orders.model import Order, State
from core.orders.passing import Passing
from core.people.model import Provider, ProviderState
from core.ports import Store
from core.reasons import given
from core.taking.model import Matter
from core.taking.service import in_nobodys_hands

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
        reason = given(reason=reason, most=200)
        freeze = Freeze(
            id=self._new_id(), provider_id=provider_id, staff_id=staff_id, reason=reason, at=now
        )
        return await self._turn(
            provider_id, ProviderState.APPROVED, ProviderState.FROZEN, "provider.frozen", reason,
            staff_id, now, Changes().add(Insert(freeze)),
        )  # fmt: skip

    async def unfreeze(
        self, *, provider_id: int, staff_id: int, now: datetime, answer: str = "",
        appeal_id: int | None = None,
    ) -> Provider:  # fmt: skip
        """Lets a frozen provider work again; an appeal that waits is granted.

        With `appeal_id` only while that one waits: raises OutOfDate where a colleague has just decided on it.
        Raises NotAllowedNow, Unknown.
        """
        changes, granted = await self._end(provider_id, staff_id, answer, now)
        if appeal_id not in (None, granted):
            raise OutOfDate
        return await self._turn(
            provider_id, ProviderState.FROZEN, ProviderState.APPROVED, "provider.unfrozen", "",
            staff_id, now, changes, answer=answer, appeal=granted,
        )  # fmt: skip

    async def present(self, *, provider_id: int) -> Freeze | None:
        """The freeze that is not over."""
        return await self._store.get(Freeze, provider_id=provider_id, ended_at=None)

    async def _end(
        self, provider_id: int, staff_id: int, answer: str, now: datetime
    ) -> tuple[Changes, int]:
        """What ends with the freeze, and the appeal that is granted by it or 0."""
        changes, appeal_id = Changes(), 0
        if (freeze := await self.present(provider_id=provider_id)) is None:
            return changes, appeal_id
        changes.add(Update(Freeze, freeze.id, {"ended_at": now, "ended_by": staff_id}))
        for appeal in await self._store.find(
            Appeal, freeze_id=freeze.id, state=AppealState.OPEN, limit=1
        ):
            appeal_id, version = appeal.id, appeal.version + 1
            values = {"state": AppealState.LIFTED, "answer": answer, "decided_by": staff_id,
                      "decided_at": now, "version": version}  # fmt: skip
            guard = {"version": appeal.version}
            changes.add(
                Update(Appeal, appeal.id, values, expect=guard, otherwise=OutOfDate()),
                in_nobodys_hands(matter=Matter.APPEAL, subject=appeal.id),
            )
            people = {"person": appeal.person_id}
            changes.tell(Event("appeal.lifted", appeal.id, version, people, {"bot": "provider"}))
        return changes, appeal_id

    async def _turn(
        self, provider_id: int, source: ProviderState, goal: ProviderState, event: str,
        reason: str, staff_id: int, now: datetime, changes: Changes, **more: Any,
    ) -> Provider:  # fmt: skip
        provider = await self.provider(provider_id=provider_id)
        if provider.state is not source:
            raise NotAllowedNow(verb=event.removeprefix("provider."), state=provider.state)
        version = provider.version + 1
        values = {"state": goal, "reason": reason, "version": version}
        facts = {"bot": "provider", "reason": reason, "staff": staff_id} | more
        changes.add(
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
        orders = await self._store.find(
            Order, provider_id=provider_id, state=sorted(TO_PASS_ON), order="starts_at"
        )
        await self._note(provider_id, [order.id for order in orders])
        for order in orders:
            await self._passing.reassign(order_id=order.id, staff_id=0, now=now, reason="frozen")

    async def _note(self, provider_id: int, orders: list[int]) -> None:
        """What is taken from him stands with the freeze: he may look it up."""
        freeze = await self.present(provider_id=provider_id)
        if freeze is None or not orders:
            return
        noted = list(dict.fromkeys([*freeze.passed_on, *orders]))
        await self._store.apply(Changes().add(Update(Freeze, freeze.id, {"passed_on": noted})))
