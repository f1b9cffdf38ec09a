"""Money that came and belongs to no order of ours: staff send it back, once, and the book knows both ways of it."""

from collections.abc import Mapping
from datetime import datetime

from core.changes import Changes, Insert, Timer, Update
from core.entity import Entity, NewId
from core.errors import AlreadyDone, PaymentUnavailable, Unknown
from core.events import Event
from core.ledger.postings import CAME_ASTRAY, SENT_HOME
from core.ledger.service import Facts, Transaction, post
from core.payments.absorbing import charge_key
from core.payments.method import Method, NoAnswer, Outcome
from core.payments.model import Charge, RefundState
from core.payments.service import ask_again_at
from core.ports import Store
from core.quarantine.service import Quarantine
from core.reasons import given


class Stray(Entity):
    """One intention to give such money back. `key` is the method and the gateway's charge, so there is one only.

    `number` is ours and the same in every repetition, `reference` the gateway's own of what went back.
    """

    key: str
    number: str
    method: str
    charge: str
    amount: int
    currency: str
    state: RefundState = RefundState.INTENDED
    reference: str = ""
    by: int
    reason: str = ""
    created_at: datetime
    ended_at: datetime | None = None


class Strays:
    def __init__(
        self, *, store: Store, methods: Mapping[str, Method], new_id: NewId, quarantine: Quarantine
    ) -> None:
        self._store = store
        self._methods = dict(methods)
        self._new_id = new_id
        self._quarantine = quarantine

    def can(self, *, method: str) -> bool:
        return method in self._methods

    async def give_back(
        self, *, method: str, charge: str, amount: int, currency: str, by: int, reason: str,
        now: datetime, also: Changes,
    ) -> None:  # fmt: skip
        """Intends it, with `also` in the same transaction. Raises AlreadyDone, PaymentUnavailable, Invalid."""
        if method not in self._methods:
            raise PaymentUnavailable(method)
        reason = given(reason=reason, most=300)
        key, id = charge_key(method=method, charge=charge), self._new_id()
        if await self._store.get(Charge, key=key):
            raise AlreadyDone()  # an order's by now: what is too much of it goes back by itself
        stray = Stray(
            id=id, key=key, number=f"R{id}", method=method, charge=charge, amount=amount,
            currency=currency, by=by, reason=reason, created_at=now,
        )  # fmt: skip
        also.add(
            Insert(stray, otherwise=AlreadyDone()), Timer("stray.send", id, now, f"stray.send:{id}")
        )
        also.post(self._posted(CAME_ASTRAY, stray, f"staff:{by}", now))
        await self._store.apply(also)

    async def send(self, *, stray_id: int, tries: int, now: datetime) -> datetime | None:
        """Tells the gateway, or asks what became of it; when to look again, or None when that is known."""
        self._quarantine.check()
        stray = await self.look(stray_id=stray_id)
        if stray.state in (RefundState.DONE, RefundState.FAILED):
            return None
        if stray.method not in self._methods:
            return ask_again_at(tries=tries, now=now)
        try:
            answer = await self._methods[stray.method].refund(
                number=stray.number, charge=stray.charge, amount=stray.amount,
                currency=stray.currency,
            )  # fmt: skip
        except NoAnswer:
            return ask_again_at(tries=tries, now=now)
        if answer.outcome is Outcome.PAID:
            await self._ended(stray, RefundState.DONE, answer.reference or stray.number, now)
            return None
        if answer.outcome is Outcome.REFUSED:
            await self._ended(stray, RefundState.FAILED, "", now)
            return None
        return ask_again_at(tries=tries, now=now)

    async def look(self, *, stray_id: int) -> Stray:
        """Raises Unknown."""
        stray = await self._store.get(Stray, id=stray_id)
        if stray is None:
            raise Unknown("stray")
        return stray

    async def _ended(self, stray: Stray, state: RefundState, reference: str, now: datetime) -> None:
        values = {"state": state, "reference": reference, "ended_at": now}
        changes = Changes().add(
            Update(Stray, stray.id, values, {"state": stray.state}, AlreadyDone())
        )
        if state is RefundState.DONE:
            changes.post(self._posted(SENT_HOME, stray, f"gateway:{stray.method}", now))
        facts = {"state": state.value}
        await self._store.apply(changes.tell(Event("stray.ended", stray.id, 1, {}, facts)))

    def _posted(self, event: str, stray: Stray, actor: str, now: datetime) -> Transaction:
        return post(
            id=self._new_id(), event=event, at=now, figures={"amount": stray.amount}, actor=actor,
            facts=Facts(stray.id, stray.currency, method=stray.method),
        )  # fmt: skip
