"""A city in which providers fail: people, what each of them will do and when, played on a clock that jumps."""

import heapq
import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from bot.customer import LETTERS
from bot.i18n import Words
from core.alerts.raising import LOOK
from core.errors import DomainError
from core.orders.countdown import LEAD, next_quarter
from core.orders.lifecycle import HOLDING, PROMISED
from core.orders.model import Order, Pay, State, Step
from core.people.model import Hours, Person, Provider, ProviderState, Skill
from db.ops import Op
from tests.reliability.town import CENTRE, NOON, Town

KINDS = ("declines", "is silent", "is late", "drops", "is frozen")
BEFORE = {"24h": timedelta(hours=24), "2h": timedelta(hours=2), "10min": timedelta(minutes=10)}
MINUTES, BUFFER, RADIUS_KM = 60, 15, 8.0
MINUTE = timedelta(minutes=1)
# A day of the town begins at 08:00 and ends at 20:00 in Shanghai.
MIDNIGHT = NOON - timedelta(hours=10)
LATEST = timedelta(minutes=60)


@dataclass
class Wish:
    """One customer, the visit that is wanted, and how its first provider fails, if he does."""

    customer: Person
    start: datetime
    pay: Pay
    kind: str = ""
    before: str = ""
    patient: bool = False  # in doubt chooses, or waits; else says nothing
    order_id: int = 0
    total: int = 0
    kept: dict[str, Any] = field(default_factory=dict)
    told: list[tuple[datetime, str, bool]] = field(default_factory=list)
    failed: list[tuple[datetime, bool]] = field(default_factory=list)  # when; was anybody free?


KEPT = (
    "service_id",
    "place",
    "detail",
    "lat",
    "lon",
    "notes",
    "photos",
    "answers",
    "pay",
    "method",
)


