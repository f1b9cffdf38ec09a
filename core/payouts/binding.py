"""A provider binds his WeChat: he opens a page of ours there, and WeChat tells us who he is to our app.

What is bound is no account yet: its holder's name and a last look follow in the chat in which it began.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from core.changes import Changes, Insert, Update
from core.entity import NewId
from core.errors import OutOfDate, PayoutRefused, Unknown
from core.events import Event
from core.payouts.accounts import Accounts
from core.payouts.model import Binding
from core.people.model import Provider
from core.ports import Store

# Long enough to take the phone and scan, too short to be found in a chat by somebody else.
GOOD_FOR: Final = timedelta(minutes=15)
# Whom WeChat told of waits so long for his name.
FINISHED_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Address:
    """A page of ours for WeChat: `url` to tap, `code` for WeChat to scan."""

    url: str
    code: str


class PayeePages(Protocol):
    """Where payees reach us in WeChat."""

    def to_bind(self, token: str) -> Address: ...

    def to_confirm(self, number: str) -> Address: ...


@dataclass(frozen=True, slots=True)
class Invitation:
    """A page of its own, good until the binding is over."""

    binding: Binding
    address: Address


class Bindings:
    """Without pages no WeChat can be bound: PayoutRefused("off")."""

    def __init__(
        self, *, store: Store, accounts: Accounts, pages: PayeePages | None, new_id: NewId,
        rng: random.Random,
    ) -> None:  # fmt: skip
        self._store = store
        self._accounts = accounts
        self._pages = pages
        self._new_id = new_id
        self._rng = rng

    @property
    def on(self) -> bool:
        return self._pages is not None

    def to_confirm(self, *, number: str) -> Address | None:
        """Where the payee of the payout with this number says yes."""
        return self._pages.to_confirm(number) if self._pages else None

    async def begin(self, *, person_id: int, now: datetime) -> Invitation:
        """A fresh page; one that was given before binds nobody any more. Raises OutOfDate, PayoutRefused."""
        self._accounts.ready()
        if self._pages is None:
            raise PayoutRefused("off")
        provider = await self._accounts.provider(person_id=person_id)
        token, until = f"{self._rng.getrandbits(128):032x}", now + GOOD_FOR
        one = await self._store.get(Binding, provider_id=provider.id)
        if one is None:
            one = Binding(id=self._new_id(), provider_id=provider.id, token=token, until=until)
            await self._store.apply(Changes().add(Insert(one, otherwise=OutOfDate())))
        else:
            one = await self._changed(one, token=token, sealed="", until=until)
        return Invitation(one, self._pages.to_bind(token))

    async def look(self, *, token: str, now: datetime) -> Binding:
        """One that somebody may still come for. Raises OutOfDate, Unknown."""
        one = await self._store.get(Binding, token=token)
        if one is None:
            raise Unknown("binding")
        if one.sealed or one.until <= now:
            raise OutOfDate()
        return one

    async def whose(self, *, token: str) -> int | None:
        """The provider it was given to, good or not."""
        one = await self._store.get(Binding, token=token)
        return one.provider_id if one else None

    async def bind(self, *, token: str, openid: str, now: datetime) -> None:
        """Whom WeChat tells of is the one; the provider goes on in the chat. Raises OutOfDate, Unknown."""
        one = await self.look(token=token, now=now)
        provider = await self._store.get(Provider, id=one.provider_id)
        if provider is None or not openid:
            raise Unknown("binding")
        sealed = self._accounts.bound(provider_id=provider.id, openid=openid)
        event = Event("payout.bound", one.id, one.version + 1, {"provider": provider.person_id})
        await self._changed(one, event, sealed=sealed)

    async def bound(self, *, person_id: int, now: datetime) -> str:
        """Who came, sealed; empty while nobody has, and once it is long ago."""
        provider = await self._accounts.provider(person_id=person_id)
        one = await self._store.get(Binding, provider_id=provider.id)
        return one.sealed if one and now < one.until + FINISHED_WITHIN else ""

    async def _changed(self, one: Binding, *events: Event, **values: object) -> Binding:
        values["version"] = one.version + 1
        change = Update(Binding, one.id, values, {"version": one.version}, OutOfDate())
        await self._store.apply(Changes().add(change).tell(*events))
        return one.model_copy(update=values)
