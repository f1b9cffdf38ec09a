"""Statistics are the records: every figure of months is counted a second time, from bare rows and in another way."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.figures.counting import OF_RECORDS, Figures, Group, parts
from core.figures.model import Cause, Fate
from core.figures.service import Review as Shown
from core.figures.spans import SHOWN
from core.people.model import Provider
from core.records.model import Sought
from db.codec import as_time
from tests.builders import ZONE
from tests.money.house import House
from tests.money.lives import Life

pytestmark = [pytest.mark.feature("P10"), pytest.mark.timeout(300)]
SHANGHAI = ZoneInfo(ZONE)
LEAVING = {"decline", "time_out", "unseen", "drop", "replace", "reassign"}
PROMISED = {"accepted", "on_the_way", "arrived", "working"}
FATES = {
    "accept": Fate.ACCEPTED, "decline": Fate.DECLINED, "time_out": Fate.SILENT,
    "unseen": Fate.UNSEEN,
}  # fmt: skip


def as_facts(raw: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(raw) if isinstance(raw, str) else raw
    return found


@dataclass
class Count:
    """What one provider's figures must be, day by day."""

    fates: dict[date, Counter[Fate]] = field(default_factory=dict)
    done: dict[date, list[int]] = field(default_factory=dict)
    lost: dict[date, Counter[Cause]] = field(default_factory=dict)
    asked: dict[date, list[int]] = field(default_factory=dict)

    def asks(self, at: Any, order_id: int, fate: Fate) -> None:
        day = local(at)
        self.fates.setdefault(day, Counter())[fate] += 1
        self.asked.setdefault(day, []).append(order_id)


def local(at: Any) -> date:
    moment = as_time(at)
    assert moment is not None
    return moment.astimezone(SHANGHAI).date()


async def recount(here: House, provider: Provider) -> Count:
    """Order by order along its timeline; whose it was follows from who lost it and who came."""
    count = Count()
    rows = await here.database.fetch(
        "SELECT s.order_id, s.verb, s.from_state, s.to_state, s.actor, s.at, s.facts, o.provider_id"
        " FROM order_step s JOIN orders o ON o.id = s.order_id ORDER BY s.order_id, s.version"
    )
    lines: dict[int, list[Any]] = {}
    for row in rows:
        lines.setdefault(row[0], []).append((*row[1:6], as_facts(row[6]), row[7]))
    for order_id, line in lines.items():
        lost = [facts["provider"] for verb, *_, facts, _ in line if verb in LEAVING]
        holder = lost[0] if lost else line[-1][-1]
        asked_at = None
        for verb, source, target, actor, at, facts, _ in line:
            if verb in ("offer", "choose", "take"):
                holder = facts["provider"]
            mine = holder == provider.id
            if mine and source == "offered" and target != "offered":
                count.asks(asked_at, order_id, FATES.get(verb, Fate.GONE))
            if target == "offered" and source != "offered":
                asked_at = at
            if mine and verb == "finish":
                count.done.setdefault(local(at), []).append(order_id)
            if mine and source in PROMISED:
                cause = {"drop": Cause.MINE, "replace": Cause.MINE, "reassign": Cause.STAFF,
                         "absent": Cause.ABSENT}.get(verb)  # fmt: skip
                if verb == "cancel":
                    cause = Cause(actor)
                if cause:
                    count.lost.setdefault(local(at), Counter())[cause] += 1
    await _asked_with_others(here, provider, lines, count)
    return count


async def _asked_with_others(
    here: House, provider: Provider, lines: dict[int, list[Any]], count: Count
) -> None:
    fates = {"won": Fate.ACCEPTED, "no": Fate.DECLINED, "silent": Fate.SILENT,
             "unseen": Fate.UNSEEN, "gone": Fate.GONE, "": Fate.OPEN}  # fmt: skip
    for order_id, wave, answer in await here.database.fetch(
        "SELECT order_id, wave, answer FROM ask WHERE provider_id = ?", [provider.id]
    ):
        at = next(
            at for verb, _, _, _, at, facts, _ in lines[order_id]
            if verb == "ask" and (facts["provider"], facts["wave"]) == (provider.id, wave)
        )  # fmt: skip
        count.asks(at, order_id, fates[answer])


async def money(here: House, provider: Provider, first: datetime, end: datetime) -> dict[str, int]:
    """From the legs of the book, each by what it is."""
    sums = dict.fromkeys(("gross", "commission", "extra", "penalties"), 0)
    for kind, amount in await here.database.fetch(
        "SELECT t.kind, l.amount FROM ledger_leg l JOIN ledger_transaction t"
        " ON t.id = l.transaction_id WHERE l.account = ? AND t.at >= ? AND t.at < ?",
        [f"provider:{provider.id}:pending", first, end],
    ):
        if kind == "earned":
            sums["gross" if amount < 0 else "commission"] += abs(int(amount))
        elif kind == "cancelled":
            sums["extra"] -= int(amount)
        elif kind == "given_back":
            sums["penalties"] += int(amount)
    return sums


def within(days: dict[date, Any], first: date, end: date) -> list[Any]:
    return [value for day, value in days.items() if first <= day < end]


@pytest.fixture
async def lived(here: House) -> tuple[House, list[Provider]]:
    return here, await Life(here, seed=11).goes_on(150)


