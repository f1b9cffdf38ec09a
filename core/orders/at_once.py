"""Near the start there is no time to ask one after the other: several are asked at once, the first who accepts wins.

Each of them has his time held until he must have answered. The order stays in the search meanwhile; whoever takes it
moves it by its version, so of many who tap in one moment exactly one does.
"""

from collections.abc import Sequence
from datetime import datetime

from core.availability.service import Availability
from core.changes import Changes, Insert, Release, Timer, Update
from core.entity import NewId
from core.errors import DayFull, NotAllowedNow, OutOfDate, SlotTaken
from core.levels.table import off_bp
from core.orders.advance import ON_TIME, By, advance, note
from core.orders.asks import ended
from core.orders.contact import contact_by, contact_timer
from core.orders.countdown import answer_by, late_timer
from core.orders.lifecycle import Actor
from core.orders.model import Answer, Ask, Order, State
from core.orders.place import Placing
from core.orders.pool import Candidate
from core.orders.repricing import give_back, kept, taken
from core.orders.service import Orders, OrderView, facts_of
from core.people.model import Provider, ProviderState
from core.ports import Store
from core.rules import Rules
from core.waitlist.model import freed

MATCHING = By(Actor.MATCHING)


class AtOnce:
    def __init__(
        self, *, store: Store, orders: Orders, placing: Placing, availability: Availability,
        rules: Rules, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._orders = orders
        self._placing = placing
        self._availability = availability
        self._rules = rules
        self._new_id = new_id

    async def open_asks(self, *, order_id: int) -> list[Ask]:
        return await self._store.find(Ask, order_id=order_id, answer=Answer.OPEN)

    async def asked(self, *, order: Order, person_id: int) -> Ask | None:
        """The open ask of this person, as long as the order has nobody yet."""
        if order.state is not State.SEARCHING:
            return None
        return await self._store.get(
            Ask, order_id=order.id, person_id=person_id, answer=Answer.OPEN
        )

    async def of_person(self, *, person_id: int, now: datetime) -> list[Ask]:
        """What somebody is asked for at once with others and may still answer."""
        found = await self._store.find(Ask, person_id=person_id, answer=Answer.OPEN)
        return [ask for ask in found if ask.until > now]

    async def ask(
        self, *, order_id: int, able: Sequence[Candidate], start: datetime, wave: int,
        now: datetime,
    ) -> int:  # fmt: skip
        """Asks the first few who still have the time; how many were asked."""
        until, asked = (
            answer_by(start=start, now=now, rules=self._rules, zone=self._availability.zone),
            0,
        )
        for candidate in able:
            if asked == self._rules.number("together_count"):
                break
            asked += await self._ask(order_id, candidate, start, until, wave, now)
        return asked

    async def _ask(
        self, order_id: int, candidate: Candidate, start: datetime, until: datetime, wave: int,
        now: datetime,
    ) -> bool:  # fmt: skip
        view, provider = await self._orders.view(order_id=order_id), candidate.provider
        order = view.order
        if order.state is not State.SEARCHING:
            raise OutOfDate()  # somebody took it, or the customer cancelled: look anew
        ask = Ask(
            id=self._new_id(), order_id=order_id, provider_id=provider.id, wave=wave,
            person_id=provider.person_id, starts_at=start, until=until,
            prices=kept(prices=candidate.prices),
            off_bp=off_bp(level=provider.level, rules=self._rules),
        )  # fmt: skip
        changes = note(
            order=order, verb="ask", by=MATCHING, now=now, new_id=self._new_id,
            people={"customer": order.customer_id, "provider": provider.person_id},
            facts={"provider": provider.id, "wave": wave}, asked_until=until,
        )  # fmt: skip
        hold = self._availability.hold(
            order_id=order_id, provider=provider, start=start, minutes=order.minutes,
            at=order.point, until=until, now=now,
        )  # fmt: skip
        due = Timer("order.rematch", order_id, until, f"order.rematch:{order_id}:wave:{wave}")
        try:
            await self._store.apply(changes.add(hold, Insert(ask), due))
        except (SlotTaken, DayFull):
            return False
        return True

    async def take(self, *, order: Order, ask: Ask, now: datetime) -> OrderView:
        """The first who accepts has the order; everybody else's card goes dead. Raises NotAllowedNow, SlotTaken."""
        provider = await self._store.get(Provider, id=ask.provider_id, state=ProviderState.APPROVED)
        if provider is None or ask.until <= now:
            raise NotAllowedNow(verb="accept", state=order.state)
        fresh = taken(order=order, prices=ask.prices)
        back = fresh["refund_due"] - order.refund_due
        people = {"customer": order.customer_id, "provider": provider.person_id}
        by = contact_by(
            start=ask.starts_at, now=now, rules=self._rules, zone=self._availability.zone
        )
        changes = advance(
            order=order, verb="take", by=By(Actor.PROVIDER, provider.id), now=now,
            new_id=self._new_id, people=people, facts={"provider": provider.id, "back": back},
            provider_id=provider.id, buffer_min=provider.buffer_min, starts_at=ask.starts_at,
            asked_until=None, contact_by=by, off_bp=ask.off_bp, **ON_TIME, **fresh,
        )  # fmt: skip
        if by is not None:
            changes.add(contact_timer(order_id=order.id, by=by, now=now, rules=self._rules))
        changes.add(
            Update(Ask, ask.id, {"answer": Answer.WON}, expect={"answer": Answer.OPEN}),
            Release(order.id), *self._placing.firm(order=order, provider=provider, now=now),
            late_timer(order=order), *self._placing.reminders(order=order, now=now),
        )  # fmt: skip
        money = give_back(
            order=order, amount=back, facts=facts_of(order=order), now=now, new_id=self._new_id
        )
        changes.add(*money.items).post(*money.postings)
        await self._store.apply(await self._without_others(changes, order, ask, now))
        return await self._orders.view(order_id=order.id)

    async def _without_others(
        self, changes: Changes, order: Order, winner: Ask, now: datetime
    ) -> Changes:
        others = [a for a in await self.open_asks(order_id=order.id) if a.id != winner.id]
        lost = ended(order=order, asks=others, answer=Answer.GONE, now=now)
        return changes.add(*lost.items).tell(*lost.events)

    async def refuse(self, *, view: OrderView, ask: Ask, now: datetime, reason: str = "") -> None:
        """One of them says no."""
        by = By(Actor.PROVIDER, ask.provider_id)
        await self._without(view.order, ask, Answer.NO, "refuse", by, now, reason)

    async def unseen(self, *, order: Order, ask: Ask, now: datetime) -> None:
        """The question never reached one of them: nobody waits for his answer."""
        await self._without(order, ask, Answer.UNSEEN, "miss", By(Actor.CLOCK), now)

    async def _without(
        self, order: Order, ask: Ask, answer: Answer, verb: str, by: By, now: datetime,
        reason: str = "",
    ) -> None:  # fmt: skip
        """His time is free; when nobody is left to answer, the search goes on at once."""
        changes = note(
            order=order, verb=verb, by=by, now=now, new_id=self._new_id,
            people={"customer": order.customer_id},
            facts={"provider": ask.provider_id, "reason": reason[:200]},
            refused_by=[*order.refused_by, ask.provider_id],
        )  # fmt: skip
        changes.add(
            Update(Ask, ask.id, {"answer": answer}, expect={"answer": Answer.OPEN}),
            Release(order.id, provider_id=ask.provider_id),
            freed(provider_id=ask.provider_id, now=now, why=f"ask:{ask.id}"),
        )
        if len(await self.open_asks(order_id=order.id)) <= 1:
            key = f"order.rematch:{order.id}:{order.version}"
            changes.add(Timer("order.rematch", order.id, now, key))
        await self._store.apply(changes)

    async def running(self, *, order: Order, now: datetime) -> bool:
        """Whether somebody may still answer; those whose time is over are let go."""
        asks = await self.open_asks(order_id=order.id)
        if any(ask.until > now for ask in asks):
            return True
        if asks:
            await self._let_go(order, asks, now)
        return False

    async def _let_go(self, order: Order, asks: Sequence[Ask], now: datetime) -> None:
        silent = [ask.provider_id for ask in asks]
        changes = note(
            order=order, verb="unanswered", by=By(Actor.CLOCK), now=now, new_id=self._new_id,
            people={"customer": order.customer_id}, facts={"providers": silent},
            refused_by=[*order.refused_by, *silent], asked_until=None,
        )  # fmt: skip
        lost = ended(order=order, asks=asks, answer=Answer.SILENT, now=now)
        await self._store.apply(changes.add(*lost.items, Release(order.id)).tell(*lost.events))
