"""The platform's statistics are the records: each figure of months is counted anew, from bare rows and another way."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.catalog.model import Category
from core.distance import km_between
from core.figures.spans import SHOWN, Span
from core.places import Place
from core.platform.facts import TRACED, Cause, Facts, Kind
from core.platform.funnel import Stage, funnel
from core.platform.habits import habits
from core.platform.measures import MEASURES, Dimension, Measure, Whole, ranked, split
from core.platform.narrowing import asked_of, narrowed
from core.platform.service import MONTH, WEEK, Look
from db.codec import as_time
from db.ops import Op
from tests.builders import ZONE
from tests.databases import DIALECTS, Blank
from tests.money.house import House, house
from tests.money.lives import Life

pytestmark = [pytest.mark.feature("A9"), pytest.mark.timeout(300)]
SHANGHAI = ZoneInfo(ZONE)
PLACES = (
    Place("人民广场", "People's Square", 31.2304, 121.4737, "黄浦区"),
    Place("静安寺", "Jing'an Temple", 31.2236, 121.4454, "静安区"),
    Place("徐家汇", "Xujiahui", 31.1946, 121.4365, "徐汇区"),
)
LATE = timedelta(minutes=10)
OVER = ("finished", "disputed", "closed")
Row = dict[str, Any]


@dataclass
class Bare:
    """What a person with a sheet of paper would write down: (day, keys, value) per measure."""

    events: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def within(self, kind: str, first: date, end: date) -> list[Row]:
        return [one for one in self.events[kind] if first <= one["day"] < end]


@pytest.fixture(params=DIALECTS)
async def here(
    request: pytest.FixtureRequest, tmp_path: Path, blank: Blank
) -> AsyncIterator[House]:
    async with (
        blank(request.param, tmp_path) as url,
        house(url, tmp_path, migrated=True, places=PLACES) as it,
    ):
        yield it


def local(at: Any) -> datetime:
    moment = as_time(at)
    assert moment is not None
    return moment.astimezone(SHANGHAI)


def as_facts(raw: Any) -> Row:
    found: Row = json.loads(raw) if isinstance(raw, str) else raw
    return found


async def scatter(here: House, rng: random.Random) -> None:
    """The orders of the one service of this town become those of three, in two trades and all over the city."""
    await here.service()
    deep = Category(
        id=here.new_id(), code="deep", names={"en": "Deep"},
        parent_id=here.services[0].category_id,
    )  # fmt: skip
    await here.insert([deep])
    await here.service()
    moved = Op("UPDATE service SET category_id = ? WHERE id = ?", [deep.id, here.services[2].id])
    ops = [moved]
    for (order_id,) in await here.database.fetch("SELECT id FROM orders ORDER BY id"):
        place, service = rng.choice(PLACES), rng.choice(here.services)
        lat, lon = place.lat + rng.uniform(-0.004, 0.004), place.lon + rng.uniform(-0.004, 0.004)
        ops.append(
            Op("UPDATE orders SET lat = ?, lon = ?, service_id = ? WHERE id = ?",
               [lat, lon, service.id, order_id])
        )  # fmt: skip
        ops.append(
            Op("UPDATE review SET service_id = ? WHERE order_id = ?", [service.id, order_id])
        )
    await here.database.apply(ops)
    await here.core.catalog.reload()


async def people_come_by(here: House, rng: random.Random) -> None:
    """What arrived from whom in the last two days, as the inbox keeps it."""
    rows = await here.database.fetch("SELECT telegram_id FROM person ORDER BY id")
    strangers = [(99_999,), (-100_500,)]
    ops = []
    for number in range(120):
        (lane,) = rng.choice([*rows, *strangers])
        at = here.now - timedelta(minutes=rng.randrange(2 * 1440))
        bot = rng.choice(("customer", "provider", "admin"))
        ops.append(
            Op("INSERT INTO inbox (bot, update_id, lane, body, received_at) VALUES (?, ?, ?, '', ?)",
               [bot, number, lane, int(at.timestamp() * 1000)])
        )  # fmt: skip
    await here.database.apply(ops)


async def visitors_look(here: House, rng: random.Random) -> None:
    """What customers looked for, saw and began in the last weeks, and what they wanted in vain."""
    people = [row[0] for row in await here.database.fetch("SELECT id FROM person ORDER BY id")]
    moments = sorted(here.now - timedelta(minutes=rng.randrange(40 * 1440)) for _ in range(150))
    for at in moments:
        place, service = (
            rng.choice((None, *PLACES)),
            rng.choice((0, *(s.id for s in here.services))),
        )
        wanted = at + timedelta(hours=rng.randrange(50)) if rng.random() < 0.5 else None
        here.core.traces.note(
            kind=rng.choice(sorted(TRACED)), person_id=rng.choice(people), service_id=service,
            lat=place.lat if place else None, lon=place.lon if place else None, wanted=wanted, now=at,
        )  # fmt: skip


async def counted(here: House) -> Bare:
    """From bare rows, with none of the product's reading."""
    bare, fetch = Bare(), here.database.fetch
    parents = dict(await fetch("SELECT id, parent_id FROM category"))
    trade = dict(await fetch("SELECT id, category_id FROM service"))
    orders: dict[int, Row] = {}
    for i, who, by, service, lat, lon, starts, made, state, reached, paid, pay in await fetch(
        "SELECT id, customer_id, provider_id, service_id, lat, lon, starts_at, created_at, state,"
        " reached, paid, pay FROM orders"
    ):
        near = min(PLACES, key=lambda p: km_between(one=(lat, lon), other=(p.lat, p.lon)))
        category = trade[service]
        while parents[category]:
            category = parents[category]
        orders[i] = {
            "order": i, "person": who, "provider": by, "service": service, "category": category,
            "district": near.district, "hour": local(starts).hour, "starts": local(starts),
            "state": state, "reached": as_facts(reached), "paid": paid, "pay": pay,
        }  # fmt: skip
        bare.events["placed"].append(orders[i] | {"day": local(made).date()})
    await _steps(here, bare, orders)
    await _money(here, bare, orders)
    for i, made, sum_ in await fetch(
        "SELECT order_id, created_at, quality + attitude + skill FROM review"
    ):
        bare.events["rated"].append(orders[i] | {"day": local(made).date(), "stars": sum_})
    for who, made in await fetch("SELECT id, created_at FROM person"):
        bare.events["joined"].append({"day": local(made).date(), "person": who})
    await here.core.traces.write()
    for kind, at, visitor, service, district, wanted in await fetch(
        "SELECT kind, at, visitor, service_id, district, wanted_at FROM trace"
    ):
        category = trade.get(service)
        while category and parents[category]:
            category = parents[category]
        bare.events[kind].append({
            "day": local(at).date(), "person": visitor, "service": service,
            "category": category or 0, "district": district, "hour": local(wanted or at).hour,
        })  # fmt: skip
    known = dict(await fetch("SELECT telegram_id, id FROM person"))
    for bot, lane, millis in await fetch("SELECT bot, lane, received_at FROM inbox"):
        if bot != "admin" and lane in known:
            day = datetime.fromtimestamp(millis / 1000, SHANGHAI).date()
            bare.events["active"].append({"day": day, "person": known[lane]})
    return bare