async def test_every_figure_equals_the_records_behind_it(
    lived: tuple[House, list[Provider]],
) -> None:
    here, providers = lived
    seen: Counter[str] = Counter()
    for provider in providers:
        count = await recount(here, provider)
        for unit in SHOWN:
            shown = await here.core.statistics.look(
                person_id=provider.person_id, unit=unit, day=here.now.date(), now=here.now
            )
            for figures in shown.row:
                await compare(here, provider, count, figures, seen)
        await piles_are_the_figures(here, provider, shown)
    # The seed must have brought about everything there is to count.
    lacking = {*map(str, Fate), *map(str, Cause), "done", "late", "again", "rated", "penalties"} - {
        name for name, times in seen.items() if times
    }
    assert lacking == {str(Fate.OPEN)}, seen


async def compare(
    here: House, provider: Provider, count: Count, figures: Any, seen: Counter[str]
) -> None:
    span = figures.span
    first, end = span.moments(SHANGHAI)
    fates = sum(within(count.fates, span.first, span.end), Counter[Fate]())
    assert figures.fates == fates, span
    said = fates[Fate.ACCEPTED] + fates[Fate.DECLINED] + fates[Fate.SILENT]
    assert figures.acceptance == (round(fates[Fate.ACCEPTED] * 10_000 / said) if said else None)
    assert figures.lost == sum(within(count.lost, span.first, span.end), Counter[Cause]())
    done = [one for some in within(count.done, span.first, span.end) for one in some]
    assert sorted(one.order_id for one in figures.past.visits) == sorted(done)
    sums = await money(here, provider, first, end)
    mine = figures.earned
    assert (mine.gross, mine.commission, mine.extra, mine.penalties) == tuple(sums.values())
    assert mine.net == sums["gross"] - sums["commission"] + sums["extra"] - sums["penalties"]
    seen["penalties"] += bool(sums["penalties"])
    late, again, worked = await of_visits(here, provider, done)
    assert sum(one.on_time is False for one in figures.past.visits) == late
    assert figures.regulars == again
    assert figures.worked == worked
    rated = await stars(here, provider, first, end)
    mean = figures.stars
    assert (mean.count if mean else 0) == len(rated)
    if mean:
        assert mean.mean == pytest.approx(sum(map(sum, rated)) / (3 * len(rated)))
        assert mean.skill == pytest.approx(sum(one[2] for one in rated) / len(rated))
    seen.update({**{str(k): v for k, v in (fates + Counter()).items()}})
    seen.update({str(k): v for k, v in figures.lost.items()})
    seen.update({"done": len(done), "late": late, "again": again, "rated": len(rated)})


async def of_visits(here: House, provider: Provider, done: list[int]) -> tuple[int, int, timedelta]:
    """(not on time, customers who came back, time between start and finish)"""
    rows = await here.database.fetch(
        "SELECT id, customer_id, starts_at, state, reached FROM orders WHERE provider_id = ?",
        [provider.id],
    )
    orders = {row[0]: (row[1], as_time(row[2]), row[3], as_facts(row[4])) for row in rows}
    first: dict[int, Any] = {}
    for customer, starts, state, _ in orders.values():
        if state in ("finished", "disputed", "closed"):
            first[customer] = min(starts, first.get(customer, starts))
    late, again, worked = 0, set(), timedelta()
    for order_id in done:
        customer, starts, _, reached = orders[order_id]
        arrived, began, ended = (
            datetime.fromisoformat(reached[name]) for name in ("arrived", "working", "finished")
        )
        late += arrived > starts + timedelta(minutes=10)
        worked += ended - began
        if first[customer] < starts:
            again.add(customer)
    return late, len(again), worked


async def stars(
    here: House, provider: Provider, first: datetime, end: datetime
) -> list[tuple[int, int, int]]:
    rows = await here.database.fetch(
        "SELECT quality, attitude, skill FROM review WHERE provider_id = ?"
        " AND created_at >= ? AND created_at < ?", [provider.id, first, end],
    )  # fmt: skip
    return [(int(a), int(b), int(c)) for a, b, c in rows]


async def piles_are_the_figures(here: House, provider: Provider, shown: Shown) -> None:
    figures = shown.before
    for group in Group:
        of_pile, orders = await here.core.statistics.behind(
            person_id=provider.person_id, unit=figures.span.unit, day=figures.span.first,
            group=group, now=here.now,
        )  # fmt: skip
        assert of_pile == figures
        sizes = {
            Group.DONE: figures.done, Group.LOST: len({o.order_id for o in figures.past.lost}),
            Group.EARNED: len(figures.earned.booked), Group.RATED: len(figures.past.reviews),
            Group.ASKED: len({o.order_id for o in figures.past.questions}),
        }  # fmt: skip
        if group in sizes:
            assert len(orders) == sizes[group], group
        await parts_are_the_pile(here, provider, figures, group, [order.id for order in orders])
        if group in OF_RECORDS:
            ids = frozenset(order.id for order in orders)
            found = await here.core.records.found(
                person_id=provider.person_id, sought=Sought(only=ids)
            )
            assert {one.order_id for one in found} == ids, "each of them is a record"


async def parts_are_the_pile(
    here: House, provider: Provider, figures: Figures, group: Group, whole: list[int]
) -> None:
    found = parts(figures=figures, group=group)
    counted = {Group.LOST: figures.lost, Group.ASKED: figures.fates}.get(group, {})
    assert {name: len(ids) for name, ids in found.items()} == counted
    for part in found:
        _, orders = await here.core.statistics.behind(
            person_id=provider.person_id, unit=figures.span.unit, day=figures.span.first,
            group=group, part=part, now=here.now,
        )  # fmt: skip
        assert {order.id for order in orders} == set(found[part])
    assert {one for ids in found.values() for one in ids} == (set(whole) if found else set())
