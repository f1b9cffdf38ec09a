"""A day's statement is kept, compared, and what differs is told; each difference once, repeated while it is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from core.changes import Change, Changes, Insert, Update
from core.entity import NewId
from core.errors import AlreadyDone, Unknown
from core.payments.desk import Payments
from core.payments.model import Payment
from core.payments.stray import Strays
from core.ports import Store
from core.reconciling.comparing import Found, compare
from core.reconciling.model import (
    STATES_TRANSFERS,
    Book,
    Booked,
    Compared,
    Difference,
    Kind,
    Line,
    Why,
    span_of,
)
from core.reconciling.untold import fact_of, payment_of

# What we booked so near before midnight may stand in the gateway's next day.
NEAR_MIDNIGHT: Final = timedelta(hours=2)
MANY: Final = 100_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of comparing one statement, and all that is open of that way of paying."""

    compared: Compared
    open: tuple[Difference, ...]


class Reconciling:
    def __init__(
        self, *, store: Store, book: Book, payments: Payments, strays: Strays, new_id: NewId,
        zone: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._book = book
        self._payments = payments
        self._strays = strays
        self._new_id = new_id
        self._zone = ZoneInfo(zone)

    async def compare(
        self, *, method: str, day: date, lines: Sequence[Line], now: datetime
    ) -> Outcome:
        """Whatever is compared again changes nothing that was found before."""
        near = (day - timedelta(days=1), day + timedelta(days=1))
        kept = await self._store.find(Line, method=method, day=list(near), limit=MANY)
        first, end = span_of(day, self._zone)
        before = await self._store.get(Compared, method=method, day=near[0])
        due = await self._book.between(
            method=method, first=first - NEAR_MIDNIGHT if before else first, end=end - NEAR_MIDNIGHT
        )
        if method not in STATES_TRANSFERS:
            due = [one for one in due if one.kind not in (Kind.TRANSFER, Kind.CAME_BACK)]
        booked = await self._book.of(method=method, references=[line.reference for line in lines])
        kept += await self._stated_before(method, day, due)
        found = compare(lines=lines, booked=booked, due=due,
                        stated=frozenset((one.kind, one.reference) for one in kept))  # fmt: skip
        await self._write(method, day, lines, found, now)
        await self._end_settled(method, now)
        return await self.outcome(method=method, day=day)

    async def _stated_before(self, method: str, day: date, due: list[Booked]) -> list[Line]:
        """People book some of it days after the gateway did, as what came back."""
        references = [one.reference for one in due]
        lines = await self._store.find(Line, method=method, reference=references, limit=MANY)
        return [line for line in lines if line.day != day]

    async def _write(
        self, method: str, day: date, lines: Sequence[Line], found: list[Found], now: datetime
    ) -> None:
        known = await self._store.find(Line, method=method, day=day, limit=MANY)
        there = {(one.kind, one.reference) for one in known}
        fresh = {(one.kind, one.reference): one for one in lines}
        changes = Changes().add(
            *(Insert(line.model_copy(update={"id": self._new_id(), "method": method, "day": day}))
              for key, line in fresh.items() if key not in there),
            *[Insert(await self._difference(method, day, one, now), or_ignore=True) for one in found],
        )  # fmt: skip
        former = await self._store.get(Compared, method=method, day=day)
        made: dict[str, Any] = {
            "lines": len(lines),
            "differing": len({one.reference for one in found}),
            "at": now,
        }
        if former is None:
            changes.add(Insert(Compared(id=self._new_id(), method=method, day=day, **made)))
        else:
            changes.add(Update(Compared, former.id, made))
        await self._store.apply(changes)

    async def _difference(self, method: str, day: date, found: Found, now: datetime) -> Difference:
        line, ours = found.line, found.booked
        number = (line.number if line else "") or (ours.number if ours else "")
        currency = line.currency if line else ours.currency if ours else ""
        order_id = ours.order_id if ours else await self._order_of(method, number, line)
        return Difference(
            id=self._new_id(), key=":".join((method, *found.key)), method=method, day=day,
            kind=found.kind, why=found.why, reference=found.reference, number=number,
            order_id=order_id, stated=_stated(found), booked=ours.amount if ours else 0,
            currency=currency, other=ours.currency if ours and ours.currency != currency else "",
            found_at=now,
        )  # fmt: skip

    async def _order_of(self, method: str, number: str, line: Line | None) -> int | None:
        payment = await self._store.get(Payment, number=number) if number else None
        if payment is None and line is not None:
            payment = await payment_of(store=self._store, method=method, charge=line.charge)
        return payment.order_id if payment else None

    async def _end_settled(self, method: str, now: datetime) -> None:
        """What a later notice, or a later statement, has put right by itself."""
        waiting = await self._store.find(Difference, method=method, open=True, limit=MANY)
        missed = [one for one in waiting if one.why in (Why.NOT_HERE, Why.NOT_THERE)]
        references = [one.reference for one in missed]
        here = await self._book.of(method=method, references=references)
        booked = {(one.kind, one.reference): one for one in here}
        there = await self._store.find(Line, method=method, reference=references, limit=MANY)
        stated = {(one.kind, one.reference) for one in there}
        ended: list[Change] = [_end(one, now) for one in missed if _right_now(one, booked, stated)]
        if ended:
            await self._store.apply(Changes().add(*ended))

    async def outcome(self, *, method: str, day: date) -> Outcome:
        """Raises Unknown for a day that was not compared."""
        compared = await self._store.get(Compared, method=method, day=day)
        if compared is None:
            raise Unknown("statement")
        return Outcome(compared, tuple(await self.waiting(method=method)))

    async def days(self) -> list[Compared]:
        """What was compared, the latest first."""
        return await self._store.find(Compared, order="-day", limit=200)

    async def waiting(self, *, method: str | None = None) -> list[Difference]:
        """All that is open, the oldest first."""
        of: dict[str, Any] = {"method": method} if method else {}
        return await self._store.find(Difference, open=True, order="id", limit=MANY, **of)

    async def found(self) -> list[Difference]:
        """Open and settled, the latest first."""
        return await self._store.find(Difference, order="-id", limit=MANY)

    async def look(self, *, difference_id: int) -> Difference:
        """Raises Unknown."""
        one = await self._store.get(Difference, id=difference_id)
        if one is None:
            raise Unknown("difference")
        return one

    async def can_book(self, *, one: Difference) -> bool:
        """Whether it is ours and was never told: a payment that we asked for, or money back of such a one."""
        return await fact_of(store=self._store, one=one) is not None

    async def book(self, *, difference_id: int, by: int, reason: str, now: datetime) -> Difference:
        """A fact like any other: the order is served, or the money goes back; what went back is on the record.

        Raises AlreadyDone.
        """
        one = await self.look(difference_id=difference_id)
        fact = await fact_of(store=self._store, one=one)
        if fact is None:
            raise AlreadyDone()
        await self._payments.absorb(fact=fact, now=now)
        return await self._ended(one, by, reason, now)

    async def can_give_back(self, *, one: Difference) -> bool:
        """Whether it is a payment for no order of ours, by a gateway that can send it back."""
        ours = await self._store.get(Payment, number=one.number) if one.number else None
        came = (one.kind, one.why) == (Kind.PAYMENT, Why.NOT_HERE)
        return one.open and came and ours is None and self._strays.can(method=one.method)

    async def give_back(
        self, *, difference_id: int, by: int, reason: str, now: datetime
    ) -> Difference:
        """It goes back where it came from. Raises AlreadyDone, PaymentUnavailable, Invalid("reason", "missing")."""
        one = await self.look(difference_id=difference_id)
        if not await self.can_give_back(one=one):
            raise AlreadyDone()
        change = _end(one, now, by=by, reason=reason)
        await self._strays.give_back(
            method=one.method, charge=one.reference, amount=one.stated, currency=one.currency,
            by=by, reason=reason, now=now, also=Changes().add(change),
        )  # fmt: skip
        return one.model_copy(update=change.set)

    async def explain(
        self, *, difference_id: int, by: int, reason: str, now: datetime
    ) -> Difference:
        """Somebody looked at it and says why it is so. Raises AlreadyDone, Unknown."""
        one = await self.look(difference_id=difference_id)
        if not one.open:
            raise AlreadyDone()
        return await self._ended(one, by, reason, now)

    async def _ended(self, one: Difference, by: int, reason: str, now: datetime) -> Difference:
        change = _end(one, now, by=by, reason=reason)
        await self._store.apply(Changes().add(change))
        return one.model_copy(update=change.set)


def _stated(found: Found) -> int:
    if found.line is None:
        return 0
    return found.line.fee or 0 if found.why is Why.FEE else found.line.amount


def _right_now(
    one: Difference, booked: dict[tuple[Kind, str], Booked], stated: set[tuple[Kind, str]]
) -> bool:
    key = one.kind, one.reference
    if one.why is Why.NOT_THERE:
        return key in stated
    ours = booked.get(key)
    return ours is not None and (ours.amount, ours.currency) == (one.stated, one.currency)


def _end(one: Difference, now: datetime, *, by: int | None = None, reason: str = "") -> Update:
    values = {"open": False, "ended_at": now, "ended_by": by, "reason": reason[:300],
              "version": one.version + 1}  # fmt: skip
    return Update(Difference, one.id, values, {"version": one.version, "open": True}, AlreadyDone())
