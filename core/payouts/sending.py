"""Approved payouts go out by themselves where a gateway can send: under the payout's number, known to be sent once.

That it is being sent is committed before the first call. From then on nobody can give the money back or call it sent
but the gateway's answer; what is not known is asked for, and only what it never heard of is sent again.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from core.errors import AlreadyDone, OutOfDate
from core.payments.service import ask_again_at
from core.payouts.accounts import Accounts, Holder
from core.payouts.deciding import Deciding
from core.payouts.model import AccountKind, Hindrance, Payout, PayoutAccount, PayoutState
from core.ports import Store
from core.quarantine.service import Quarantine
from core.rules import Rules

RULE: Final = "payouts_by_themselves"
# Staff need time to put money into the platform's own account.
SHORT_FOR: Final = timedelta(minutes=30)


class Went(StrEnum):
    """UNKNOWN: no usable answer. SHORT: not sent, for our own account has too little. NOT_THERE: never heard of it."""

    DONE = "done"
    REFUSED = "refused"
    SHORT = "short"
    NOT_THERE = "not_there"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a gateway is told, the same in every repetition."""

    number: str
    amount: int
    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Sent:
    """`reference` is the gateway's own, `reason` why not, as a word that is kept."""

    went: Went
    reference: str = ""
    reason: str = ""


class Sender(Protocol):
    """A gateway that sends money. One number moves money once, however often it is sent."""

    async def send(self, *, transfer: Transfer) -> Sent: ...

    async def ask(self, *, transfer: Transfer) -> Sent: ...


class Sending:
    """`senders`: by kind of account; what goes elsewhere is sent by hand."""

    def __init__(
        self, *, store: Store, deciding: Deciding, accounts: Accounts, rules: Rules,
        quarantine: Quarantine, senders: Mapping[AccountKind, Sender],
    ) -> None:  # fmt: skip
        self._store = store
        self._deciding = deciding
        self._accounts = accounts
        self._rules = rules
        self._quarantine = quarantine
        self._senders = dict(senders)

    async def send(self, *, payout_id: int, tries: int, now: datetime) -> datetime | None:
        """Sends it, or finds out what became of it; when to look again, or None when that is known."""
        self._quarantine.check()
        payout = await self._store.get(Payout, id=payout_id)
        if payout is None or payout.state not in (PayoutState.APPROVED, PayoutState.SENDING):
            return None
        account = await self._store.get(PayoutAccount, id=payout.account_id)
        sender = self._senders.get(account.kind) if account else None
        if account is None or sender is None:
            await self._by_hand(payout, now)
            return None
        holder = self._accounts.opened(provider_id=payout.provider_id, sealed=account.sealed)
        transfer = _transfer(payout, holder)
        if payout.state is PayoutState.SENDING:
            sent = await sender.ask(transfer=transfer)
        elif self._rules.on(RULE):
            await self._deciding.sending(payout_id=payout.id, now=now)
            sent = Sent(Went.NOT_THERE)
        else:
            return None
        if sent.went is Went.NOT_THERE:
            sent = await sender.send(transfer=transfer)
        return await self._end(payout, sent, tries, now)

    async def _by_hand(self, payout: Payout, now: datetime) -> None:
        """Whoever could tell what became of it isn't set up any more: people look there before they send it."""
        if payout.state is PayoutState.SENDING:
            await self._deciding.not_sent(payout_id=payout.id, why=Hindrance.NOBODY_TO_ASK, now=now)

    async def _end(self, payout: Payout, sent: Sent, tries: int, now: datetime) -> datetime | None:
        """Another process may have heard the same answer a moment before."""
        with suppress(AlreadyDone, OutOfDate):
            match sent.went:
                case Went.DONE:
                    await self._deciding.paid(
                        payout_id=payout.id, by=None, reference=sent.reference, now=now
                    )
                    return None
                case Went.REFUSED:
                    await self._deciding.returned(
                        payout_id=payout.id, by=None, reason=sent.reason, now=now
                    )
                    return None
                case Went.SHORT:
                    await self._deciding.not_sent(payout_id=payout.id, why=Hindrance.SHORT, now=now)
                    return now + SHORT_FOR
        return ask_again_at(tries=tries, now=now)


def _transfer(payout: Payout, holder: Holder) -> Transfer:
    return Transfer(payout.number, payout.amount, holder.number, holder.name)