async def _steps(here: House, bare: Bare, orders: dict[int, Row]) -> None:
    causes = {"expire": "unpaid", "give_up": "nobody", "absent": "absent"}
    for i, verb, source, target, actor, at in await here.database.fetch(
        "SELECT order_id, verb, from_state, to_state, actor, at FROM order_step"
    ):
        one = orders[i] | {"day": local(at).date()}
        if target == "finished" and source == "working":
            arrived = one["reached"].get("arrived")
            on_time = arrived and datetime.fromisoformat(arrived) <= one["starts"] + LATE
            bare.events["done"].append(one | {"on_time": on_time})
        if target == "cancelled" != source:
            bare.events["cancelled"].append(one | {"cause": causes.get(verb, actor)})


async def _money(here: House, bare: Bare, orders: dict[int, Row]) -> None:
    """Leg by leg, as the chart of accounts says what each is."""
    for kind, i, at, account, amount in await here.database.fetch(
        "SELECT t.kind, t.order_id, t.at, l.account, l.amount FROM ledger_transaction t"
        " JOIN ledger_leg l ON l.transaction_id = t.id"
    ):
        if i not in orders:
            continue
        one = orders[i] | {"day": local(at).date(), "amount": int(amount)}
        if kind == "earned" and account.endswith(":pending") and amount < 0:
            bare.events["earned"].append(one | {"amount": -int(amount)})
        if kind in ("earned", "given_back") and account == "commission":
            bare.events["commission"].append(one | {"amount": -int(amount)})
        if kind == "refunded" and account.startswith("gateway:"):
            bare.events["refunded"].append(one | {"amount": -int(amount)})


