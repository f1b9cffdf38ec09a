"""Both sides of a new photo: sent by the provider, approved or rejected by staff; the one of before stays meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.changes import Changes, Insert, Update
from core.entity import NewId
from core.errors import NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.files.leaving import leaves
from core.people.model import Provider, ProviderState
from core.people.own import provider_of
from core.portraits.model import Portrait, PortraitState
from core.ports import Store
from core.reasons import given
from core.taking.model import Matter
from core.taking.service import in_nobodys_hands

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Sitter:
    """A portrait with whose it is."""

    portrait: Portrait
    provider: Provider


class Portraits:
    def __init__(self, *, store: Store, new_id: NewId) -> None:
        self._store = store
        self._new_id = new_id

    async def mine(self, *, person_id: int) -> Portrait | None:
        """The one that waits, if any. Raises Unknown for somebody who never applied."""
        return await self._waiting_of(await provider_of(store=self._store, person_id=person_id))

    async def _waiting_of(self, provider: Provider) -> Portrait | None:
        return await self._store.get(
            Portrait, provider_id=provider.id, state=PortraitState.SENT
        )  # fmt: skip

    async def send(self, *, person_id: int, file_id: int, now: datetime) -> Portrait:
        """Staff look at it. Raises Unknown, NotAllowedNow for whoever doesn't work here."""
        provider = await provider_of(store=self._store, person_id=person_id)
        if provider.state is not ProviderState.APPROVED:
            raise NotAllowedNow(verb="change_photo", state=provider.state)
        open_ = await self._waiting_of(provider)
        fresh = Portrait(
            id=open_.id if open_ else self._new_id(), provider_id=provider.id, file_id=file_id,
            version=open_.version + 1 if open_ else 1, sent_at=now,
        )  # fmt: skip
        changes = Changes()
        if open_ is None:
            changes.add(Insert(fresh, otherwise=OutOfDate()))
        else:
            values = fresh.model_dump(include={"file_id", "version", "sent_at"})
            changes.add(_amended(open_, values), *_gone([open_.file_id], file_id, now))
        await self._store.apply(changes.tell(_told("portrait.sent", fresh, provider)))
        return fresh

    async def waiting(self) -> list[Sitter]:
        """All that staff have to look at, the longest waiting first."""
        open_ = await self._store.find(Portrait, state=PortraitState.SENT, order="sent_at")
        return [await self._whole(portrait) for portrait in open_]

    async def look(self, *, portrait_id: int) -> Sitter:
        """Raises Unknown."""
        portrait = await self._store.get(Portrait, id=portrait_id)
        if portrait is None:
            raise Unknown("photo")
        return await self._whole(portrait)

    async def _whole(self, portrait: Portrait) -> Sitter:
        provider = await self._store.get(Provider, id=portrait.provider_id)
        if provider is None:
            raise Unknown("photo")
        return Sitter(portrait, provider)

    async def approve(self, *, portrait_id: int, version: int, by: int, now: datetime) -> Portrait:
        """Customers see it from now on, and the one of before leaves.

        Raises OutOfDate where another one was sent since `version`.
        """
        one = await self._open(portrait_id, "approve")
        portrait, provider = one.portrait, one.provider
        if portrait.version != version:
            raise OutOfDate()
        seen = {"photo_id": portrait.file_id, "version": provider.version + 1}
        changes = Changes().add(
            Update(Provider, provider.id, seen, {"version": provider.version}, OutOfDate()),
            *_gone([provider.photo_id], portrait.file_id, now),
        )
        return await self._close(changes, one, PortraitState.APPROVED, now, decided_by=by)

    async def reject(self, *, portrait_id: int, by: int, reason: str, now: datetime) -> Portrait:
        """The one of before stays. Raises Invalid("reason", "missing")."""
        said = given(reason=reason, most=LONGEST_REASON)
        one = await self._open(portrait_id, "reject")
        changes = Changes().add(*_gone([one.portrait.file_id], None, now))
        return await self._close(
            changes, one, PortraitState.REJECTED, now, decided_by=by, reason=said
        )  # fmt: skip

    async def _open(self, portrait_id: int, verb: str) -> Sitter:
        one = await self.look(portrait_id=portrait_id)
        if one.portrait.state is not PortraitState.SENT:
            raise NotAllowedNow(verb=verb, state=one.portrait.state)
        return one

    async def _close(
        self, changes: Changes, one: Sitter, state: PortraitState, now: datetime, **more: Any
    ) -> Portrait:  # fmt: skip
        """Decided once, told to whose it is, and its file is spoken of here no longer."""
        portrait = one.portrait
        values = {"state": state, "file_id": None, "decided_at": now, **more}
        values["version"] = portrait.version + 1
        changes.add(
            _amended(portrait, values),
            in_nobodys_hands(matter=Matter.PORTRAIT, subject=portrait.id),
        )
        closed = portrait.model_copy(update=values)
        await self._store.apply(changes.tell(_told(f"portrait.{state}", closed, one.provider)))
        return closed


def _gone(file_ids: Sequence[int | None], stays: int | None, now: datetime) -> Sequence[Any]:
    """Whatever nothing speaks of any more leaves the disk."""
    return leaves(file_ids=[one for one in file_ids if one not in (None, stays)], now=now)


def _amended(portrait: Portrait, values: dict[str, Any]) -> Update:
    """Something else about one that waits, as long as nobody else touched it."""
    expect = {"version": portrait.version, "state": PortraitState.SENT}
    return Update(Portrait, portrait.id, values, expect, OutOfDate())


def _told(name: str, portrait: Portrait, provider: Provider) -> Event:
    return Event(name, portrait.id, portrait.version, {"provider": provider.person_id})
