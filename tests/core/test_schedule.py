"""Hours, days off and area: what is offered lies inside them, and what a change touches is known before."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.availability.slots import DayPart, Need, Shift, Week, starts
from core.errors import Invalid
from core.orders.model import Order
from core.people.amending import LONGEST_HOLIDAY, Amendment, Stretch
from core.people.days import Days
from core.people.model import Provider
from core.people.schedule import Plan, Schedule
from core.people.touched import Touched
from tests.builders import NOW, ZONE, Town, town

pytestmark = pytest.mark.feature("P6")
SHANGHAI = ZoneInfo(ZONE)


@dataclass
class Shop:
    town: Town
    schedule: Schedule
    touched: Touched
    days: Days
    provider: Provider
    order: Order

    @property
    def me(self) -> int:
        return self.provider.person_id

    async def by(self, amendment: Amendment) -> list[int]:
        """The orders it would touch."""
        found = await self.touched.by(person_id=self.me, amendment=amendment, now=NOW)
        return [order.id for order in found]

    async def amends(self, amendment: Amendment) -> Plan:
        return await self.schedule.amend(person_id=self.me, amendment=amendment, now=NOW)

    async def free(self, day: date) -> list[str]:
        """The starts offered for an hour's work, by the clock."""
        calendar = await self.town.availability.calendar(provider=self.provider, now=NOW)
        found = self.town.availability.starts(calendar=calendar, minutes=60, day=day, now=NOW)
        return [start.astimezone(SHANGHAI).strftime("%H:%M") for start in found]


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """A provider who works 9 to 18 with one visit tomorrow from 14:00 to 15:30."""
    async with town(tmp_path) as place:
        service = await place.service()
        provider = await place.provider(service=service)
        tomorrow = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
        order = await place.order(
            customer=await place.person(), service=service, provider=provider, start=tomorrow
        )
        schedule = Schedule(store=place.store, availability=place.availability, new_id=place.new_id)
        touched = Touched(store=place.store, schedule=schedule)
        yield Shop(
            place,
            schedule,
            touched,
            Days(store=place.store, schedule=schedule, rules=place.rules),
            provider,
            order,
        )


async def test_hours_that_would_leave_a_visit_outside_name_it(shop: Shop) -> None:
    assert await shop.by(Amendment({1: [(540, 720)]})) == [shop.order.id]
    assert await shop.by(Amendment({1: [(780, 1080)]})) == []


async def test_a_break_over_a_visit_touches_it(shop: Shop) -> None:
    pause = Amendment({day: [(540, 870), (885, 1080)] for day in range(7)})
    assert await shop.by(pause) == [shop.order.id]


async def test_a_day_off_and_a_smaller_area_name_the_visits_they_touch(shop: Shop) -> None:
    day = date(2026, 3, 3)
    for opens, closes, touches in ((0, 1440, 1), (840, 870, 1), (540, 840, 0), (930, 1440, 0)):
        off = Amendment(off=(Stretch(day, day, opens, closes),))
        assert await shop.by(off) == [shop.order.id] * touches
    away = {"lat": 31.5, "lon": 121.9, "radius_m": 3000}
    far = await shop.touched.by_area(person_id=shop.me, now=NOW, **away)
    assert [order.id for order in far] == [shop.order.id]


async def test_a_visit_at_whose_door_he_stands_already_is_not_touched(shop: Shop) -> None:
    day = date(2026, 3, 3)
    off, at = Amendment(off=(Stretch(day, day),)), {"order_id": shop.order.id, "person_id": shop.me}
    for verb, touches in (("accept", 1), ("depart", 1), ("arrive", 0)):
        await getattr(shop.town.jobs, verb)(**at, now=NOW)
        assert await shop.by(off) == [shop.order.id] * touches, verb


async def test_saved_hours_are_what_customers_are_offered(shop: Shop) -> None:
    await shop.amends(Amendment({2: [(600, 720), (780, 900)]}))
    calendar = await shop.town.availability.calendar(provider=shop.provider, now=NOW)
    found = shop.town.availability.starts(
        calendar=calendar, minutes=60, day=date(2026, 3, 4), now=NOW
    )
    local = [start.astimezone(SHANGHAI).strftime("%H:%M") for start in found]
    assert local == ["10:00", "10:15", "10:30", "13:00", "13:15", "13:30"]  # buffer: 30 minutes


