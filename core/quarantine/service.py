"""While it lasts, no money moves, nothing is booked, nobody but the staff is written to, and no timer runs.

Looking is free. What changes without money (a profile, a day off) may change, its letters wait.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.changes import Changes, Claim, Insert, Update
from core.entity import NewId
from core.errors import AlreadyDone, StandsStill, Unknown
from core.events import Event
from core.payments.model import Payment, PaymentState, Refund, RefundState
from core.payouts.model import Payout, PayoutState
from core.ports import Store
from core.quarantine.model import Quarantine as Standstill

MONEY: Final = (Payment, Refund, Payout)
# Timers that go on all the same: they move no money and write to nobody but the staff.
GO_ON: Final = frozenset(
    {
        "person.wipe",
        "file.leave",
        "provider.reindex",
        "backup.due",
        "drill.due",
        "security.day",
        "money.day",
    }
)
OPEN_PAYMENTS: Final = (PaymentState.INTENDED, PaymentState.UNKNOWN, PaymentState.OPEN)
OPEN_REFUNDS: Final = (RefundState.INTENDED, RefundState.UNKNOWN, RefundState.PENDING)
OPEN_PAYOUTS: Final = (PayoutState.APPROVED, PayoutState.SENDING, PayoutState.CONFIRMING)


@dataclass(frozen=True, slots=True)
class ToCompare:
    """What may have gone on after the backup was taken, and is to be looked up where the money is."""

    standstill: Standstill
    payments: tuple[Payment, ...]
    refunds: tuple[Refund, ...]
    payouts: tuple[Payout, ...]


class Quarantine:
    """`standing` is kept in memory: it begins while nobody runs, and its end is read every minute."""

    def __init__(self, *, store: Store, new_id: NewId) -> None:
        self._store = store
        self._new_id = new_id
        self.standing = False

    async def read(self) -> None:
        self.standing = await self._present() is not None

    async def _present(self) -> Standstill | None:
        return await self._store.get(Standstill, lifted_at=None)

    def check(self) -> None:
        """Raises StandsStill."""
        if self.standing:
            raise StandsStill()

    def allow(self, changes: Changes) -> None:
        """The last word on every change set. Raises StandsStill for one that books time or moves money."""
        if self.standing and (changes.postings or any(map(_is_paused, changes.items))):
            raise StandsStill()

    async def begin(self, *, taken_at: datetime, now: datetime) -> None:
        """Written into what was restored before it is put in its place; staff are told how to end it."""
        one = Standstill(id=self._new_id(), taken_at=taken_at, began_at=now)
        changes = Changes().add(Insert(one)).tell(Event("quarantine.began", one.id, one.version))
        await self._store.apply(changes)

    async def look(self) -> ToCompare:
        """Raises Unknown when there is none."""
        one = await self._present()
        if one is None:
            raise Unknown("quarantine")
        payments = await self._store.find(Payment, state=list(OPEN_PAYMENTS), order="-id")
        refunds = await self._store.find(Refund, state=list(OPEN_REFUNDS), order="-id")
        payouts = await self._store.find(Payout, state=list(OPEN_PAYOUTS), order="-id")
        return ToCompare(one, tuple(payments), tuple(refunds), tuple(payouts))

    async def lift(self, *, by: int, now: datetime) -> Standstill:
        """Everything goes on, what was due first. Raises AlreadyDone."""
        one = await self._present()
        if one is None:
            raise AlreadyDone()
        version = one.version + 1
        values = {"lifted_at": now, "lifted_by": by, "version": version}
        change = Update(Standstill, one.id, dict(values), {"version": one.version}, AlreadyDone())
        await self._store.apply(
            Changes().add(change).tell(Event("quarantine.lifted", one.id, version))
        )
        self.standing = False
        return one.model_copy(update=values)


def _is_paused(change: object) -> bool:
    if isinstance(change, Claim):
        return True
    if isinstance(change, Insert):
        return isinstance(change.row, MONEY)
    return isinstance(change, Update) and issubclass(change.kind, MONEY)