def _sum(rows: Iterable[Row]) -> int:
    return sum(row["amount"] for row in rows)


def _share(part: int, whole: int) -> int | None:
    return round(part * 10_000 / whole) if whole else None


def _on_time(rows: list[Row]) -> int | None:
    known = [row["on_time"] for row in rows if row["on_time"] is not None]
    return _share(sum(known), len(known))


Plain = tuple[tuple[str, ...], Callable[[list[Row]], float | None]]
PLAIN: dict[Measure, Plain] = {
    Measure.ORDERS: (("placed",), len),
    Measure.DONE: (("done",), len),
    Measure.AMOUNT: (("earned",), _sum),
    Measure.COMMISSION: (("commission",), _sum),
    Measure.AVERAGE: (("earned",), lambda rows: _sum(rows) / len(rows) if rows else None),
    Measure.REFUNDS: (("refunded",), _sum),
    Measure.CANCELLED: (("cancelled",), len),
    Measure.CANCEL_RATE: (
        ("cancelled", "done"),
        lambda rows: _share(sum("cause" in row for row in rows), len(rows)),
    ),
    Measure.ON_TIME: (("done",), _on_time),
    Measure.RATING: (
        ("rated",), lambda rows: sum(r["stars"] for r in rows) / (3 * len(rows)) if rows else None,
    ),
    Measure.REVIEWS: (("rated",), len),
    Measure.CUSTOMERS: (("placed",), lambda rows: len({row["person"] for row in rows})),
    Measure.NEW_USERS: (("joined",), len),
    Measure.ACTIVE: (("active",), lambda rows: len({row["person"] for row in rows})),
    Measure.SEARCHES: (("sought",), len),
    Measure.UNMET: (("unmet",), len),
}  # fmt: skip
KEYS: dict[Dimension, Callable[[Row], Any]] = {
    Dimension.CATEGORY: lambda row: row["category"],
    Dimension.SERVICE: lambda row: row["service"],
    Dimension.DISTRICT: lambda row: row["district"],
    Dimension.HOUR: lambda row: row["hour"],
    Dimension.WEEKDAY: lambda row: row["day"].weekday(),
    Dimension.DAY: lambda row: row["day"].toordinal(),
    Dimension.PROVIDER: lambda row: row["provider"],
    Dimension.CAUSE: lambda row: row["cause"],
    Dimension.STATE: lambda row: row["state"],
}


def expected(bare: Bare, measure: Measure, span: Span) -> tuple[float | None, list[Row]]:
    kinds, value = PLAIN[measure]
    rows = [row for kind in kinds for row in bare.within(kind, span.first, span.end)]
    return value(rows), rows


def compare_whole(bare: Bare, whole: Whole) -> Counter[str]:
    """Every measure of the span as the database adds it up; which of them had a value."""
    seen: Counter[str] = Counter()
    for measure, counted in MEASURES.items():
        value, _ = expected(bare, measure, whole.span)
        assert counted.of(whole) == pytest.approx(value), (measure, whole.span)
        seen[measure] += bool(value)
    return seen


def compare(bare: Bare, facts: Facts) -> Counter[str]:
    """Every measure of the span, and by every dimension there is for it; which of them had a value."""
    seen: Counter[str] = Counter()
    for measure, counted in MEASURES.items():
        value, rows = expected(bare, measure, facts.span)
        assert counted.of(facts) == pytest.approx(value), (measure, facts.span)
        seen[measure] += bool(value)
        for dimension in counted.by:
            piles: dict[Any, list[Row]] = defaultdict(list)
            for row in rows:
                piles[KEYS[dimension](row)].append(row)
            plain = {(key,): PLAIN[measure][1](some) for key, some in piles.items()}
            plain = {key: value for key, value in plain.items() if value is not None}
            assert split(measure=measure, facts=facts, by=[dimension]) == pytest.approx(plain), (
                measure, dimension, facts.span,
            )  # fmt: skip
    return seen