async def test_a_day_off_offers_nothing_until_it_is_given_back(shop: Shop) -> None:
    day = date(2026, 3, 4)
    for off in (True, False):
        whole = (Stretch(day, day),)
        await shop.amends(Amendment(off=whole) if off else Amendment(back=whole))
        calendar = await shop.town.availability.calendar(provider=shop.provider, now=NOW)
        found = shop.town.availability.starts(calendar=calendar, minutes=60, day=day, now=NOW)
        assert bool(found) is not off


async def test_a_part_of_a_day_is_taken_off_and_given_back_piece_by_piece(shop: Shop) -> None:
    day = date(2026, 3, 4)
    await shop.amends(Amendment(off=(Stretch(day, day, 720, 900),)))
    plan = await shop.amends(Amendment(off=(Stretch(day, day, 840, 1440),)))
    assert plan.off == (DayPart(day, 720, 1440),)
    assert plan.days_off == ()
    assert (await shop.free(day))[-1] == "10:30"  # an hour and the half hour of buffer end at noon
    plan = await shop.amends(Amendment(back=(Stretch(day, day, 780, 960),)))
    assert plan.off == (DayPart(day, 720, 780), DayPart(day, 960, 1440))
    assert [time for time in await shop.free(day) if time > "12"] == [
        *(f"13:{minute:02}" for minute in (0, 15, 30, 45)), "14:00", "14:15", "14:30",
    ]  # fmt: skip
    plan = await shop.amends(Amendment(off=(Stretch(day, day),)))
    assert plan.days_off == (day,)
    assert await shop.free(day) == []
    assert (await shop.amends(Amendment(back=(Stretch(day, day),)))).off == ()


async def test_a_holiday_takes_all_its_days_and_names_the_visits_on_them(shop: Shop) -> None:
    days = [date(2026, 3, 2) + timedelta(days=ahead) for ahead in range(4)]
    holiday = Amendment(off=(Stretch(days[0], days[-1]),))
    assert await shop.by(holiday) == [shop.order.id]
    for _ in range(2):  # a second time changes nothing
        plan = await shop.amends(holiday)
    assert list(plan.days_off) == days
    calendar = await shop.town.availability.calendar(provider=shop.provider, now=NOW)
    first = shop.town.availability.days(calendar=calendar, minutes=60, now=NOW)[0]
    assert first == date(2026, 3, 6)
    for first, last in ((0, -1), (-1, 3), (0, LONGEST_HOLIDAY)):
        begin = days[0] + timedelta(days=first)
        with pytest.raises(Invalid):
            await shop.amends(Amendment(off=(Stretch(begin, days[0] + timedelta(days=last)),)))


async def test_who_is_off_duty_is_offered_nowhere_and_keeps_the_visits(shop: Shop) -> None:
    for working in (False, True):
        provider = await shop.schedule.set_working(person_id=shop.me, working=working, now=NOW)
        calendar = await shop.town.availability.calendar(provider=provider, now=NOW)
        days = shop.town.availability.days(calendar=calendar, minutes=60, now=NOW)
        assert bool(days) is working
        tomorrow = date(2026, 3, 3)
        found = shop.town.availability.starts(calendar=calendar, minutes=60, day=tomorrow, now=NOW)
        assert bool(found) is working
    _, seen = await shop.days.look(person_id=shop.me, first=tomorrow, count=1, now=NOW)
    assert [visit.order.id for visit in seen[0].visits] == [shop.order.id]


@pytest.mark.feature("P7")
async def test_a_day_lists_its_visits_with_the_way_to_them(shop: Shop) -> None:
    _, days = await shop.days.look(person_id=shop.me, first=date(2026, 3, 2), count=7, now=NOW)
    assert [len(day.visits) for day in days] == [0, 1, 0, 0, 0, 0, 0]
    visit = days[1].visits[0]
    assert visit.order.id == shop.order.id
    assert 0 < visit.km < 1


