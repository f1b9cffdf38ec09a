"""Hours, days off and area: what is offered lies inside them, and what a change touches is known before."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.provider import reading
from core.availability.slots import Need, Shift, Week, starts
from core.errors import Invalid
from core.orders.model import Order
from core.people.days import Days
from core.people.model import Provider
from core.people.schedule import LONGEST_HOLIDAY, Schedule, check_hours
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
            place, schedule, touched, Days(store=place.store, schedule=schedule), provider, order
        )


async def test_hours_that_would_leave_a_visit_outside_name_it(shop: Shop) -> None:
    touched = await shop.touched.by_hours(
        person_id=shop.me, weekdays=[1], spans=[(540, 720)], now=NOW
    )
    assert [order.id for order in touched] == [shop.order.id]
    kept = await shop.touched.by_hours(
        person_id=shop.me, weekdays=[1], spans=[(780, 1080)], now=NOW
    )
    assert kept == []


async def test_a_break_over_a_visit_touches_it(shop: Shop) -> None:
    touched = await shop.touched.by_hours(
        person_id=shop.me, weekdays=range(7), spans=[(540, 870), (885, 1080)], now=NOW
    )
    assert [order.id for order in touched] == [shop.order.id]


async def test_a_day_off_and_a_smaller_area_name_the_visits_they_touch(shop: Shop) -> None:
    off = await shop.touched.by_days_off(person_id=shop.me, days=[date(2026, 3, 3)], now=NOW)
    assert [order.id for order in off] == [shop.order.id]
    away = {"lat": 31.5, "lon": 121.9, "radius_m": 3000}
    far = await shop.touched.by_area(person_id=shop.me, now=NOW, **away)
    assert [order.id for order in far] == [shop.order.id]


async def test_saved_hours_are_what_customers_are_offered(shop: Shop) -> None:
    await shop.schedule.set_hours(
        person_id=shop.me, weekdays=[2], spans=[(600, 720), (780, 900)], now=NOW
    )
    calendar = await shop.town.availability.calendar(provider=shop.provider, now=NOW)
    found = shop.town.availability.starts(
        calendar=calendar, minutes=60, day=date(2026, 3, 4), now=NOW
    )
    local = [start.astimezone(SHANGHAI).strftime("%H:%M") for start in found]
    assert local == ["10:00", "10:15", "10:30", "13:00", "13:15", "13:30"]  # buffer: 30 minutes


async def test_a_day_off_offers_nothing_until_it_is_given_back(shop: Shop) -> None:
    day = date(2026, 3, 4)
    for off in (True, False):
        await shop.schedule.set_day_off(person_id=shop.me, day=day, off=off, now=NOW)
        calendar = await shop.town.availability.calendar(provider=shop.provider, now=NOW)
        found = shop.town.availability.starts(calendar=calendar, minutes=60, day=day, now=NOW)
        assert bool(found) is not off


async def test_a_holiday_takes_all_its_days_and_names_the_visits_on_them(shop: Shop) -> None:
    days = [date(2026, 3, 2) + timedelta(days=ahead) for ahead in range(4)]
    touched = await shop.touched.by_days_off(person_id=shop.me, days=days, now=NOW)
    assert [order.id for order in touched] == [shop.order.id]
    for _ in range(2):  # a second time changes nothing
        plan = await shop.schedule.take_off(
            person_id=shop.me, first=days[0], last=days[-1], now=NOW
        )
    assert list(plan.days_off) == days
    calendar = await shop.town.availability.calendar(provider=shop.provider, now=NOW)
    first = shop.town.availability.days(calendar=calendar, minutes=60, now=NOW)[0]
    assert first == date(2026, 3, 6)
    for first, last in ((0, -1), (-1, 3), (0, LONGEST_HOLIDAY)):
        begin = days[0] + timedelta(days=first)
        with pytest.raises(Invalid):
            await shop.schedule.take_off(
                person_id=shop.me, first=begin, last=days[0] + timedelta(days=last), now=NOW
            )


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


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2026-10-01 to 2026-10-07", (date(2026, 10, 1), date(2026, 10, 7))),
        ("10.1-10.7", (date(2026, 10, 1), date(2026, 10, 7))),
        ("10月1日到7日", (date(2026, 10, 1), date(2026, 10, 7))),
        ("12月30日～1月2日", (date(2026, 12, 30), date(2027, 1, 2))),
        ("1/5", (date(2027, 1, 5), date(2027, 1, 5))),
        ("2026年10月1日", (date(2026, 10, 1), date(2026, 10, 1))),
        ("next week", None), ("10-40", None), ("2026-10-01 to", None), ("1-2-3-4-5", None),
    ],
)  # fmt: skip
def test_a_holiday_is_read_as_people_type_it(typed: str, days: tuple[date, date] | None) -> None:
    assert reading.days(typed, today=date(2026, 3, 2)) == days


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
        check_hours(weekdays=[0], spans=spans)


quarters = st.integers(min_value=24, max_value=88).map(lambda number: number * 15)
days = st.lists(st.lists(quarters, min_size=4, max_size=4, unique=True).map(sorted), max_size=7)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
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
