"""Looks at people when an order of theirs goes on: who cancels often, who is on both sides, whose stars are bought.

An alert looks only at what happened since the last one about the same people ended, so nothing is said twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.alerts.glance import Glance, Visits
from core.alerts.habits import Facts, Seen, bought, cancels, drops, each_other, sham
from core.alerts.model import Alert, Fate, Kind
from core.alerts.raising import ended, raised
from core.changes import Timer
from core.entity import NewId
from core.errors import AlreadyDone
from core.figures.model import Cause
from core.figures.model import Fate as Answered
from core.figures.reading import Reading
from core.orders.model import Order, Step
from core.payouts.accounts import Accounts
from core.people.model import Person, Provider
from core.people.phones import spellings
from core.ports import Store
from core.rules import Rules

AGAIN: Final = timedelta(hours=1)
"""So often what was found about people is looked at once more."""
FOR_GOOD: Final = frozenset({Kind.SAME_PERSON, Kind.EACH_OTHER})
"""What is explained once needs no second word: these two stay who they are."""

OVER: Final = (Fate.MENDED, Fate.EXPLAINED, Fate.BARRED)


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a pattern is about: a customer, a provider, or the two of them."""

    kind: Kind
    customer_id: int | None = None
    provider_id: int | None = None


class Patterns:
    def __init__(
        self, *, store: Store, visits: Visits, reading: Reading, accounts: Accounts, rules: Rules,
        new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._visits = visits
        self._reading = reading
        self._accounts = accounts
        self._rules = rules
        self._new_id = new_id

    async def after(self, *, order_id: int, now: datetime) -> None:
        """What a step of this order may have completed."""
        order = await self._store.get(Order, id=order_id)
        if order is None:
            return
        customer, provider = order.customer_id, order.provider_id
        seen = self._glance()
        own = await seen.one(Provider, person_id=customer)
        firm = await seen.one(Provider, id=provider)
        steps = await self._store.find(Step, order_id=order_id, verb=["drop", "replace"])
        failed = {int(step.facts.get("provider", 0)) for step in steps} - {0}
        for whom in (
            Whom(Kind.CUSTOMER_CANCELS, customer),
            *(Whom(Kind.PROVIDER_CANCELS, None, one) for one in sorted(failed)),
            Whom(Kind.SAME_PERSON, customer, provider),
            Whom(Kind.EACH_OTHER, customer, provider),
            *([Whom(Kind.EACH_OTHER, firm.person_id, own.id)] if own and firm else []),
            Whom(Kind.BOUGHT_REVIEWS, None, provider),
        ):
            await self._look(whom, seen, now)

    def _glance(self) -> Glance:
        return Glance(store=self._store, visits=self._visits)

    async def again(self, *, alert_id: int, now: datetime) -> datetime | None:
        """Ends it when it is no longer so; when to look again."""
        alert = await self._store.get(Alert, id=alert_id)
        if alert is None or alert.fate is not Fate.OPEN:
            return None
        whom = Whom(alert.kind, alert.customer_id, alert.provider_id)
        former = await self._latest(whom, *OVER)
        since = self._since(former, now)
        if await self._found(whom, self._glance(), since, now) is not None:
            return now + AGAIN
        try:
            await self._store.apply(ended(alert=alert, fate=Fate.MENDED, now=now))
        except AlreadyDone:
            pass
        return None

    async def _look(self, whom: Whom, seen: Glance, now: datetime) -> None:
        former = await self._latest(whom)
        if former and (former.fate is Fate.OPEN or self._settled(former)):
            return
        facts = await self._found(whom, seen, self._since(former, now), now)
        if facts is None:
            return
        alert = Alert(
            id=self._new_id(), kind=whom.kind, customer_id=whom.customer_id,
            provider_id=whom.provider_id, facts=facts, since=now, found_at=now,
            about=f"{whom.kind}:{whom.customer_id or 0}:{whom.provider_id or 0}:{former.id if former else 0}",
        )  # fmt: skip
        changes = raised(alert=alert)
        changes.add(
            Timer("alert.again", alert.id, now + AGAIN, f"alert.again:{alert.id}")
        )  # fmt: skip
        try:
            await self._store.apply(changes)
        except AlreadyDone:  # another process was first
            pass

    @staticmethod
    def _settled(former: Alert) -> bool:
        return former.fate is Fate.EXPLAINED and former.kind in FOR_GOOD

    async def _latest(self, whom: Whom, *fates: Fate) -> Alert | None:
        """About the same; of these fates, or any."""
        found = await self._store.find(
            Alert, kind=whom.kind, customer_id=whom.customer_id, provider_id=whom.provider_id,
            fate=list(fates or Fate), order="-id", limit=1,
        )  # fmt: skip
        return found[0] if found else None

    def _since(self, former: Alert | None, now: datetime) -> datetime:
        """From when on it counts: the rule's days, and nothing that was dealt with."""
        first = now - timedelta(days=self._rules.number("alert_days"))
        over = former.ended_at if former else None
        return max(first, over) if over else first

    async def _found(self, whom: Whom, seen: Glance, since: datetime, now: datetime) -> Facts:
        customer, provider = whom.customer_id or 0, whom.provider_id or 0
        match whom.kind:
            case Kind.CUSTOMER_CANCELS:
                ordered = await seen.ordered(customer_id=customer, since=since)
                return cancels(seen=ordered, rules=self._rules)
            case Kind.PROVIDER_CANCELS:
                return await self._drops(provider, since, now)
            case Kind.SAME_PERSON:
                return await self._same(customer, provider, seen, since)
            case Kind.EACH_OTHER:
                return await self._each_other(customer, provider, seen, since)
            case _:
                return await self._bought(provider, seen, since)

    async def _drops(self, provider_id: int, since: datetime, now: datetime) -> Facts:
        past = await self._reading.past(
            provider_id=provider_id, first=since, end=now + timedelta(seconds=1)
        )
        lost = [one.order_id for one in past.lost if one.cause is Cause.MINE]
        promised = sum(one.fate is Answered.ACCEPTED for one in past.questions)
        return drops(lost=lost, promised=max(promised, len(lost)), rules=self._rules)

    async def _same(
        self, customer_id: int, provider_id: int, seen: Glance, since: datetime
    ) -> Facts:
        """Signs that customer and provider are one: the person, the telephone, the account that is paid out to."""
        customer = await seen.one(Person, id=customer_id)
        provider = await seen.one(Provider, id=provider_id)
        if customer is None or provider is None:
            return None
        person = await seen.one(Person, id=provider.person_id)
        own = await seen.one(Provider, person_id=customer_id)
        alike = {
            "person": person is not None and person.id == customer.id,
            "phone": person is not None and _same_phone(person, customer),
            "account": own is not None
            and own.id != provider.id
            and await self._accounts.same(one=own.id, other=provider.id),
        }
        signs = [sign for sign, so in alike.items() if so]
        if not signs:
            return None
        ordered = await seen.ordered(customer_id=customer_id, since=since)
        orders = [one.order_id for one in ordered if one.provider_id == provider_id]
        return {"signs": signs, "n": len(orders), "orders": orders[-8:]} if orders else None

    async def _each_other(
        self, customer_id: int, provider_id: int, seen: Glance, since: datetime
    ) -> Facts:
        ordered = await seen.ordered(customer_id=customer_id, since=since)
        own = await seen.one(Provider, person_id=customer_id)
        provider = await seen.one(Provider, id=provider_id)
        back: list[Seen] = []
        if own is not None and provider is not None:
            back = await seen.ordered(customer_id=provider.person_id, since=since)
        return each_other(
            provider_id=provider_id, ordered=ordered, own_id=own.id if own else None, back=back,
            served=await seen.served(provider_id=provider_id, since=since),
            rules=self._rules,
        )  # fmt: skip

    async def _bought(self, provider_id: int, seen: Glance, since: datetime) -> Facts:
        served = await seen.served(provider_id=provider_id, since=since)
        people = sorted({one.customer_id for one in sham(served=served, rules=self._rules)})
        if not people:
            return None
        ordered = await self._visits.ordered(customer_ids=people, since=since)
        others = {
            one.customer_id for one in ordered if one.done and one.provider_id != provider_id
        }  # fmt: skip
        return bought(served=served, others=others, rules=self._rules)


def _same_phone(one: Person, other: Person) -> bool:
    if not one.phone or not other.phone or one.id == other.id:
        return False
    return other.phone in spellings(one.phone)