@pytest.mark.parametrize(
    "spans",
    [[(300, 600)], [(540, 1330)], [(545, 600)], [(600, 600)], [(540, 720), (700, 900)]],
)
def test_hours_outside_the_day_off_the_quarter_or_over_each_other_are_refused(
    spans: list[tuple[int, int]],
) -> None:
    with pytest.raises(Invalid):
        Amendment({0: spans}).check(today=date(2026, 3, 2), minute=0)


quarters = st.integers(min_value=24, max_value=88).map(lambda number: number * 15)
days = st.lists(st.lists(quarters, min_size=4, max_size=4, unique=True).map(sorted), max_size=7)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(edges=days, minutes=st.integers(15, 240), buffer=st.sampled_from([0, 15, 30, 60]))
def test_nothing_is_ever_offered_outside_the_hours(
    edges: list[list[int]], minutes: int, buffer: int
) -> None:
    """Whole visits with their buffer lie inside one stretch of the day."""
    shifts = [Shift(day, *pair) for day, four in enumerate(edges) for pair in (four[:2], four[2:])]
    week = Week(zone=ZONE, hours=tuple(shifts))
    for ahead in range(8):
        day = date(2026, 3, 2) + timedelta(days=ahead)
        found = starts(
            week=week, need=Need(minutes, buffer), day=day, claimed=(), now=NOW,
            notice=timedelta(hours=1),
        )  # fmt: skip
        for start in found:
            local = start.astimezone(SHANGHAI)
            begin = local.hour * 60 + local.minute
            assert any(
                s.weekday == day.weekday() and s.opens <= begin and begin + minutes <= s.closes
                for s in shifts
            )


async def test_extra_hours_on_a_free_date_are_offered_until_they_are_taken_away(shop: Shop) -> None:
    day = date(2026, 3, 7)  # a Saturday
    await shop.amends(Amendment({5: ()}))
    assert await shop.free(day) == []
    extra = (Stretch(day, day, 540, 720),)
    plan = await shop.amends(Amendment(extra=extra))
    assert plan.more == (DayPart(day, 540, 720),)
    assert await shop.free(day) == [
        f"{hour:02}:{minute:02}" for hour, minute in
        ((9, 0), (9, 15), (9, 30), (9, 45), (10, 0), (10, 15), (10, 30))
    ]  # fmt: skip
    plan = await shop.amends(Amendment(off=(Stretch(day, day),)))  # a day off hides them …
    assert await shop.free(day) == []
    plan = await shop.amends(Amendment(back=(Stretch(day, day),)))
    assert await shop.free(day) != []  # … and gives them back
    plan = await shop.amends(Amendment(less=extra))
    assert plan.more == ()
    assert await shop.free(day) == []


@pytest.mark.parametrize(("closes", "fine"), [(600, False), (720, False), (735, True)])
def test_extra_hours_that_are_over_are_refused_and_those_that_run_are_not(
    closes: int, fine: bool
) -> None:
    day = date(2026, 3, 7)
    extra = Amendment(extra=(Stretch(day, day, 540, closes),))
    if fine:
        extra.check(today=day, minute=720)
    else:
        with pytest.raises(Invalid, match="over"):
            extra.check(today=day, minute=720)
    extra.check(today=date(2026, 3, 6), minute=720)


async def test_extra_hours_work_on_a_day_that_was_taken_off_and_name_what_their_end_touches(
    shop: Shop,
) -> None:
    day = date(2026, 3, 3)
    await shop.amends(Amendment({1: ()}, off=(Stretch(day, day),)))
    await shop.amends(Amendment(extra=(Stretch(day, day, 780, 1050),)))
    assert await shop.free(day) == ["16:00"]  # after the visit and its buffer
    for less, touches in ((Stretch(day, day, 960, 1050), 0), (Stretch(day, day, 780, 900), 1)):
        assert await shop.by(Amendment(less=(less,))) == [shop.order.id] * touches


@pytest.mark.parametrize("span", [(300, 600), (540, 1335), (545, 600), (600, 600)])
def test_extra_hours_outside_the_day_or_off_the_quarter_are_refused(span: tuple[int, int]) -> None:
    day = date(2026, 3, 7)
    with pytest.raises(Invalid):
        Amendment(extra=(Stretch(day, day, *span),)).check(today=day, minute=0)
