"""Staff approve a payout, a second of them a large one; then it is sent, by their hand or a gateway, and its end told.

A gateway tells the end by the same two methods, `paid` and `returned`, with nobody of the staff as `by`; while it is
sending, nobody else can.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from core.changes import Changes, Timer, Update
from core.entity import NewId
from core.errors import AlreadyDone, Invalid, NotAllowedNow, OutOfDate, Unknown
from core.events import Event
from core.ledger.balances import Balances
from core.ledger.postings import BOUNCED, PAID_OUT, WITHHELD
from core.ledger.service import Facts, post
from core.payouts.accounts import Accounts, Holder
from core.payouts.model import AccountKind, Hindrance, Payout, PayoutAccount, PayoutState
from core.people.model import Provider
from core.ports import Ledger, Store
from core.reasons import given
from core.taking.model import Matter
from core.taking.service import in_nobodys_hands

S = PayoutState
# A gateway was told: nobody else ends it.
ON_ITS_WAY: Final = (S.SENDING, S.CONFIRMING)
MOVES: Final[dict[str, dict[PayoutState, PayoutState]]] = {
    "approve": {S.ASKED: S.APPROVED, S.CHECKED: S.APPROVED},
    "send": {S.APPROVED: S.SENDING},
    "wait": {S.SENDING: S.CONFIRMING},
    "keep": dict.fromkeys(ON_ITS_WAY, S.APPROVED),
    "pay": dict.fromkeys((S.APPROVED, *ON_ITS_WAY), S.PAID),
    "return": dict.fromkeys((S.ASKED, S.CHECKED, S.APPROVED, *ON_ITS_WAY, S.PAID), S.RETURNED),
}
WAITING: Final = (S.ASKED, S.CHECKED, S.APPROVED, *ON_ITS_WAY)
# So long before his time is over the payee is reminded.
NUDGED_BEFORE: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Whole:
    """A payout with all that staff look at before they decide."""

    payout: Payout
    account: PayoutAccount
    provider: Provider
    balances: Balances


class Deciding:
    """`sent_by_gateway`: kinds of accounts that a gateway sends to."""

    def __init__(
        self, *, store: Store, ledger: Ledger, accounts: Accounts, new_id: NewId,
        sent_by_gateway: Collection[AccountKind] = (),
    ) -> None:  # fmt: skip
        self._store = store
        self._ledger = ledger
        self._accounts = accounts
        self._new_id = new_id
        self._sent_by_gateway = frozenset(sent_by_gateway)

    async def waiting(self) -> list[Payout]:
        """All that are not over, the longest waiting first."""
        return await self._store.find(Payout, state=WAITING, order="asked_at")

    async def look(self, *, payout_id: int) -> Whole:
        """Raises Unknown."""
        payout = await self._store.get(Payout, id=payout_id)
        if payout is None:
            raise Unknown("payout")
        account = await self._store.get(PayoutAccount, id=payout.account_id)
        provider = await self._store.get(Provider, id=payout.provider_id)
        if account is None or provider is None:
            raise Unknown("payout")
        balances = await self._ledger.balances(provider_id=provider.id, currency=payout.currency)
        return Whole(payout, account, provider, balances)

    async def remind(self, *, payout_id: int) -> None:
        """Staff are told once of a payout that still waits for one of them; does nothing if it is over."""
        payout = await self._store.get(Payout, id=payout_id)
        if payout is not None and payout.state in WAITING and payout.state is not S.CONFIRMING:
            await self._store.apply(
                Changes().tell(Event("payout.waits", payout.id, payout.version))
            )

    async def holder(self, *, payout_id: int) -> Holder:
        """The account in full, while there is something to be sent to it. Raises NotAllowedNow, Unknown."""
        one = await self.look(payout_id=payout_id)
        if one.payout.state not in WAITING:
            raise NotAllowedNow(verb="pay", state=one.payout.state)
        return self._accounts.opened(provider_id=one.provider.id, sealed=one.account.sealed)

    async def by_hand(self, *, kind: AccountKind) -> list[tuple[Payout, Holder]]:
        """The approved ones that people send to accounts of this kind, each with the account in full."""
        found = []
        for payout in await self._store.find(Payout, state=S.APPROVED, order="asked_at"):
            account = await self._store.get(PayoutAccount, id=payout.account_id)
            if account is not None and account.kind is kind:
                of = payout.provider_id
                found.append((payout, self._accounts.opened(provider_id=of, sealed=account.sealed)))
        return found

    async def approve(self, *, payout_id: int, by: int, now: datetime) -> Payout:
        """Once, or twice by two people where it is large. Raises Invalid("payout", "same_person")."""
        one = await self.look(payout_id=payout_id)
        payout = one.payout
        if payout.state is S.ASKED:
            goal = S.CHECKED if payout.second else _goal(payout, "approve")
            return await self._approved(one, goal, now, approved_by=by)
        if payout.approved_by == by:
            raise Invalid("payout", "same_person")
        return await self._approved(one, _goal(payout, "approve"), now, second_by=by)

    async def _approved(
        self, one: Whole, goal: PayoutState, now: datetime, **values: Any
    ) -> Payout:
        """A gateway that sends there begins at once."""
        due: tuple[Timer, ...] = ()
        if goal is S.APPROVED and one.account.kind in self._sent_by_gateway:
            id = one.payout.id
            due = (Timer("payout.send", id, now, f"payout.send:{id}"),)
        return await self._move(one, goal, "approved", now, timers=due, **values)

    async def sending(self, *, payout_id: int, now: datetime) -> Payout:
        """A gateway is about to be told; of two that begin at once one may. Raises OutOfDate."""
        one = await self.look(payout_id=payout_id)
        goal = _goal(one.payout, "send")
        return await self._move(one, goal, "sending", now, hindrance=Hindrance.NONE)

    async def confirming(
        self, *, payout_id: int, reference: str, ticket: str, until: datetime, now: datetime
    ) -> Payout:
        """The gateway has it ready, and the payee has until then to say yes there. Raises OutOfDate."""
        one = await self.look(payout_id=payout_id)
        nudge = Timer(
            "payout.nudge", payout_id, max(now, until - NUDGED_BEFORE), f"payout.nudge:{payout_id}"
        )
        return await self._move(
            one, _goal(one.payout, "wait"), "confirming", now, timers=(nudge,),
            reference=reference, ticket=ticket, confirm_until=until,
        )  # fmt: skip

    async def nudge(self, *, payout_id: int) -> None:
        """The payee is told once that his time to say yes is nearly over; does nothing once he has, or it is."""
        one = await self.look(payout_id=payout_id)
        if one.payout.state is S.CONFIRMING:
            people = {"provider": one.provider.person_id}
            event = Event("payout.unconfirmed", payout_id, one.payout.version, people)
            await self._store.apply(Changes().tell(event))

    async def not_sent(self, *, payout_id: int, why: Hindrance, now: datetime) -> Payout:
        """A gateway did not send it, or isn't there to ask: it waits for people. Raises OutOfDate."""
        one = await self.look(payout_id=payout_id)
        return await self._move(one, _goal(one.payout, "keep"), "stuck", now, hindrance=why)

    async def paid(
        self, *, payout_id: int, by: int | None, now: datetime, reference: str = ""
    ) -> Payout:
        """The provider has it. Raises NotAllowedNow before it is approved, and to staff while a gateway sends it."""
        one = await self.look(payout_id=payout_id)
        return await self._move(
            one, _goal(one.payout, "pay", by), "paid", now, PAID_OUT, ended_by=by, ended_at=now,
            reference=reference,
        )  # fmt: skip

    async def returned(
        self, *, payout_id: int, by: int | None, reason: str, now: datetime
    ) -> Payout:
        """It is not sent, or came back: the money is on the balance again. Raises Invalid("reason", "missing")."""
        reason = given(reason=reason, most=200)
        one = await self.look(payout_id=payout_id)
        event = BOUNCED if one.payout.state is S.PAID else WITHHELD
        return await self._move(
            one, _goal(one.payout, "return", by), "returned", now, event, ended_by=by, ended_at=now,
            reason=reason,
        )  # fmt: skip

    async def _move(
        self, one: Whole, goal: PayoutState, event: str, now: datetime, posting: str = "",
        timers: Collection[Timer] = (), **values: Any,
    ) -> Payout:  # fmt: skip
        payout, version = one.payout, one.payout.version + 1
        values |= {"state": goal, "version": version}
        changes = Changes().add(
            Update(Payout, payout.id, values, {"version": payout.version}, OutOfDate()),
            in_nobodys_hands(matter=Matter.PAYOUT, subject=payout.id), *timers,
        )  # fmt: skip
        if posting:
            who = values.get("ended_by")
            changes.post(
                post(id=self._new_id(), event=posting, at=now, figures={"amount": payout.amount},
                     facts=Facts(payout.id, payout.currency, one.provider.id),
                     actor="gateway" if who is None else f"staff:{who}")
            )  # fmt: skip
        people, facts = {"provider": one.provider.person_id}, {"state": goal.value}
        await self._store.apply(
            changes.tell(Event(f"payout.{event}", payout.id, version, people, facts))
        )
        return payout.model_copy(update=values)


def _goal(payout: Payout, verb: str, by: int | None = None) -> PayoutState:
    """Raises AlreadyDone where it leads to where it is, NotAllowedNow where there is no such way."""
    ways = MOVES[verb]
    if by is not None and payout.state in ON_ITS_WAY:
        raise NotAllowedNow(verb=verb, state=payout.state)
    if payout.state in ways:
        return ways[payout.state]
    if payout.state in ways.values():
        raise AlreadyDone()
    raise NotAllowedNow(verb=verb, state=payout.state)
