"""The counting house: a town with one bank, told of step by step, with the book open on the desk."""

import random
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.adapters.sweep import Sweep
from bot.config import Settings
from bot.wiring.core import build, refresh
from core.extras.model import Extra
from core.ledger.postings import CAPTURED, REFUNDED
from core.orders.advance import By
from core.orders.lifecycle import Actor
from core.orders.model import Order, Pay
from core.payments.facts import Fact
from core.payments.method import Method
from core.payments.model import Payment, RefundState
from core.payments.stray import Stray
from core.people.model import Person, Provider
from core.places import Place
from core.pricing import Line
from db.engine import Database
from db.migrate import migrate
from db.timers import TimerTable
from tests.db.invariants import broken
from tests.money.gateway import Gateway, letter
from tests.reliability.town import NOON, Town

START = NOON + timedelta(days=1)
SIGNED = {"signature": "good"}


@dataclass
class House(Town):
    """`gateway` is the bank; `names` give the accounts of people names that can be read."""

    gateway: Gateway = field(default_factory=Gateway)
    names: dict[int, str] = field(default_factory=dict)
    order: Order | None = None
    customer: Person | None = None

    async def opens(self, *providers: str, **service: Any) -> list[Provider]:
        """A service for ¥200, and who does it: `name` or `name:price in yuan`."""
        await self.service(**service)
        made = []
        for text in providers or ("lin",):
            name, _, price = text.partition(":")
            provider = await self.provider(price=int(price or 200) * 100)
            self.names[provider.id] = name
            made.append(provider)
        [self.customer] = await self.customers(1)
        return made

    async def rules(self, **values: int) -> None:
        self.core.rules.update({name: str(value) for name, value in values.items()})

    async def books(
        self, provider: Provider, pay: Pay = Pay.FULL, *, customer: Person | None = None,
        coupon: str | None = None, start: datetime = START,
    ) -> Order:  # fmt: skip
        who = customer or self.customer
        assert who is not None
        method = self.gateway.code
        await self.wants(who, provider, start, pay=pay, coupon=coupon, method=method)
        self.order = await self.place(who.id)
        return self.order

    @property
    def order_id(self) -> int:
        assert self.order is not None
        return self.order.id

    async def now_order(self) -> Order:
        order = await self.built.store.get(Order, id=self.order_id)
        assert order is not None
        return order

    async def payments(self) -> list[Payment]:
        """The latest first."""
        return await self.core.payments.of_order(order_id=self.order_id)

    async def link(self) -> Payment:
        assert self.order is not None
        return await self.core.payments.begin(
            order_id=self.order.id, customer_id=self.order.customer_id, language="en", now=self.now
        )

    async def hears(self, *facts: Fact | None) -> None:
        """Notices reach the door, and are worked."""
        for fact in facts:
            if fact is not None:
                await self.at_the_door(fact)
        await self.sweep.run()

    async def at_the_door(self, fact: Fact) -> bool:
        return await self.core.payments.notice(
            method=self.gateway.code, raw=letter(fact), headers=SIGNED, now=self.now
        )

    async def pays(self) -> Payment:
        payment = await self.link()
        await self.hears(self.gateway.pays(payment.number))
        return payment

    async def later(self, **span: float) -> None:
        """Time goes by and what is due is done."""
        self.now += timedelta(**span)
        await self.sweep.run()

    def another_sweep(self) -> Sweep:
        """Works beside the first, as in another process."""
        return Sweep(core=self.core, timers=TimerTable(self.database), clock=lambda: self.now)

    async def goes_until(self, *, hours_before: float) -> None:
        self.now = START - timedelta(hours=hours_before)
        await self.sweep.run()

    async def cancels(self, actor: Actor = Actor.CUSTOMER, **how: Any) -> None:
        assert self.order is not None
        by = By(actor, self.order.customer_id if actor is Actor.CUSTOMER else 1)
        await self.core.orders.cancel(order_id=self.order_id, by=by, now=self.now, **how)
        await self.sweep.run()

    async def _person(self) -> int:
        return (await self.core.orders.view(order_id=self.order_id)).provider.person_id

    async def accepts(self) -> None:
        await self.core.jobs.accept(
            order_id=self.order_id, person_id=await self._person(), now=self.now
        )

    async def declines(self) -> None:
        await self.core.jobs.decline(
            order_id=self.order_id, person_id=await self._person(), now=self.now
        )
        await self.sweep.run()

    async def does_the_job(self, *, accept: bool = True) -> None:
        """Accepted (if it is not), gone, arrived, started with the code, finished."""
        person, jobs = await self._person(), self.core.jobs
        if accept:
            await self.accepts()
        await self.goes_until(hours_before=0)
        who: dict[str, Any] = {"order_id": self.order_id, "person_id": person, "now": self.now}
        await jobs.depart(**who)
        await jobs.arrive(**who)
        await jobs.start(code=(await self.now_order()).start_code, **who)
        await jobs.finish(**who)
        await self.sweep.run()

    async def arrives(self) -> None:
        """Accepted, and at the place."""
        await self.accepts()
        await self.goes_until(hours_before=0)
        person = await self._person()
        await self.core.jobs.arrive(order_id=self.order_id, person_id=person, now=self.now)

    async def starts(self) -> None:
        """With the code."""
        await self.core.jobs.start(
            order_id=self.order_id, person_id=await self._person(),
            code=(await self.now_order()).start_code, now=self.now,
        )  # fmt: skip

    async def at_work(self) -> None:
        await self.arrives()
        await self.starts()

    async def finishes(self) -> None:
        await self.core.jobs.finish(
            order_id=self.order_id, person_id=await self._person(), now=self.now
        )
        await self.sweep.run()

    async def proposes(self, *amounts: int, minutes: int = 0) -> Extra:
        """Extra work of so many lines, with a reason and a photo, is sent to the customer."""
        who: dict[str, Any] = {
            "order_id": self.order_id, "person_id": await self._person(), "now": self.now,
        }  # fmt: skip
        drafts = self.core.drafts
        desk = await drafts.hide(**who)
        while desk.extra.lines:  # of one that was taken back
            desk = await drafts.remove(place=0, version=desk.extra.version, **who)
        lines = [Line({"en": f"part {n}"}, 1, amount) for n, amount in enumerate(amounts)]
        await drafts.add(lines=lines, **who)
        await drafts.explain(reason="worn out", **who)
        await drafts.show(file_id=1, **who)
        desk = await drafts.last(minutes=minutes, **who)
        sent = await self.core.extras.send(version=desk.extra.version, **who)
        return sent.extra

    async def proposes_less(self) -> Extra:
        """What was taken back is sent again without its first line."""
        who: dict[str, Any] = {
            "order_id": self.order_id, "person_id": await self._person(), "now": self.now,
        }  # fmt: skip
        desk = await self.core.drafts.open(**who)
        desk = await self.core.drafts.remove(place=0, version=desk.extra.version, **who)
        return (await self.core.extras.send(version=desk.extra.version, **who)).extra

    async def approves(self, extra: Extra) -> None:
        await self.core.extras.approve(
            extra_id=extra.id, customer_id=(await self.now_order()).customer_id, now=self.now
        )

    async def refuses(self, extra: Extra) -> None:
        await self.core.extras.refuse(
            extra_id=extra.id, customer_id=(await self.now_order()).customer_id, now=self.now
        )

    async def withdraws(self, extra: Extra) -> None:
        await self.core.extras.withdraw(
            extra_id=extra.id, person_id=await self._person(), now=self.now
        )

    async def link_for_rest(self) -> Payment:
        order = await self.now_order()
        return await self.core.payments.begin_rest(
            order_id=order.id, customer_id=order.customer_id, language="en", now=self.now
        )

    async def pays_rest(self) -> Payment:
        payment = await self.link_for_rest()
        await self.hears(self.gateway.pays(payment.number))
        return payment

    async def names_cash(self, amount: int) -> None:
        await self.core.jobs.state_cash(
            order_id=self.order_id, person_id=await self._person(), amount=amount, now=self.now
        )

    async def confirms_cash(self, amount: int) -> None:
        order = await self.now_order()
        await self.core.cash.confirm(
            order_id=order.id, customer_id=order.customer_id, amount=amount, now=self.now
        )

    async def book(self) -> dict[str, int]:
        """Every account that is not at zero, in fen, without the numbers of orders."""
        sql = "SELECT account, amount FROM balance WHERE amount <> 0 AND currency = 'CNY'"
        return await self._page(sql)

    async def page_of_order(self) -> dict[str, int]:
        """What the book says of this order alone."""
        return await self._page(
            "SELECT l.account, l.amount FROM ledger_leg l JOIN ledger_transaction t"
            " ON t.id = l.transaction_id WHERE t.order_id = ?", self.order_id,
        )  # fmt: skip

    async def _page(self, sql: str, *params: Any) -> dict[str, int]:
        rows = await self.database.fetch(sql, params)
        page: dict[str, int] = defaultdict(int)
        for account, amount in rows:
            page[self._readable(account)] += int(amount)
        return {name: amount for name, amount in page.items() if amount}

    def _readable(self, account: str) -> str:
        kind, _, rest = account.partition(":")
        if kind in ("customer", "refunds_payable"):
            return {"customer": "customer", "refunds_payable": "owed back"}[kind]
        if kind == "provider":
            provider, _, part = rest.partition(":")
            return f"{self.names.get(int(provider), provider)} {part}"
        return account

    async def shows(self, page: Mapping[str, int] | None = None, /, **state: Any) -> None:
        """The book says just this, the order just that, and every rule about money holds."""
        if page is not None:
            assert await self.book() == page
        order = await self.now_order()
        found = {name: getattr(order, name) for name in state}
        assert found == state, found
        await self.is_right()

    async def is_right(self, *, holds: int = 2) -> None:
        """Nothing that must hold of the data is broken."""
        breaches = await broken(self.database, now=self.now, holds=holds)
        assert breaches == {}, breaches

    async def told(self, kind: str) -> int:
        """How many letters of this kind customers get."""
        return await self._letters("customer", kind)

    async def staff_told(self, kind: str) -> int:
        return await self._letters("admin", kind)

    async def _letters(self, bot: str, kind: str) -> int:
        sql = "SELECT COUNT(*) FROM outbox WHERE bot = ? AND kind = ?"
        return int((await self.database.fetch(sql, [bot, kind]))[0][0])

    async def posted(self, kind: str) -> dict[str, int]:
        """Postings of a kind: the part of the key that names charge or refund → amount."""
        rows = await self.database.fetch(
            "SELECT t.key, l.amount FROM ledger_transaction t JOIN ledger_leg l"
            " ON l.transaction_id = t.id WHERE t.kind = ? AND l.amount > 0", [kind],
        )  # fmt: skip
        return {key.split(":", 2)[2]: int(amount) for key, amount in rows}

    async def reconciles(self) -> None:
        """Everything that is at the gateway is in our book exactly once, and nothing else."""
        came = {charge: row[1] for charge, row in self.gateway.charges.items() if row[2] == "CNY"}
        strays = await self.core.store.find(Stray)
        astray = {one.charge: one.amount for one in strays}
        assert await self.posted(CAPTURED) | astray == came
        home = [one.amount for one in strays if one.state is RefundState.DONE]
        ours = sorted([*(await self.posted(REFUNDED)).values(), *home])
        theirs = sorted(amount for _, amount in self.gateway.refunds.values())
        assert ours == theirs, (ours, theirs)
        lying = sum(came.values()) - sum(theirs) - sum(self.gateway.taken.values())
        assert (await self.book()).get("gateway:card", 0) == lying

    async def closes_the_books(self) -> None:
        """All notices come in once more, two days go by, and everything must still be right."""
        self.gateway.is_down = False
        self.gateway.trouble.clear()
        self.gateway.pending.clear()
        await self.hears(*self.gateway.notices)
        for _ in range(6):
            await self.later(hours=8)
        await self.is_right()
        await self.reconciles()


@asynccontextmanager
async def house(
    url: str,
    folder: Path,
    *,
    methods: Mapping[str, Method] | None = None,
    seed: int = 1,
    migrated: bool = False,
    places: Sequence[Place] = (),
) -> AsyncIterator[House]:
    """Core as the product wires it on fresh tables; nothing runs in the background."""
    if not migrated:
        await migrate(url)
    settings = Settings(_env_file=None, data_dir=folder)  # type: ignore[call-arg]
    database = await Database.open(url)
    gateway, here = Gateway(), list[House]()

    def clock() -> Any:
        return here[0].now if here else NOON

    built = build(
        settings, database, methods={"card": gateway} | dict(methods or {}), places=places,
        clock=clock,
    )  # fmt: skip
    sweep = Sweep(core=built.core, timers=TimerTable(database), clock=clock)
    here.append(
        House(database, built, gateway, sweep, random.Random(seed), gateway=gateway)  # type: ignore[arg-type]
    )
    await refresh(built.core)
    try:
        yield here[0]
    finally:
        await database.close()
