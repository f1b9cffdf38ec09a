"""A provider's records of a random year: what is listed, counted and summed is what the raw rows say."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Words
from bot.provider.records.coded import LAST, MONTH, WEEK, Chosen
from bot.provider.records.table import records_file
from core.catalog.model import Service
from core.changes import Changes
from core.errors import Unknown
from core.ledger.postings import CANCELLED, CAPTURED, EARNED, RELEASED
from core.ledger.service import earning, post, release, reverse
from core.orders.model import Order, Pay, State
from core.orders.service import facts_of
from core.people.model import Person, Provider
from core.records.model import End, Opinion, Record, Sought
from core.reviews.model import Review
from tests.reliability.town import Town

pytestmark = pytest.mark.feature("P9")
WORDS = Words("en", "Asia/Shanghai")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "{=1}",
    "a_x0000_b",
]


class Life:
    """A provider's past, and the sums of it that no code of ours has made."""

    def __init__(self, here: Town, provider: Provider, seed: int) -> None:
        self.here, self.provider, self.rng = here, provider, random.Random(seed)

    def order(self, customer: Person, service: Service, state: State, **values: Any) -> Order:
        at = self.here.now - timedelta(minutes=self.rng.randrange(60, 500_000))
        given: dict[str, Any] = {
            "number": f"{self.rng.randrange(10**8):08d}", "starts_at": at, "place": "人民广场",
            "reached": {
                State.OFFERED.value: at.isoformat(),
                State.ACCEPTED.value: (at + timedelta(minutes=1)).isoformat(),
            },
        }  # fmt: skip
        return Order(
            id=self.here.new_id(), customer_id=customer.id, provider_id=self.provider.id,
            service_id=service.id, state=state, minutes=60, buffer_min=0, lat=31.2, lon=121.4,
            detail="CANARY-DOOR", snapshot={"names": service.names}, currency="CNY", total=20_000,
            pay=Pay.FULL, method="card", due_now=20_000, commission_bp=1500, start_code="4711",
            lines=[{"names": service.names, "count": 1, "amount": 20_000}], created_at=at,
            **(given | values),
        )  # fmt: skip

    def review(self, order: Order, **values: Any) -> Review:
        stars = {name: self.rng.randrange(1, 6) for name in ("quality", "attitude", "skill")}
        return Review(
            id=self.here.new_id(), order_id=order.id, provider_id=order.provider_id,
            customer_id=order.customer_id, service_id=order.service_id, author="Ann L.",
            created_at=order.starts_at, **(stars | values),
        )  # fmt: skip

    async def books(self, order: Order) -> None:
        """Earned and released, a part of a fee, or booked and taken back: whatever fits how it ended."""
        amount, rng = self.rng.randrange(1, 50_000), self.rng
        stories: list[tuple[str, dict[str, int]]] = []
        if order.state is State.CLOSED:
            made = earning(total=amount, discount=0, commission_bp=rng.randrange(3000))
            stories = [(CAPTURED, {"amount": amount}), (EARNED, made.figures()),
                       (RELEASED, release(net=made.net, debt=0))]  # fmt: skip
            stories = stories if made.net and rng.random() < 0.8 else stories[:2]
        elif order.state is State.CANCELLED and rng.random() < 0.5:
            stories = [
                (CAPTURED, {"amount": amount}),
                (CANCELLED, {"fee": 0, "fee_to_provider": amount, "refund": 0}),
            ]
        posted = [
            post(id=self.here.new_id(), event=event, facts=facts_of(order=order), figures=figures,
                 at=order.starts_at, actor="demo")
            for event, figures in stories
        ]  # fmt: skip
        if len(posted) == 2 and rng.random() < 0.3:
            at = order.starts_at
            posted.append(
                reverse(transaction=posted[1], id=self.here.new_id(), at=at, actor="demo")
            )
        await self.here.built.store.apply(Changes().post(*posted))

    async def net(self, order: Order) -> int:
        """By the raw lines of the book."""
        sql = (
            "SELECT t.kind, l.amount FROM ledger_leg l JOIN ledger_transaction t"
            " ON t.id = l.transaction_id WHERE t.order_id = ? AND l.account = ?"
        )
        pending = f"provider:{self.provider.id}:pending"
        rows = await self.here.database.fetch(sql, [order.id, pending])
        return -sum(int(amount) for kind, amount in rows if not kind.startswith("released"))


