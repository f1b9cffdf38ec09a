"""A provider withdraws what is free: one intention with a number per wish, committed before any money is sent."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.changes import Changes, DayMost, Funds, Insert, Once, Timer, Update
from core.entity import NewId
from core.errors import AlreadyDone, OutOfDate, Unknown
from core.events import Event
from core.ids import order_number
from core.ledger.postings import AVAILABLE, WITHDRAWN
from core.ledger.service import Facts, post
from core.payouts.accounts import Accounts
from core.payouts.model import Payout, PayoutAccount, PayoutState
from core.payouts.releasing import Releasing
from core.payouts.rules import Purse
from core.people.model import Provider
from core.ports import Ledger, Store
from core.rules import Rules

TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What the provider is about to confirm; its id makes it one payout, however often it is confirmed."""

    id: int
    amount: int
    account: PayoutAccount
    second: bool


class Payouts:
    def __init__(
        self, *, store: Store, ledger: Ledger, accounts: Accounts, releasing: Releasing,
        rules: Rules, new_id: NewId, rng: random.Random, zone: str, currency: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._ledger = ledger
        self._accounts = accounts
        self._releasing = releasing
        self._rules = rules
        self._new_id = new_id
        self._rng = rng
        self._zone = ZoneInfo(zone)
        self._currency = currency

    async def purse(self, *, person_id: int, now: datetime) -> Purse:
        """What there is and what the rules say. Raises Unknown."""
        provider = await self._accounts.provider(person_id=person_id)
        balances = await self._ledger.balances(provider_id=provider.id, currency=self._currency)
        held = await self._ledger.on_hold(provider_id=provider.id)
        free_at = self._releasing.free_at
        coming = tuple((free_at(earned_at=one.at), one.amount) for one in held)
        account = await self._accounts.current(person_id=person_id)
        day = now.astimezone(self._zone).date()
        return Purse(
            balances, account, self._rules.number("payout_least"),
            await self._day_left(provider, day), self._begin(day + timedelta(days=1)),
            await self._cool_until(account, now), coming,
        )  # fmt: skip

    def _begin(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone)

    async def _day_left(self, provider: Provider, day: date) -> int:
        mine = await self._store.find(Payout, provider_id=provider.id, day=day.toordinal())
        asked = sum(one.amount for one in mine if one.state is not PayoutState.RETURNED)
        return self._rules.number("payout_day_most") - asked

    async def _cool_until(self, account: PayoutAccount | None, now: datetime) -> datetime | None:
        """The first account may be paid at once; after a change the owner gets time to notice."""
        if account is None or not await self._accounts.changed(account=account):
            return None
        until = account.created_at + timedelta(hours=self._rules.number("payout_cool_hours"))
        return until if until > now else None

    async def wish(self, *, person_id: int, amount: int, now: datetime) -> Wish:
        """Raises PayoutRefused."""
        self._accounts.ready()
        purse = await self.purse(person_id=person_id, now=now)
        purse.check(amount=amount)
        if purse.account is None:
            raise Unknown("account")
        return Wish(self._new_id(), amount, purse.account, self._large(amount))

    def _large(self, amount: int) -> bool:
        return amount > self._rules.number("payout_second_above")

    async def withdraw(self, *, person_id: int, wish_id: int, amount: int, now: datetime) -> Payout:
        """The wish as a payout; the same wish again is the same payout. Raises PayoutRefused, Unknown."""
        self._accounts.ready()
        provider = await self._accounts.provider(person_id=person_id)
        for _ in range(TRIES):
            if known := await self._known(wish_id, provider):
                return known
            purse = await self.purse(person_id=person_id, now=now)
            purse.check(amount=amount)
            payout = self._made(wish_id, provider, purse, amount, now)
            try:
                await self._store.apply(self._asked(payout, provider, purse, now))
                return payout
            except (AlreadyDone, OutOfDate):
                continue  # somebody was faster: the rules look again
        raise OutOfDate()

    async def _known(self, wish_id: int, provider: Provider) -> Payout | None:
        known = await self._store.get(Payout, id=wish_id)
        if known and known.provider_id != provider.id:
            raise Unknown("payout")
        return known

    def _made(
        self, wish_id: int, provider: Provider, purse: Purse, amount: int, now: datetime
    ) -> Payout:
        assert purse.account is not None  # the rules ask for one
        return Payout(
            id=wish_id, number=f"W{order_number(rng=self._rng)}", provider_id=provider.id,
            account_id=purse.account.id, amount=amount, currency=self._currency,
            second=self._large(amount), day=now.astimezone(self._zone).date().toordinal(),
            asked_at=now,
        )  # fmt: skip

    def _asked(self, payout: Payout, provider: Provider, purse: Purse, now: datetime) -> Changes:
        """Rivals for the same money are sorted out by the statements themselves."""
        still = Update(
            PayoutAccount, payout.account_id, {"active": True}, {"active": True}, OutOfDate()
        )
        free = AVAILABLE.format(provider=provider.id)
        needed = payout.amount + purse.balances.owed
        most = self._rules.number("payout_day_most")
        facts = Facts(payout.id, payout.currency, provider.id)
        changes = Changes().add(
            Once(f"payout:{payout.id}"), still,
            Funds(provider.id, free, payout.currency, needed, OutOfDate()),
            DayMost(provider.id, payout.day, payout.amount, most, OutOfDate()),
            Insert(payout, otherwise=OutOfDate()), self._reminder(payout, now),
        )  # fmt: skip
        changes.post(
            post(id=self._new_id(), event=WITHDRAWN, facts=facts, at=now,
                 figures={"amount": payout.amount}, actor=f"provider:{provider.id}")
        )  # fmt: skip
        return changes.tell(
            Event("payout.asked", payout.id, payout.version, {"provider": provider.person_id})
        )

    def _reminder(self, payout: Payout, now: datetime) -> Timer:
        """Staff hear once more of what waits so long."""
        due = now + timedelta(hours=self._rules.number("payout_remind_hours"))
        return Timer("payout.remind", payout.id, due, f"payout.remind:{payout.id}")

    async def mine(self, *, person_id: int) -> list[Payout]:
        """The latest first."""
        provider = await self._accounts.provider(person_id=person_id)
        return await self._store.find(Payout, provider_id=provider.id, order="-asked_at")

    async def one(self, *, person_id: int, payout_id: int) -> tuple[Payout, PayoutAccount]:
        """With the account it goes to. Raises Unknown."""
        provider = await self._accounts.provider(person_id=person_id)
        payout = await self._known(payout_id, provider)
        account = await self._store.get(PayoutAccount, id=payout.account_id) if payout else None
        if payout is None or account is None:
            raise Unknown("payout")
        return payout, account