async def test_every_figure_equals_a_count_of_the_rows(here: House) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    await Life(here, seed=seed).goes_on(110)
    rng = random.Random(seed)
    await scatter(here, rng)
    await people_come_by(here, rng)
    await visitors_look(here, rng)
    bare = await counted(here)
    seen: Counter[str] = Counter()
    for unit in SHOWN:
        look = await looked(here, Span.of(unit, here.now.date()))
        for whole in (look.before, *look.row):
            seen += compare_whole(bare, whole)
        for span in (look.span, look.span.before):
            seen += compare(bare, await here.core.platform.of(span=span, now=here.now))
        the_way(bare, look.now)
        what_is_usual(bare, look.now)
        assert look.users == len(bare.events["joined"])
        assert (look.row[-1].span, look.row[-2].span) == (look.span, look.before.span)
        active_lately(bare, look, here.now)
    days = Span.between(here.now.date() - timedelta(days=47), here.now.date() - timedelta(days=3))
    look = await looked(here, days)
    seen += compare(bare, look.now)
    for whole in (look.before, *look.row):
        seen += compare_whole(bare, whole)
    for kind in set(look.now.of) - {Kind.ACTIVE}:
        assert sum(part.sums(kind).count for part in look.row) == look.now.sums(kind).count, kind
    # Months of a town must have brought about everything there is to count.
    assert set(MEASURES) - set(seen) == set(), seen
    assert any(row["amount"] < 0 for row in bare.events["commission"]), "none was given up"
    ended = [row for row in bare.events["placed"] if row["state"] == "cancelled"]
    assert len(bare.events["cancelled"]) == len(ended)
    causes = {row["cause"] for row in bare.events["cancelled"]}
    assert causes <= set(Cause)
    assert len(causes) >= 3, causes


async def looked(here: House, span: Span) -> Look:
    return await here.core.platform.look(span=span, now=here.now)


def active_lately(bare: Bare, look: Look, now: datetime) -> None:
    last = min(look.span.last, now.astimezone(SHANGHAI).date())
    for days, told in ((1, look.active.day), (WEEK, look.active.week), (MONTH, look.active.month)):
        rows = bare.within("active", last - timedelta(days=days - 1), last + timedelta(days=1))
        assert told == len({row["person"] for row in rows})


async def test_who_was_active_stays_known_when_what_came_is_forgotten(here: House) -> None:
    await here.customers(5)
    rng = random.Random(4)
    await people_come_by(here, rng)
    span = Span.between(here.now.date() - timedelta(days=3), here.now.date())
    before = MEASURES[Measure.ACTIVE].of((await looked(here, span)).now)
    assert before
    await here.database.apply([Op("DELETE FROM inbox")])
    assert MEASURES[Measure.ACTIVE].of((await looked(here, span)).now) == before
    here.now += timedelta(days=500)  # the rule's time is over
    await here.core.platform.note_active(now=here.now)
    await here.core.tidying.tidy(now=here.now)
    assert await here.database.fetch("SELECT COUNT(*) FROM active_day") == [(0,)]


async def test_the_figures_of_one_district_are_its_part_of_all(here: House) -> None:
    await Life(here, seed=6).goes_on(20)
    await scatter(here, random.Random(6))
    span = Span.between(date(2026, 5, 1), here.now.date())
    facts = await here.core.platform.of(span=span, now=here.now)
    parts = split(measure=Measure.ORDERS, facts=facts, by=[Dimension.DISTRICT])
    text = f"静安区 {here.services[1].names['zh_CN']} 的订单"
    found = asked_of(
        text=text, today=here.now.date(), catalog=here.core.catalog, places=here.core.places
    )
    assert found is not None
    question, to = found
    assert (question.measure, question.by) == (Measure.ORDERS, None)
    assert to == {Dimension.DISTRICT: "静安区", Dimension.SERVICE: here.services[1].id}
    there = narrowed(facts=facts, to={Dimension.DISTRICT: "静安区"})
    assert MEASURES[Measure.ORDERS].of(there) == parts["静安区",]
    both = split(measure=Measure.ORDERS, facts=facts, by=[Dimension.DISTRICT, Dimension.SERVICE])
    count = MEASURES[Measure.ORDERS].of(narrowed(facts=facts, to=to))
    assert count == both.get(("静安区", here.services[1].id), 0)


async def test_the_first_of_a_ranking_is_the_largest_and_of_the_lowest_the_smallest(
    here: House,
) -> None:
    await Life(here, seed=5).goes_on(25)
    await scatter(here, random.Random(5))
    facts = await here.core.platform.of(
        span=Span.between(date(2026, 5, 1), here.now.date()), now=here.now
    )
    down = ranked(measure=Measure.AMOUNT, facts=facts, by=Dimension.SERVICE)
    up = ranked(measure=Measure.AMOUNT, facts=facts, by=Dimension.SERVICE, lowest=True)
    assert [value for _, value in down] == sorted((v for _, v in down), reverse=True)
    assert sorted(up) == sorted(down)
    assert up[0][1] == min(value for _, value in up)