async def lived(here: Town, seed: int, count: int = 120) -> tuple[Life, list[Order], list[Review]]:
    services = [await here.service() for _ in range(3)]
    customers = await here.customers(5)
    life = Life(here, await here.provider(), seed)
    ends = (State.CLOSED, State.CLOSED, State.CANCELLED, State.FINISHED, State.DISPUTED)
    orders = [
        life.order(life.rng.choice(customers), life.rng.choice(services), life.rng.choice(ends),
                   cancelled_by=life.rng.choice(["customer", "provider", "staff"]))
        for _ in range(count)
    ]  # fmt: skip
    reviews = [
        life.review(o) for o in orders if o.state is State.CLOSED and life.rng.random() < 0.6
    ]
    await here.insert([*orders, *reviews])
    for order in orders:
        await life.books(order)
    return life, orders, reviews


def end_of(order: Order) -> End:
    if order.state is State.CANCELLED:
        return End.ABSENT if order.cancelled_by == "provider" else End.CANCELLED
    return End.DONE if order.state is State.CLOSED else End.UNPAID


async def test_what_is_found_is_what_the_rows_say_whatever_is_looked_for(here: Town) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    life, orders, reviews = await lived(here, seed)
    stars = {r.order_id: r.quality + r.attitude + r.skill for r in reviews}
    nets = {order.id: await life.net(order) for order in orders}
    me = life.provider.person_id

    async def found(sought: Sought) -> list[Record]:
        return await here.core.records.found(person_id=me, sought=sought)

    every = await found(Sought())
    assert [one.order_id for one in every] == [
        order.id for order in sorted(orders, key=lambda o: (o.starts_at, o.id), reverse=True)
    ]
    assert {one.order_id: one.net for one in every} == nets
    assert {one.order_id: one.stars for one in every if one.stars is not None} == stars
    assert any(nets.values())

    day = here.now.astimezone(SHANGHAI).date()
    looks: list[tuple[Sought, Callable[[Order], bool]]] = [
        *((Sought(end=end), lambda o, end=end: end_of(o) is end) for end in End),
        *((Sought(service_id=s.id), lambda o, s=s: o.service_id == s.id) for s in here.services),
        (Sought(opinion=Opinion.GIVEN), lambda o: o.id in stars),
        (Sought(opinion=Opinion.MISSING), lambda o: o.id not in stars),
        (Sought(opinion=Opinion.LOW), lambda o: o.id in stars and stars[o.id] <= 9),
        (Sought(day - timedelta(days=30), day), lambda o: _day(o) >= day - timedelta(days=30)),
        (
            Sought(last=day - timedelta(days=60), end=End.DONE, opinion=Opinion.GIVEN),
            lambda o: (
                _day(o) <= day - timedelta(days=60) and end_of(o) is End.DONE and o.id in stars
            ),
        ),
        *(
            (Chosen(period).sought(today=day), _within(*Chosen(period).days(today=day)))  # type: ignore[misc]
            for period in (WEEK, MONTH, LAST)
        ),
    ]
    for sought, holds in looks:
        wanted = [order.id for order in orders if holds(order)]
        shown = await found(sought)
        assert {one.order_id for one in shown} == {*wanted}, sought
        page = await here.core.records.page(person_id=me, sought=sought, page=0, size=3)
        assert (page.count, page.net) == (len(wanted), sum(nets[i] for i in wanted)), sought


def _day(order: Order) -> date:
    return order.starts_at.astimezone(SHANGHAI).date()


def _within(first: date, last: date) -> Callable[[Order], bool]:
    return lambda order: first <= _day(order) <= last


