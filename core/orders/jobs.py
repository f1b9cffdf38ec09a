"""What a provider does with an order: accept or decline, go, arrive, start with the customer's code, finish."""

import hmac
from datetime import datetime, timedelta
from typing import Any

from core.anew import decided_anew
from core.changes import Changes, Count, Timer
from core.entity import NewId
from core.errors import (
    Invalid,
    NotAllowedNow,
    OutOfDate,
    PhotosMissing,
    WrongCode,
)
from core.levels.table import level_due
from core.orders.advance import By, advance, note
from core.orders.at_once import AtOnce
from core.orders.cash import settle
from core.orders.contact import contact_by, contact_timer
from core.orders.countdown import late_timer
from core.orders.lifecycle import Actor
from core.orders.model import Order, Stage, State
from core.orders.passing import Passing
from core.orders.repricing import give_back, taken
from core.orders.service import Orders, OrderView, facts_of
from core.orders.tracking import FAR_KM, Tracking
from core.people.model import Provider
from core.people.own import provider_of
from core.ports import Store
from core.rules import Rules


class Jobs:
    """Every method is one tap of the present provider. All raise Unknown for anybody else, NotAllowedNow too late."""

    def __init__(
        self, *, store: Store, orders: Orders, passing: Passing, at_once: AtOnce,
        tracking: Tracking, rules: Rules,
        zone: str, new_id: NewId,
    ) -> None:  # fmt: skip
        self._store = store
        self._orders = orders
        self._passing = passing
        self._at_once = at_once
        self._tracking = tracking
        self._rules = rules
        self._zone = zone
        self._new_id = new_id

    def _step(
        self, view: OrderView, verb: str, now: datetime, facts: dict[str, Any] | None = None,
        **values: Any,
    ) -> Changes:  # fmt: skip
        return advance(
            order=view.order, verb=verb, by=By(Actor.PROVIDER, view.provider.id), now=now,
            new_id=self._new_id, people=view.people, facts=facts, **values,
        )  # fmt: skip

    @decided_anew
    async def accept(self, *, order_id: int, person_id: int, now: datetime) -> OrderView:
        """Promises the visit: of many who tap at once exactly one who is asked and in time wins."""
        view = await self._orders.view(order_id=order_id)
        if ask := await self._at_once.asked(order=view.order, person_id=person_id):
            return await self._at_once.take(order=view.order, ask=ask, now=now)
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        order = view.order
        if order.asked_until and order.asked_until <= now:
            raise NotAllowedNow(verb="accept", state=order.state)
        fresh = taken(order=order, prices=order.asking)
        back = fresh.get("refund_due", order.refund_due) - order.refund_due
        by = contact_by(start=order.starts_at, now=now, rules=self._rules, zone=self._zone)
        changes = self._step(
            view, "accept", now, {"back": back}, asked_until=None, contact_by=by, **fresh
        )
        if by is not None:
            changes.add(contact_timer(order_id=order.id, by=by, now=now, rules=self._rules))
        money = give_back(
            order=order, amount=back, facts=facts_of(order=order), now=now, new_id=self._new_id
        )
        changes.add(*money.items, late_timer(order=order)).post(*money.postings)
        await self._store.apply(changes)
        return view

    @decided_anew
    async def decline(
        self, *, order_id: int, person_id: int, now: datetime, reason: str = ""
    ) -> OrderView:
        """Says no; the next provider is looked for at once."""
        view = await self._orders.view(order_id=order_id)
        if ask := await self._at_once.asked(order=view.order, person_id=person_id):
            await self._at_once.refuse(view=view, ask=ask, now=now, reason=reason)
            return view
        return await self._give_back(order_id, person_id, "decline", now, reason)

    @decided_anew
    async def drop(
        self, *, order_id: int, person_id: int, now: datetime, reason: str = ""
    ) -> OrderView:
        """Gives back an accepted visit; it is passed on."""
        return await self._give_back(order_id, person_id, "drop", now, reason)

    async def _give_back(
        self, order_id: int, person_id: int, verb: str, now: datetime, reason: str
    ) -> OrderView:
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        by = By(Actor.PROVIDER, view.provider.id)
        await self._passing.pass_on(view=view, verb=verb, by=by, now=now, reason=reason)
        return view

    @decided_anew
    async def unseen(self, *, order_id: int, person_id: int, now: datetime) -> None:
        """The card could not reach this provider (he left the bot): others are asked at once, and he was not silent."""
        view = await self._orders.view(order_id=order_id)
        if ask := await self._at_once.asked(order=view.order, person_id=person_id):
            await self._at_once.unseen(order=view.order, ask=ask, now=now)
        else:
            await self._passing.unseen(view=view, person_id=person_id, now=now)

    async def remind(self, *, order_id: int, now: datetime) -> None:
        """Half of the countdown is over: the provider hears of it once more."""
        view = await self._orders.view(order_id=order_id)
        until = view.order.asked_until
        # After a standstill both timers are due: then the time is simply over.
        if view.order.state is not State.OFFERED or until is None or until <= now:
            return
        await self._orders.remark(
            order_id=order_id, by=By(Actor.CLOCK), verb="remind", facts={}, now=now
        )

    @decided_anew
    async def depart(self, *, order_id: int, person_id: int, now: datetime) -> OrderView:
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        await self._store.apply(self._step(view, "depart", now))
        return view

    @decided_anew
    async def arrive(self, *, order_id: int, person_id: int, now: datetime) -> OrderView:
        """He is at the door; how far away he was seen just before, where that was far, is kept with it."""
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        seen = await self._tracking.whereabouts(order=view.order, now=now)
        facts = {"km": round(seen.km, 1)} if seen and seen.km >= FAR_KM else {}
        await self._store.apply(self._step(view, "arrive", now, facts))
        return view

    @decided_anew
    async def override_arrive(
        self, *, order_id: int, staff_id: int, reason: str, now: datetime
    ) -> OrderView:
        """Staff say that he is at the door, where he can't; it is in the timeline with the reason."""
        return await self._override("arrive", order_id, staff_id, reason, now)

    @decided_anew
    async def start(self, *, order_id: int, person_id: int, code: str, now: datetime) -> OrderView:
        """Work begins with the customer's four digits. Raises WrongCode with the tries left; at none, staff help.

        Raises PhotosMissing first where the service wants to see the place as it was.
        """
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        order, most = view.order, self._rules.number("code_tries")
        if order.state is not State.ARRIVED:
            raise NotAllowedNow(verb="start", state=order.state)
        if view.lacks(Stage.BEFORE):
            raise PhotosMissing(Stage.BEFORE)
        if order.code_tries >= most:
            raise WrongCode(left=0)
        if not hmac.compare_digest(code.strip(), order.start_code):
            tries = order.code_tries + 1
            await self._store.apply(
                note(order=order, verb="wrong_code", by=By(Actor.PROVIDER, view.provider.id),
                     now=now, new_id=self._new_id, people=view.people, code_tries=tries)
            )  # fmt: skip
            raise WrongCode(left=most - tries)
        await self._store.apply(self._step(view, "start", now))
        return view

    @decided_anew
    async def override_start(
        self, *, order_id: int, staff_id: int, reason: str, now: datetime
    ) -> OrderView:
        """Staff let work begin without the code and the photos; it is in the timeline with the reason."""
        return await self._override("start", order_id, staff_id, reason, now)

    @decided_anew
    async def finish(
        self, *, order_id: int, person_id: int, now: datetime, received: int | None = None
    ) -> OrderView:
        """The work is done. With nothing left to pay at the door the order is closed in the same breath.

        `received`: the whole of what there was to pay was given to him; OutOfDate where that is another amount by now.
        A proposal of extra work that still waits is withdrawn by it. Raises PhotosMissing where the service wants to
        see the result.
        """
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        if view.order.state is State.WORKING and view.lacks(Stage.AFTER):
            raise PhotosMissing(Stage.AFTER)
        if received is not None and received != view.order.to_pay_on_site:
            raise OutOfDate()
        by = By(Actor.PROVIDER, view.provider.id)
        changes = await self._finished(view, by, now, {})
        if received:
            stated = self._cash_stated(view, received, now)
            changes.add(*stated.items).tell(*stated.events)
        await self._store.apply(changes)
        return view

    @decided_anew
    async def override_finish(
        self, *, order_id: int, staff_id: int, reason: str, now: datetime
    ) -> OrderView:
        """Staff call the work done without the provider's tap and photos; the timeline has the reason."""
        view = await self._orders.view(order_id=order_id)
        by = By(Actor.STAFF, staff_id)
        await self._store.apply(await self._finished(view, by, now, {"override": reason}))
        return view

    async def _finished(
        self, view: OrderView, by: By, now: datetime, facts: dict[str, Any]
    ) -> Changes:  # fmt: skip
        freed = await self._orders.length.as_before(
            order=view.order, provider=view.provider, now=now
        )

        def step(verb: str) -> Changes:
            return advance(
                order=view.order, verb=verb, by=by, now=now, new_id=self._new_id,
                people=view.people, facts=facts, extra_min=0,
            )  # fmt: skip

        changes = step("finish").add(
            Count(Provider, view.provider.id, "jobs_done", 1), *freed,
            level_due(provider_id=view.provider.id, now=now),
        )  # fmt: skip
        if view.order.to_pay_on_site:
            return changes.add(self._cash_silence(view.order, now))
        closing = step("close")
        changes.add(*closing.items).tell(*closing.events)
        return settle(changes, order=view.order, cash=0, by=by, now=now, new_id=self._new_id)

    async def _override(
        self, verb: str, order_id: int, staff_id: int, reason: str, now: datetime
    ) -> OrderView:
        view = await self._orders.view(order_id=order_id)
        changes = advance(
            order=view.order, verb=verb, by=By(Actor.STAFF, staff_id), now=now,
            new_id=self._new_id, people=view.people, facts={"override": reason},
        )  # fmt: skip
        await self._store.apply(changes)
        return view

    @decided_anew
    async def state_cash(
        self, *, order_id: int, person_id: int, amount: int, now: datetime
    ) -> OrderView:
        """The provider names what was received at the door; the customer is asked whether it is right."""
        view = await self._orders.for_provider(order_id=order_id, person_id=person_id)
        order = view.order
        if order.state is not State.FINISHED or not order.to_pay_on_site:
            raise NotAllowedNow(verb="state_cash", state=order.state)
        if order.cash_stated is not None:
            raise OutOfDate()
        if not 0 <= amount <= order.to_pay_on_site:
            raise Invalid("amount", "bounds", {"most": order.to_pay_on_site})
        changes = self._cash_stated(view, amount, now)
        await self._store.apply(changes.add(self._cash_silence(order, now)))
        return view

    def _cash_stated(self, view: OrderView, amount: int, now: datetime) -> Changes:
        return note(
            order=view.order, verb="state_cash", by=By(Actor.PROVIDER, view.provider.id), now=now,
            new_id=self._new_id, people=view.people, facts={"amount": amount}, cash_stated=amount,
        )  # fmt: skip

    def _cash_silence(self, order: Order, now: datetime) -> Timer:
        """Whoever has to speak about cash, provider or customer, has so long; then staff decide."""
        due = now + timedelta(hours=self._rules.number("cash_silence_hours"))
        return Timer("order.cash_silence", order.id, due, f"order.cash_silence:{order.id}")

    async def provider_of(self, *, person_id: int) -> Provider:
        """Raises Unknown for somebody who never applied."""
        return await provider_of(store=self._store, person_id=person_id)