class City:
    """`rng` decides everything before or beside the product, so a seed tells the whole story."""

    def __init__(self, here: Town) -> None:
        self.here, self.rng = here, here.rng
        self.wishes: list[Wish] = []
        self.by_order: dict[int, Wish] = {}
        self.providers: dict[int, Provider] = {}
        self.persons: dict[int, int] = {}
        self.hours: dict[int, tuple[int, int]] = {}
        self.prices: dict[int, int] = {}
        self.answers: dict[tuple[int, int], str] = {}
        self.failing: set[int] = set()
        self._plans: list[tuple[datetime, int, Callable[[], Awaitable[None]]]] = []
        self._order = itertools.count()

    # --- who there is

    async def settle(self, *, providers: int) -> None:
        self.here.core.rules.update({"notice_minutes": "0"})
        service = await self.here.service(minutes=MINUTES)
        for _ in range(providers):
            opens = self.rng.choice([480, 540, 600])
            closes = self.rng.choice([1080, 1140, 1200])
            await self._provider(service.id, opens, closes, self.rng.choice([18, 19, 20]) * 1000)

    async def _provider(self, service_id: int, opens: int, closes: int, price: int) -> None:
        here, person = self.here, self.here.person("Provider")
        provider = Provider(
            id=here.new_id(), person_id=person.id, state=ProviderState.APPROVED, name="Provider",
            lat=CENTRE[0] + self.rng.uniform(-0.04, 0.04), place="Centre", daily_max=6,
            lon=CENTRE[1] + self.rng.uniform(-0.04, 0.04), radius_m=int(RADIUS_KM * 1000),
            buffer_min=BUFFER, created_at=here.now,
        )  # fmt: skip
        hours = [
            Hours(id=here.new_id(), provider_id=provider.id, weekday=day, start_min=opens,
                  end_min=closes)
            for day in range(7)
        ]  # fmt: skip
        skill = Skill(id=here.new_id(), provider_id=provider.id, service_id=service_id, price=price)
        await here.insert([person, provider, *hours, skill])
        await here.core.index.provider(provider_id=provider.id, now=here.now)
        self.providers[provider.id], self.persons[person.id] = provider, provider.id
        self.hours[provider.id], self.prices[provider.id] = (opens, closes), price

    async def wish(self, *, orders: int, days: int, failures: float) -> None:
        """So many visits over some days; of so many the first provider fails, all kinds and times alike."""
        customers = await self.here.customers(orders)
        ways = list(itertools.product(KINDS, BEFORE))
        failing = [ways[n % len(ways)] for n in range(round(orders * failures))]
        plans = failing + [("", "")] * (orders - len(failing))
        self.rng.shuffle(plans)
        for customer, (kind, before) in zip(customers, plans, strict=True):
            day = MIDNIGHT + timedelta(days=self.rng.randint(2, 1 + days))
            start = day + timedelta(minutes=self.rng.randrange(600, 1065, 15))
            wish = Wish(
                customer, start, self.rng.choice(list(Pay)), kind, before,
                patient=self.rng.random() < 0.5,
            )  # fmt: skip
            self.wishes.append(wish)
            self.at(start - self._lead(wish), lambda wish=wish: self.books(wish))

    def _lead(self, wish: Wish) -> timedelta:
        """How long before the visit it is booked, so that its provider fails when he is meant to."""
        if not wish.kind:
            return timedelta(hours=self.rng.choice([3, 8, 26, 30]))
        before = BEFORE[wish.before]
        think = max(timedelta(minutes=2), min(timedelta(minutes=10), before / 3))
        lead = {"declines": 2 * MINUTE, "is silent": think, "is late": 2 * think}
        return before + lead.get(wish.kind, 3 * MINUTE)

    # --- the clock

    def at(self, when: datetime, act: Callable[[], Awaitable[None]]) -> None:
        heapq.heappush(self._plans, (max(when, self.here.now), next(self._order), act))

    async def play(self) -> None:
        """Until nobody has any plans and no clock is running for an order."""
        while (due := await self._next()) is not None:
            self.here.now = max(self.here.now, due)
            await self.here.sweep.run()
            while self._plans and self._plans[0][0] <= self.here.now:
                await heapq.heappop(self._plans)[2]()
                await self.here.sweep.run()
            await self._post()

    async def _next(self) -> datetime | None:
        # The look at alerts, every ten seconds, runs along with whatever happens next.
        sql = "SELECT MIN(due_at) FROM timer WHERE kind <> ?"
        rows = await self.here.database.fetch(sql, [LOOK])
        due = [plan[0] for plan in self._plans[:1]]
        if rows[0][0] is not None:
            due.append(NOON + timedelta(milliseconds=rows[0][0] - int(NOON.timestamp() * 1000)))
        return min(due) if due else None

    async def _post(self) -> None:
        """What was written goes out: customers read it as it is put into words, providers see that they are asked."""
        rows = await self.here.database.fetch(
            "SELECT bot, person_id, kind, subject, version, facts FROM outbox"
            " WHERE state = 'waiting' ORDER BY id"
        )  # fmt: skip
        gone = "UPDATE outbox SET state = 'done', message_id = id WHERE state = 'waiting'"
        await self.here.database.apply([Op(gone)])
        for bot, person_id, kind, subject, version, facts in rows:
            if bot == "customer" and kind in LETTERS:
                await self._reads(kind, subject, version, person_id, facts)
            elif bot == "provider" and kind == "offer":
                self._is_asked(subject, self.persons[person_id])

    async def _reads(self, kind: str, subject: int, version: int, person: int, facts: Any) -> None:
        facts = json.loads(facts) if isinstance(facts, str) else facts
        if kind == "declined_searching" and subject in self.by_order:
            await self._failed(self.by_order[subject])
        letter: Any = SimpleNamespace(
            subject=subject, version=version, person_id=person, facts=facts
        )
        words = Words("en", "Asia/Shanghai", "CNY")
        screen = await LETTERS[kind](self.here.core, letter, words, self.here.now)
        if screen is not None and subject in self.by_order:
            self.by_order[subject].told.append((self.here.now, kind, not screen.quiet))
            await self._decides(kind, self.by_order[subject])

    async def _failed(self, wish: Wish) -> None:
        """Somebody failed just now: was anybody free who would have come?"""
        order, start = await self.order(wish.order_id), wish.start
        if self.here.now >= start:
            start = next_quarter(moment=self.here.now + LEAD)
        free = await self.free(start, most=order.total, but=order.id)
        gone = {*order.refused_by}
        able = [p for p in free if p not in gone and self.answer(order.id, p) == "accepts"]
        wish.failed.append((self.here.now, bool(able) and start - wish.start <= LATEST))

    # --- what people do

    async def _tries(self, act: Awaitable[Any]) -> bool:
        try:
            await act
        except DomainError:
            return False
        return True

    async def books(self, wish: Wish) -> None:
        """With whoever is free then; nobody free at all: nothing was ever promised."""
        here = self.here
        free = await self.free(wish.start, most=10**9)
        if not free:
            return
        provider = self.providers[self.rng.choice(free)]
        await here.wants(wish.customer, provider, wish.start, pay=wish.pay)
        order = await here.place(wish.customer.id)
        if order.state is State.UNPAID:
            await here.pay(order)
        wish.order_id, wish.total = order.id, order.total
        wish.kept = {name: getattr(order, name) for name in KEPT}
        self.by_order[order.id] = wish
        reaction = wish.kind if wish.kind in ("declines", "is silent") else "accepts"
        self.answers[order.id, provider.id] = reaction
        if wish.kind in ("drops", "is frozen"):
            fails = self._drops if wish.kind == "drops" else self._is_frozen
            self.at(wish.start - BEFORE[wish.before], lambda: fails(wish, provider))
        if wish.kind == "is late":
            self.failing.add(order.id)

    def answer(self, order_id: int, provider_id: int) -> str:
        """What a provider will say to this order; decided once, so that the oracle knows it, too."""
        key = (order_id, provider_id)
        if key not in self.answers:
            luck = self.rng.random()
            self.answers[key] = (
                "declines" if luck < 0.08 else "is silent" if luck < 0.15 else "accepts"
            )
        return self.answers[key]

    def _is_asked(self, order_id: int, provider_id: int) -> None:
        if self.answer(order_id, provider_id) == "is silent":
            return
        soon = self.here.now + timedelta(seconds=self.rng.choice([40, 60, 80]))
        self.at(soon, lambda: self._answers(order_id, provider_id))

    async def _answers(self, order_id: int, provider_id: int) -> None:
        person = self.providers[provider_id].person_id
        jobs, who = self.here.core.jobs, {"order_id": order_id, "person_id": person}
        if self.answer(order_id, provider_id) == "declines":
            await self._tries(jobs.decline(**who, now=self.here.now))
            return
        if await self._tries(jobs.accept(**who, now=self.here.now)):
            order = await self.order(order_id)
            late = order_id in self.failing and order.provider_id == provider_id
            if late:
                self.failing.discard(order_id)
            else:
                self.at(order.starts_at - 8 * MINUTE, lambda: self._goes(order_id, provider_id))

    async def _mine(self, order_id: int, provider_id: int) -> Order | None:
        order = await self.order(order_id)
        return order if order.provider_id == provider_id and order.state in PROMISED else None

    async def _goes(self, order_id: int, provider_id: int) -> None:
        if (order := await self._mine(order_id, provider_id)) is None:
            return
        person = self.providers[provider_id].person_id
        await self.here.core.jobs.depart(order_id=order_id, person_id=person, now=self.here.now)
        self.at(order.starts_at - MINUTE, lambda: self._arrives(order_id, provider_id))

    async def _arrives(self, order_id: int, provider_id: int) -> None:
        if (order := await self._mine(order_id, provider_id)) is None:
            return
        person = self.providers[provider_id].person_id
        await self.here.core.jobs.arrive(order_id=order_id, person_id=person, now=self.here.now)
        self.at(order.starts_at + 40 * MINUTE, lambda: self._works(order_id, provider_id))

    async def _works(self, order_id: int, provider_id: int) -> None:
        """Works and is paid, if it is still his."""
        if (order := await self._mine(order_id, provider_id)) is None:
            return
        person = self.providers[provider_id].person_id
        jobs, who = self.here.core.jobs, {"order_id": order_id, "person_id": person}
        await jobs.start(**who, code=order.start_code, now=self.here.now)
        await jobs.finish(**who, now=self.here.now)
        order = await self.order(order_id)
        if order.to_pay_on_site and order.state is State.FINISHED:
            amount = order.to_pay_on_site
            await jobs.state_cash(**who, amount=amount, now=self.here.now)
            await self.here.core.cash.confirm(
                order_id=order_id, customer_id=order.customer_id, amount=amount, now=self.here.now
            )

    async def _drops(self, wish: Wish, provider: Provider) -> None:
        who = {"order_id": wish.order_id, "person_id": provider.person_id}
        await self._tries(self.here.core.jobs.drop(**who, now=self.here.now))

    async def _is_frozen(self, wish: Wish, provider: Provider) -> None:
        freezing = self.here.core.freezing
        done = await self._tries(
            freezing.freeze(provider_id=provider.id, staff_id=1, reason="x", now=self.here.now)
        )
        if done:
            back = self.here.now + timedelta(hours=2)
            self.at(back, lambda: self._is_back(provider))

    async def _is_back(self, provider: Provider) -> None:
        await self.here.core.freezing.unfreeze(
            provider_id=provider.id, staff_id=1, now=self.here.now
        )

    async def _decides(self, kind: str, wish: Wish) -> None:
        if kind == "other_times" and wish.patient:
            self.at(self.here.now + 3 * MINUTE, lambda: self._chooses(wish))
        elif kind == "late" and wish.patient:
            self.at(self.here.now + MINUTE, lambda: self._replaces(wish))

    async def _chooses(self, wish: Wish) -> None:
        choosing = self.here.core.choosing
        shown = await choosing.alternatives(order_id=wish.order_id, now=self.here.now)
        if shown:
            await self._tries(choosing.choose(
                order_id=wish.order_id, customer_id=wish.customer.id, start=shown[0].starts_at,
                provider_id=shown[0].provider.id, now=self.here.now,
            ))  # fmt: skip

    async def _replaces(self, wish: Wish) -> None:
        await self._tries(self.here.core.lateness.replace(
            order_id=wish.order_id, customer_id=wish.customer.id, now=self.here.now
        ))  # fmt: skip

    # --- the oracle: who is free, from the orders' rows alone

    async def order(self, order_id: int) -> Order:
        found = await self.here.built.store.get(Order, id=order_id)
        assert found is not None
        return found

    async def free(self, start: datetime, *, most: int, but: int = 0) -> list[int]:
        """Providers who work then, have nothing else, and ask no more than `most`."""
        store = self.here.built.store
        day = (start - MIDNIGHT) // timedelta(days=1)
        taken: dict[int, list[datetime]] = {}
        for order in await store.find(Order, state=sorted(HOLDING | {State.CLOSED}), limit=5000):
            if order.id != but:
                taken.setdefault(order.provider_id, []).append(order.starts_at)
        states = {p.id: p.state for p in await store.find(Provider, limit=5000)}
        length = timedelta(minutes=MINUTES + BUFFER)
        minute = (start - MIDNIGHT - timedelta(days=day)) // MINUTE
        return [
            one for one, (opens, closes) in self.hours.items()
            if states[one] is ProviderState.APPROVED and self.prices[one] <= most
            and opens <= minute and minute + MINUTES + BUFFER <= closes
            and all(abs(start - other) >= length for other in taken.get(one, []))
            and sum((s - MIDNIGHT) // timedelta(days=1) == day for s in taken.get(one, [])) < 6
        ]  # fmt: skip

    async def steps(self, order_id: int) -> list[Step]:
        return await self.here.built.store.find(Step, order_id=order_id, order="version", limit=500)