async def test_a_visit_that_somebody_else_had_or_that_was_only_offered_is_no_record(
    here: Town,
) -> None:
    service = await here.service()
    [customer] = await here.customers(1)
    life = Life(here, await here.provider(), 1)

    def reached(*states: State) -> dict[str, str]:
        return {
            s.value: (here.now + timedelta(minutes=n)).isoformat() for n, s in enumerate(states)
        }

    def cancelled(*states: State) -> Order:
        return life.order(customer, service, State.CANCELLED, reached=reached(*states))

    offered = cancelled(State.OFFERED, State.CANCELLED)
    former = cancelled(State.ACCEPTED, State.SEARCHING, State.OFFERED, State.CANCELLED)
    his = cancelled(State.OFFERED, State.ACCEPTED, State.CANCELLED)
    taken = cancelled(State.SEARCHING, State.ACCEPTED, State.CANCELLED)
    under_way = life.order(customer, service, State.WORKING)
    await here.insert([offered, former, his, taken, under_way])
    me = life.provider.person_id
    found = await here.core.records.found(person_id=me, sought=Sought())
    assert {one.order_id for one in found} == {his.id, taken.id}
    with pytest.raises(Unknown):
        await here.core.records.one(person_id=me, order_id=under_way.id)
    with pytest.raises(Unknown):
        await here.core.records.found(person_id=customer.id, sought=Sought())


async def test_typed_words_are_looked_for_where_people_would_look(here: Town) -> None:
    service = await here.service()
    ann, li = here.person("Ann Lee"), here.person("李小明")
    life = Life(here, await here.provider(), 1)
    hers = life.order(ann, service, State.CLOSED, number="48273615", place="Jing'an Temple")
    his = life.order(li, service, State.CLOSED, notes="Second floor", number="11112222")
    hidden = life.order(li, service, State.CLOSED, number="33334444")
    await here.insert([
        ann, li, hers, his, hidden, life.review(hers, text="Spotless KITCHEN"),
        life.review(hidden, text="Spotless mess", hidden=True),
    ])  # fmt: skip
    me = life.provider.person_id

    async def numbers(text: str) -> set[str]:
        found = await here.core.records.page(person_id=me, sought=Sought(text=text), page=0, size=9)
        return {order.number for _, order in found.lines}

    assert await numbers("ann") == await numbers("spotless kitchen") == {hers.number}
    assert await numbers("jing'an") == await numbers("482736") == {hers.number}
    assert await numbers("李") == {his.number, hidden.number}
    assert await numbers("SECOND floor") == {his.number}
    assert await numbers("lee") == await numbers("小明") == set()  # no more of a name than is shown
    assert await numbers("canary-door") == await numbers("kitchen floor") == set()


def cells(content: bytes, letter: str) -> list[float]:
    """The numbers of one column, from above."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    found = re.findall(rf'<c r="{letter}\d+"(?![^>]*t="s")[^>]*><v>([^<]*)</v>', page)
    return [float(value) for value in found]


async def test_the_table_sums_to_the_book_and_tells_nothing_of_the_customers(here: Town) -> None:
    life, orders, _ = await lived(here, random.randrange(2**32), count=40)
    texts = iter(NASTY)
    nasty = [life.order((await here.customers(1))[0], here.services[0], State.CLOSED, place=text)
             for text in NASTY]  # fmt: skip
    await here.insert([*nasty, *(life.review(order, text=next(texts)) for order in nasty)])
    me = life.provider.person_id
    found = await here.core.records.found(person_id=me, sought=Sought())
    wholes = await here.core.records.wholes(person_id=me, records=found)
    file = records_file(wholes, ["=All", "@x"], WORDS, datetime.now(SHANGHAI))
    yours = cells(file.content, "L")
    assert len(yours) == len(orders) + len(nasty)
    total = sum([await life.net(order) for order in orders])
    assert round(sum(yours) * 100) == total == sum(one.net for one in found)
    parts = [cells(file.content, letter) for letter in "HIJKL"]
    for gross, commission, penalties, extra, net in zip(*parts, strict=True):
        assert gross + commission + penalties + extra == pytest.approx(net)
    moments = cells(file.content, "A")
    assert len(moments) == len(yours)
    assert all(40_000 < moment < 60_000 for moment in moments), "real dates"
    with zipfile.ZipFile(io.BytesIO(file.content)) as book:
        told = book.read("xl/sharedStrings.xml").decode()
    assert "CANARY" not in told
    assert "Customer" not in told
