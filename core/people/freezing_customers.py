"""A customer is frozen: he can't book any more, is told why and how to answer; what he has booked stays."""

from datetime import datetime

from core.changes import Changes, Update
from core.errors import AlreadyDone, Unknown
from core.events import Event
from core.people.model import Person, Staff
from core.people.staff import StaffRoom
from core.ports import Store
from core.reasons import given


class FreezingCustomers:
    """Of two who do it at once the first does; the other gets AlreadyDone."""

    def __init__(self, *, store: Store, staff: StaffRoom) -> None:
        self._store = store
        self._staff = staff

    async def freeze(self, *, person_id: int, member: Staff, reason: str, now: datetime) -> Person:
        """Raises Invalid("reason", "missing"), AlreadyDone, Unknown."""
        reason = given(reason=reason, most=200)
        person = await self._person(person_id)
        values = {"frozen": True, "frozen_reason": reason, "frozen_at": now}
        line = self._staff.line(
            member=member, action="people.freeze", reason=reason, person=person, now=now
        )
        turn = Update(Person, person.id, values, {"frozen": False}, AlreadyDone())
        event = _event("customer.frozen", person, now, reason=reason)
        await self._store.apply(Changes().add(turn, line).tell(event))
        return await self._person(person_id)

    async def unfreeze(
        self, *, person_id: int, member: Staff, reason: str, now: datetime
    ) -> Person:
        """Raises AlreadyDone, Unknown."""
        person = await self._person(person_id)
        values = {"frozen": False, "frozen_reason": "", "frozen_at": None}
        line = self._staff.line(
            member=member, action="people.unfreeze", reason=reason, person=person, now=now
        )
        turn = Update(Person, person.id, values, {"frozen": True}, AlreadyDone())
        event = _event("customer.unfrozen", person, now)
        await self._store.apply(Changes().add(turn, line).tell(event))
        return await self._person(person_id)

    async def _person(self, person_id: int) -> Person:
        person = await self._store.get(Person, id=person_id)
        if person is None or person.telegram_id < 0:
            raise Unknown("person")
        return person


def _event(name: str, person: Person, now: datetime, **facts: object) -> Event:
    version = int(now.timestamp() * 1000)
    return Event(name, person.id, version, {"person": person.id}, {"bot": "customer"} | facts)
