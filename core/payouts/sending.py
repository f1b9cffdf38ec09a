"""Approved payouts go out by themselves where a gateway can send: under the payout's number, known to be sent once.

That it is being sent is committed before the first call. From then on nobody can give the money back or call it sent
but the gateway's answer; what is not known is asked for, and only what it never heard of is sent again.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, runtime_checkable

from core.errors import AlreadyDone, OutOfDate
from core.payments.service import ask_again_at
from core.payouts.accounts import Accounts, Holder
from core.payouts.deciding import ON_ITS_WAY, Deciding
from core.payouts.model import AccountKind, Hindrance, Payout, PayoutAccount, PayoutState
from core.ports import Store
from core.quarantine.service import Quarantine
from core.rules import Rules

RULE: Final = "payouts_by_themselves"
# Staff need time to put money into the platform's own account.
SHORT_FOR: Final = timedelta(minutes=30)
# Where a gateway does not say how long its payee has.
CONFIRM_WITHIN: Final = timedelta(hours=24)


class Went(StrEnum):
    """UNKNOWN: no usable answer. SHORT: not sent, for our own account has too little. NOT_THERE: never heard of it.

    WAITS: the payee has to say yes there before it goes.
    """

    DONE = "done"
    WAITS = "waits"
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
    """`reference` is the gateway's own, `reason` why not, as a word that is kept.

    `ticket` is what the gateway's app shows the payee the transfer by, who has until `until` to say yes.
    """

    went: Went
    reference: str = ""
    reason: str = ""
    ticket: str = ""
    until: datetime | None = None


class Sender(Protocol):
    """A gateway that sends money. One number moves money once, however often it is sent."""

    async def send(self, *, transfer: Transfer) -> Sent: ...

    async def ask(self, *, transfer: Transfer) -> Sent: ...


@runtime_checkable
class CallsOff(Protocol):
    """A gateway at which a transfer that waits for its payee can be taken back; `ask` tells what came of it."""

    async def call_off(self, *, transfer: Transfer) -> None: ...


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
        if payout is None or payout.state not in (PayoutState.APPROVED, *ON_ITS_WAY):
            return None
        account = await self._store.get(PayoutAccount, id=payout.account_id)
        sender = self._senders.get(account.kind) if account else None
        if account is None or sender is None:
            await self._by_hand(payout, now)
            return None
        holder = self._accounts.opened(provider_id=payout.provider_id, sealed=account.sealed)
        transfer = _transfer(payout, holder)
        if payout.state in ON_ITS_WAY:
            sent = await sender.ask(transfer=transfer)
        elif self._rules.on(RULE):
            await self._deciding.sending(payout_id=payout.id, now=now)
            sent = Sent(Went.NOT_THERE)
        else:
            return None
        unseen = sent.went is Went.WAITS and not (payout.ticket or sent.ticket)
        if sent.went is Went.NOT_THERE or unseen:
            sent = await sender.send(transfer=transfer)
        if sent.went is Went.WAITS:
            if await self._waited(payout, sent, now) and isinstance(sender, CallsOff):
                await sender.call_off(transfer=transfer)
            return ask_again_at(tries=tries, now=now)
        return await self._end(payout, sent, tries, now)

    async def _waited(self, payout: Payout, sent: Sent, now: datetime) -> bool:
        """Whether the payee's time to say yes is over: only what the gateway ends gives the money back."""
        until = payout.confirm_until
        if until is None and sent.ticket:
            until = sent.until or now + CONFIRM_WITHIN
            with suppress(AlreadyDone, OutOfDate):
                await self._deciding.confirming(
                    payout_id=payout.id, reference=sent.reference, ticket=sent.ticket, until=until,
                    now=now,
                )  # fmt: skip
        return until is not None and until <= now

    async def _by_hand(self, payout: Payout, now: datetime) -> None:
        """Whoever could tell what became of it isn't set up any more: people look there before they send it."""
        if payout.state in ON_ITS_WAY:
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
