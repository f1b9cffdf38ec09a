"""Where providers want to be paid: sealed before it is kept anywhere, for a new one is not known to be theirs."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from core.changes import Changes, Insert, Update
from core.entity import NewId
from core.errors import OutOfDate, PayoutRefused, Unknown
from core.payouts.checking import checked_holder, checked_number, masked
from core.payouts.model import AccountKind, PayoutAccount
from core.people.model import Provider
from core.people.own import provider_of
from core.ports import Store, Vault


@dataclass(frozen=True, slots=True)
class Holder:
    """An account as whoever pays must know it: never shown to anybody else, never logged."""

    kind: AccountKind
    name: str
    number: str

    @property
    def masked(self) -> str:
        return masked(kind=self.kind, holder=self.name, number=self.number)


class Accounts:
    """Without a vault no account is taken, so nobody can be paid out: PayoutRefused("off")."""

    def __init__(self, *, store: Store, vault: Vault | None, new_id: NewId) -> None:
        self._store = store
        self._sealing = vault
        self._new_id = new_id

    @property
    def _vault(self) -> Vault:
        if self._sealing is None:
            raise PayoutRefused("off")
        return self._sealing

    def ready(self) -> None:
        """Raises PayoutRefused("off") where accounts can't be kept safely."""
        assert self._vault

    async def provider(self, *, person_id: int) -> Provider:
        """Raises Unknown."""
        return await provider_of(store=self._store, person_id=person_id)

    async def current(self, *, person_id: int) -> PayoutAccount | None:
        provider = await self.provider(person_id=person_id)
        return await self._store.get(PayoutAccount, provider_id=provider.id, active=True)

    async def begin(self, *, person_id: int, kind: AccountKind, number: str) -> str:
        """The number that was typed, checked and sealed at once; its holder's name is missing. Raises Invalid."""
        provider = await self.provider(person_id=person_id)
        return self._sealed(provider.id, Holder(kind, "", checked_number(kind=kind, text=number)))

    async def complete(self, *, person_id: int, sealed: str, holder: str) -> tuple[str, str]:
        """With the holder's name: (sealed, masked). Raises Invalid, Unknown."""
        provider = await self.provider(person_id=person_id)
        begun = self.opened(provider_id=provider.id, sealed=sealed)
        one = replace(begun, name=checked_holder(holder))
        return self._sealed(provider.id, one), one.masked

    def bound(self, *, provider_id: int, openid: str) -> str:
        """A WeChat that its owner bound to this provider, sealed; its holder's name is missing."""
        return self._sealed(provider_id, Holder(AccountKind.WECHAT, "", openid))

    def _sealed(self, provider_id: int, one: Holder) -> str:
        inside = {"of": provider_id, "kind": one.kind.value, "name": one.name, "number": one.number}
        return self._vault.seal(json.dumps(inside, ensure_ascii=False))

    def opened(self, *, provider_id: int, sealed: str) -> Holder:
        """Raises Unknown for what was sealed for somebody else, or can't be opened any more."""
        inside = json.loads(self._vault.open(sealed) or "{}")
        if inside.get("of") != provider_id:
            raise Unknown("account")
        return Holder(AccountKind(inside["kind"]), inside["name"], inside["number"])

    async def save(self, *, person_id: int, sealed: str, now: datetime) -> PayoutAccount:
        """From now on payouts go here; those under way go where they were asked for. Raises Invalid, Unknown."""
        provider = await self.provider(person_id=person_id)
        one = self.opened(provider_id=provider.id, sealed=sealed)
        checked_holder(one.name)
        former = await self.current(person_id=person_id)
        if former and self.opened(provider_id=provider.id, sealed=former.sealed) == one:
            return former
        fresh = PayoutAccount(
            id=self._new_id(), provider_id=provider.id, kind=one.kind, sealed=sealed,
            masked=one.masked, created_at=now,
        )  # fmt: skip
        changes = Changes()
        if former:
            changes.add(
                Update(PayoutAccount, former.id, {"active": False}, {"active": True}, OutOfDate())
            )
        await self._store.apply(changes.add(Insert(fresh, otherwise=OutOfDate())))
        return fresh

    async def remove(self, *, person_id: int) -> None:
        """There is none to be paid to any more; payouts under way go where they were asked for."""
        if current := await self.current(person_id=person_id):
            gone = Update(
                PayoutAccount, current.id, {"active": False}, {"active": True}, OutOfDate()
            )
            await self._store.apply(Changes().add(gone))

    async def same(self, *, one: int, other: int) -> bool:
        """Whether these two providers are paid out to the same account; what can't be opened is not compared."""
        found = await self._store.find(PayoutAccount, provider_id=[one, other], active=True)
        if self._sealing is None or len(found) < 2:
            return False
        try:
            first, second = (
                self.opened(provider_id=each.provider_id, sealed=each.sealed) for each in found
            )
        except Unknown:
            return False
        return (first.kind, first.number) == (second.kind, second.number)

    async def changed(self, *, account: PayoutAccount) -> bool:
        """Whether there was another one before."""
        return await self._store.count(PayoutAccount, provider_id=account.provider_id) > 1
