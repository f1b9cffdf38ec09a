"""Staff: who may do what, and the log of everything they do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from core.acting import ACT, Act
from core.changes import Change, Changes, Insert, Update
from core.entity import NewId
from core.errors import Invalid, NotPermitted, Unknown
from core.events import Event
from core.people.model import Person, Role, Staff, StaffAct
from core.permissions import PERMISSIONS
from core.ports import Store
from core.security.model import Why
from core.security.refusals import Refusals


class StaffRoom:
    """Roles are checked by person at every act; being in the staff chat proves nothing."""

    def __init__(self, *, store: Store, refusals: Refusals, new_id: NewId) -> None:
        self._store = store
        self._refusals = refusals
        self._new_id = new_id

    async def member(self, *, telegram_id: int) -> Staff | None:
        """The active member of staff with this Telegram id."""
        return await self._store.get(Staff, telegram_id=telegram_id, active=True)

    async def members(self) -> list[Staff]:
        return await self._store.find(Staff, active=True)

    async def outside(self, *, telegram_id: int) -> Why:
        """What somebody is who is not of the staff: a stranger, or one whose rights were taken."""
        former = await self._store.get(Staff, telegram_id=telegram_id)
        return Why.FORMER if former else Why.STRANGER

    async def check(
        self, *, telegram_id: int, name: str, chat_id: int, action: str, now: datetime
    ) -> Staff:
        """The member, if the role includes the action; every refusal is noted.

        Raises Unknown for somebody who is not staff, NotPermitted for the wrong role.
        """
        member = await self.member(telegram_id=telegram_id)
        if member is not None and member.role in PERMISSIONS[action]:
            return member
        why = Why.ROLE if member else await self.outside(telegram_id=telegram_id)
        await self._refusals.note(
            telegram_id=telegram_id, name=name, chat_id=chat_id, action=action, why=why, now=now
        )
        if member is None:
            raise Unknown("command")
        raise NotPermitted(action)

    async def log(
        self, *, telegram_id: int, name: str, action: str, now: datetime, subject: str = "",
        reason: str = "", person_id: int | None = None,
    ) -> None:  # fmt: skip
        """A line about what changes nothing: something was looked at, or handed out."""
        line = self._line(telegram_id, name, action, subject, reason, person_id, now)
        await self._store.apply(Changes().add(line))

    @asynccontextmanager
    async def acting(
        self, *, telegram_id: int, name: str, action: str, now: datetime, subject: str = "",
        reason: str = "", person_id: int | None = None,
    ) -> AsyncIterator[None]:  # fmt: skip
        """What is written inside takes its line of the audit log along; what fails leaves none."""
        act = Act(self._line(telegram_id, name, action, subject, reason, person_id, now))
        before = ACT.set(act)
        try:
            yield
        finally:
            ACT.reset(before)
        if not act.written:
            await self._store.apply(Changes().add(act.line))

    def line(
        self, *, member: Staff, action: str, reason: str, person: Person, now: datetime
    ) -> Insert:
        """What is done to somebody, to be written together with it."""
        name = member.name or str(member.telegram_id)
        return self._line(member.telegram_id, name, action, person.name, reason, person.id, now)

    def _line(
        self, telegram_id: int, name: str, action: str, subject: str, reason: str,
        person_id: int | None, now: datetime,
    ) -> Insert:  # fmt: skip
        return Insert(
            StaffAct(
                id=self._new_id(), telegram_id=telegram_id, name=name[:64], action=action,
                subject=subject[:64], reason=reason[:200], person_id=person_id, at=now,
            )
        )  # fmt: skip

    async def about(self, *, person_id: int, limit: int = 200) -> list[StaffAct]:
        """What was done to somebody, the latest first."""
        return await self._store.find(StaffAct, person_id=person_id, order="-id", limit=limit)

    async def acts(self, *, limit: int = 50) -> list[StaffAct]:
        """The latest lines of the log."""
        return await self._store.find(StaffAct, order="-id", limit=limit)

    async def enrol(
        self, *, telegram_id: int, name: str, role: Role, by: int | None, now: datetime
    ) -> Staff:
        """Adds a member, or gives a former or present one this role."""
        known = await self._store.get(Staff, telegram_id=telegram_id)
        stays: list[Change] = []
        if known is not None and role is not Role.OWNER:
            stays = await self._another_owner(known)
        fresh = Staff(
            id=known.id if known else self._new_id(), telegram_id=telegram_id,
            name=name or (known.name if known else ""), role=role, added_by=by, added_at=now,
        )  # fmt: skip
        values = {"role": role, "active": True, "name": fresh.name}
        change: Change = Update(Staff, fresh.id, values) if known else Insert(fresh)
        await self._store.apply(Changes().add(*stays, change))
        return fresh

    async def call(self, *, member: Staff, name: str) -> None:
        """Somebody added by number alone has a name once they speak."""
        change = Update(Staff, member.id, {"name": name[:64]}, expect={"name": member.name})
        await self._store.apply(Changes().add(change))

    async def dismiss(self, *, telegram_id: int) -> Staff:
        """Takes all rights away at once. Raises Invalid("staff", "last_owner"), Unknown."""
        member = await self.member(telegram_id=telegram_id)
        if member is None:
            raise Unknown("staff")
        stays = await self._another_owner(member)
        gone = Update(Staff, member.id, {"active": False}, expect={"active": True})
        await self._store.apply(Changes().add(*stays, gone))
        return member

    async def left(self, *, member: Staff, now: datetime) -> None:
        """A member is gone from the staff chat: no right is lost by that, so the owners hear of it."""
        when = int(now.timestamp())
        event = Event("staff.left", member.telegram_id, when)
        await self._store.apply(Changes().tell(event))

    async def _another_owner(self, member: Staff) -> list[Change]:
        """Guards that an owner remains: two who take each other's rights away at once don't both succeed."""
        if member.role is not Role.OWNER or not member.active:
            return []
        owners = await self._store.find(Staff, role=Role.OWNER, active=True)
        others = [owner for owner in owners if owner.id != member.id]
        if not others:
            raise Invalid("staff", "last_owner")
        still = {"role": Role.OWNER, "active": True}
        return [Update(Staff, others[0].id, {"active": True}, expect=still)]
