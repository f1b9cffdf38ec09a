"""Months in a small town: some hundred orders with everything that can become of one, drawn from a seed."""

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from core.errors import DomainError, Invalid
from core.orders.model import Answer, Ask, Order, Pay, State
from core.people.model import Person, Provider
from core.reviews.service import Scores
from tests.money.house import House

_OVER = frozenset({State.CLOSED, State.CANCELLED})


class Life:
    """Orders one after the other; `hours` go by between two of them."""

    def __init__(self, here: House, seed: int, *, hours: int = 14) -> None:
        self.here = here
        self.rng = random.Random(seed)
        self.hours = hours

    async def goes_on(self, orders: int) -> list[Provider]:
        providers = await self.here.opens("lin:200", "mei:210", "hua:190")
        people = await self.here.customers(12)
        for number in range(orders):
            if number % 20 == 0:
                await self.here.built.indexer.all_providers(now=self.here.now)
            await self._an_order(self.rng.choice(people), self.rng.choice(providers))
        return providers

    async def _an_order(self, customer: Person, provider: Provider) -> None:
        here = self.here
        morning = here.now.replace(hour=2, minute=0) + timedelta(hours=24)
        here.now = morning + timedelta(hours=self.rng.choice((0, 0, self.hours // 3)))
        start = here.now + timedelta(minutes=self.rng.choice((75, 90, 120, 240)))
        pay = self.rng.choice((Pay.FULL, Pay.DEPOSIT, Pay.ON_SITE))
        await here.books(provider, pay, customer=customer, start=start)
        if pay is not Pay.ON_SITE:
            await here.pays()
        for _ in range(40):
            order = await here.now_order()
            if order.state in _OVER:
                break
            with suppress(DomainError):
                await self._something(order)
            await here.sweep.run()
        await self._review(await here.now_order())
        await self._complained(await here.now_order())

    async def _complained(self, order: Order) -> None:
        """Now and then staff give back a part of what was paid, days after it was settled."""
        if order.state is not State.CLOSED or self.rng.random() > 0.2:
            return
        await self.here.later(hours=self.rng.choice((1, 30, 200)))
        order = await self.here.now_order()
        with suppress(Invalid):  # paid at the door: nothing of it can be sent back
            await self.here.core.refunds.refund(
                order_id=order.id, amount=self.rng.choice((1_000, 3_333)), before=order.refund_due,
                by_provider=self.rng.random() < 0.7, staff_id=1, reason="Late", now=self.here.now,
            )  # fmt: skip
        await self.here.sweep.run()

    async def _something(self, order: Order) -> None:
        acts = {
            State.OFFERED: self._answered, State.SEARCHING: self._answered_by_many,
            State.CHOOSING: self._given_up, State.ACCEPTED: self._promised,
            State.ON_THE_WAY: self._promised, State.ARRIVED: self._at_the_door,
            State.WORKING: self._worked, State.FINISHED: self._settled,
        }  # fmt: skip
        act = acts.get(order.state)
        await (act(order) if act else self.here.later(hours=30))

    async def _who(self, order: Order) -> dict[str, Any]:
        view = await self.here.core.orders.view(order_id=order.id)
        return {"order_id": order.id, "person_id": view.provider.person_id, "now": self.here.now}

    async def _answered(self, order: Order) -> None:
        who, jobs = await self._who(order), self.here.core.jobs
        await self.here.later(minutes=self.rng.choice((1, 2, 4)))
        who["now"] = self.here.now
        match self.rng.choice(("yes",) * 6 + ("no", "no", "silent", "unseen", "cancel")):
            case "yes":
                await jobs.accept(**who)
            case "no":
                await jobs.decline(**who)
            case "silent":
                await self.here.later(minutes=12)
            case "unseen":
                await jobs.unseen(**who)
            case "cancel":
                await self.here.cancels()

    async def _answered_by_many(self, order: Order) -> None:
        """Whoever is asked at once with others says something, or nothing."""
        found = await self.here.built.store.find(Ask, order_id=order.id, answer=Answer.OPEN)
        jobs = self.here.core.jobs
        for ask in self._shuffled(found):
            who = {"order_id": order.id, "person_id": ask.person_id, "now": self.here.now}
            with suppress(DomainError):
                match self.rng.choice(("yes", "no", "unseen", "silent")):
                    case "yes":
                        await jobs.accept(**who)
                    case "no":
                        await jobs.decline(**who)
                    case "unseen":
                        await jobs.unseen(**who)
        await self.here.later(minutes=12)

    def _shuffled(self, asks: Sequence[Ask]) -> list[Ask]:
        return self.rng.sample(list(asks), len(asks))

    async def _given_up(self, order: Order) -> None:
        await self.here.later(hours=2)

    async def _promised(self, order: Order) -> None:
        who, jobs = await self._who(order), self.here.core.jobs
        match self.rng.choice(("go",) * 8 + ("drop", "cancel", "reassign", "move", "stay")):
            case "drop":
                await jobs.drop(**who)
            case "cancel":
                await self.here.cancels()
            case "reassign":
                await self.here.core.passing.reassign(
                    order_id=order.id, staff_id=1, now=self.here.now, reason="sick"
                )
            case "stay":
                self.here.now = order.starts_at + timedelta(minutes=25)
            case "move":
                return
            case _:
                late = self.rng.choice((-5, 0, 4, 10, 11, 20))
                self.here.now = max(self.here.now, order.starts_at + timedelta(minutes=late))
                await jobs.arrive(**(who | {"now": self.here.now}))

    async def _at_the_door(self, order: Order) -> None:
        who, core = await self._who(order), self.here.core
        if self.rng.random() < 0.1:
            await core.absent.knock(**who)
            await self.here.later(minutes=20)
            await core.absent.call(**(who | {"now": self.here.now}))
            await core.absent.leave(**(who | {"now": self.here.now, "shown": await self._fee(who)}))
            return
        await core.jobs.start(code=order.start_code, **who)

    async def _fee(self, who: dict[str, Any]) -> int:
        waiting = await self.here.core.absent.waiting(
            order_id=who["order_id"], person_id=who["person_id"]
        )
        return waiting.terms.fee

    async def _worked(self, order: Order) -> None:
        await self.here.later(minutes=self.rng.choice((40, 60, 95)))
        await self.here.core.jobs.finish(**await self._who(order))

    async def _settled(self, order: Order) -> None:
        who = await self._who(order)
        if order.cash_stated is None:
            await self.here.core.jobs.state_cash(amount=order.to_pay_on_site, **who)
        else:
            await self.here.confirms_cash(order.cash_stated)

    async def _review(self, order: Order) -> None:
        if order.state is State.CLOSED and self.rng.random() < 0.6:
            stars = Scores(*(self.rng.randint(2, 5) for _ in range(3)))
            await self.here.core.reviews.write(
                order_id=order.id, customer_id=order.customer_id, scores=stars, text="", files=[],
                now=self.here.now + timedelta(minutes=self.rng.choice((5, 600))),
            )  # fmt: skip
