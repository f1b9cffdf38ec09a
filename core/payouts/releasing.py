"""Earnings are held for some days after the job, then they are free to be withdrawn; what is owed is taken first."""

from contextlib import suppress
from datetime import datetime, timedelta

from core.anew import decided_anew
from core.changes import Changes, Funds
from core.entity import NewId
from core.errors import AlreadyDone, NotAllowedNow, OutOfDate, Unknown
from core.ledger.balances import OnHold
from core.ledger.postings import DEBT, OWED, RELEASED
from core.ledger.service import Facts, post, release
from core.orders.advance import By, note
from core.orders.lifecycle import Actor
from core.orders.model import Order
from core.ports import Ledger, Store
from core.rules import Rules


class Releasing:
    def __init__(self, *, store: Store, ledger: Ledger, rules: Rules, new_id: NewId) -> None:
        self._store = store
        self._ledger = ledger
        self._rules = rules
        self._new_id = new_id

    def free_at(self, *, earned_at: datetime) -> datetime:
        """When what was earned then can be withdrawn, as the rule is now."""
        return earned_at + timedelta(days=self._rules.number("payout_hold_days"))

    async def release(self, *, order_id: int, now: datetime) -> datetime | None:
        """Frees what the order brought; when to look again while the days are not over."""
        for held in await self._ledger.on_hold(order_id=order_id):
            if held.amount < 0:
                await self._owe(held, now)
                continue
            due = self.free_at(earned_at=held.at)
            if now < due:
                return due
            changes = Changes()
            await self._free(changes, held, now)
            with suppress(AlreadyDone):
                await self._store.apply(changes)
        return None

    async def held(self, *, order_id: int) -> int:
        """What the order brought its provider and is not free yet, in minor units."""
        return sum(one.amount for one in await self._held(order_id))

    async def _held(self, order_id: int) -> list[OnHold]:
        return [one for one in await self._ledger.on_hold(order_id=order_id) if one.amount > 0]

    @decided_anew
    async def early(self, *, order_id: int, staff_id: int, reason: str, now: datetime) -> int:
        """Staff free it before its days are over; how much that was, which the timeline tells with the reason.

        Raises Unknown, NotAllowedNow where nothing is held.
        """
        order, found = await self._store.get(Order, id=order_id), await self._held(order_id)
        if order is None:
            raise Unknown("order")
        if not found:
            raise NotAllowedNow(verb="release", state=order.state)
        by, amount = By(Actor.STAFF, staff_id), sum(one.amount for one in found)
        changes = note(
            order=order, verb="release", by=by, now=now, new_id=self._new_id, people={},
            facts={"amount": amount, "reason": reason[:200]},
        )  # fmt: skip
        for one in found:
            await self._free(changes, one, now, actor=f"staff:{staff_id}")
        try:
            await self._store.apply(changes)
        except AlreadyDone as faster:
            raise OutOfDate from faster
        return amount

    async def _owe(self, held: OnHold, now: datetime) -> None:
        """What was taken back after it was free is a debt."""
        facts = Facts(held.order_id, held.currency, held.provider_id)
        owed = post(
            id=self._new_id(), event=OWED, facts=facts, figures={"amount": -held.amount}, at=now,
            actor="clock", part=str(held.last),
        )  # fmt: skip
        with suppress(AlreadyDone):
            await self._store.apply(Changes().post(owed))

    async def _free(
        self, changes: Changes, held: OnHold, now: datetime, *, actor: str = "clock"
    ) -> None:
        owed = await self._ledger.balances(provider_id=held.provider_id, currency=held.currency)
        figures = release(net=held.amount, debt=owed.debt)
        facts = Facts(held.order_id, held.currency, held.provider_id)
        if figures["set_off"]:
            debt = DEBT.format(provider=held.provider_id)
            changes.add(
                Funds(held.provider_id, debt, held.currency, figures["set_off"], OutOfDate())
            )
        # The posting that moved it last names this release: two who look at once free it once.
        changes.post(
            post(id=self._new_id(), event=RELEASED, facts=facts, figures=figures, at=now,
                 actor=actor, part=str(held.last))
        )  # fmt: skip