def the_way(bare: Bare, facts: Facts) -> None:
    """Customers a day: who came so far or further."""

    def came(*kinds: str) -> set[tuple[date, int]]:
        rows = [row for k in kinds for row in bare.within(k, facts.span.first, facts.span.end)]
        return {(row["day"], row["person"]) for row in rows}

    orders = bare.within("placed", facts.span.first, facts.span.end)
    plain = {
        Stage.SOUGHT: len(came("sought", "seen", "begun")), Stage.SEEN: len(came("seen", "begun")),
        Stage.BEGUN: len(came("begun")), Stage.PLACED: len(came("placed")),
        Stage.PAID: len({
            (one["day"], one["person"]) for one in orders if one["paid"] or one["state"] in OVER
        }),
        Stage.DONE: len({(o["day"], o["person"]) for o in orders if o["state"] in OVER}),
    }  # fmt: skip
    steps = funnel(facts=facts)
    assert {step.stage: step.count for step in steps} == plain
    assert [step.count for step in steps[:3]] == sorted((s.count for s in steps[:3]), reverse=True)
    assert [step.count for step in steps[3:]] == sorted((s.count for s in steps[3:]), reverse=True)


def what_is_usual(bare: Bare, facts: Facts) -> None:
    span, found = facts.span, habits(facts=facts)
    sought = bare.within("sought", span.first, span.end)
    orders = bare.within("placed", span.first, span.end)
    assert (found.searches, found.orders) == (len(sought), len(orders))
    assert found.visitors == len({(row["day"], row["person"]) for row in sought})
    times = Counter(row["service"] for row in sought)
    assert all(times[int(service)] == count for service, count in found.looked)
    assert [count for _, count in found.looked] == [count for _, count in times.most_common(3)]
    each = Counter(row["person"] for row in orders)
    assert found.customers == len(each)
    assert found.again == _share(sum(count > 1 for count in each.values()), len(each))
    same = sum(row["starts"].date() == row["day"] for row in orders)
    assert found.same_day == _share(same, len(orders))
    online = sum(row["pay"] != "on_site" for row in orders)
    assert found.online == _share(online, len(orders))
    earned = bare.within("earned", span.first, span.end)
    prices = sorted(row["amount"] for row in earned)
    if prices:
        half = len(prices) // 2
        middle = prices[half] if len(prices) % 2 else (prices[half - 1] + prices[half]) / 2
        assert found.middle == middle
        assert found.per_customer == sum(prices) / len({row["person"] for row in earned})
    if orders:
        assert Counter(row["hour"] for row in orders)[found.hour] == max(
            Counter(row["hour"] for row in orders).values()
        )
        assert Counter(row["starts"].weekday() for row in orders)[found.weekday] == max(
            Counter(row["starts"].weekday() for row in orders).values()
        )


@pytest.mark.feature("C6")
async def test_nobody_can_be_told_from_what_visitors_did(here: House) -> None:
    """Each thing once an hour; the same visitor all day, another the next; the key goes, in time the rows as well."""
    await here.service()
    person, other = await here.customers(2)

    def looks(who: int, **later: float) -> None:
        here.core.traces.note(
            kind=Kind.SOUGHT, person_id=who, service_id=here.services[0].id,
            now=here.now + timedelta(**later),
        )  # fmt: skip

    looks(person.id)
    looks(person.id, minutes=5)
    looks(person.id, hours=3)
    looks(other.id)
    looks(person.id, days=1)
    assert await here.database.fetch("SELECT * FROM trace") == []  # nothing waits for it
    await here.core.traces.write()
    rows = await here.database.fetch("SELECT at, visitor FROM trace ORDER BY at")
    assert len(rows) == 4
    visitors = Counter((local(at).date(), visitor) for at, visitor in rows)
    assert sorted(visitors.values()) == [1, 1, 2]
    assert not {person.id, other.id, person.telegram_id} & {int(visitor) for _, visitor in rows}
    await here.core.traces.tidy(now=here.now + timedelta(days=2))
    assert await here.database.fetch("SELECT * FROM trace_key") == []
    await here.core.tidying.tidy(now=here.now + timedelta(days=500))
    assert await here.database.fetch("SELECT * FROM trace") == []
