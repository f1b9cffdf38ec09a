"""How long somebody waits for the staff: counted in hotline hours, paused while it is their turn, told once each."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.support.clock import after, between
from core.support.hours import Hours, read_hours
from core.support.model import Ticket
from core.support.waiting import Desk, Waiting
from tests.builders import NOW, ZONE, Town, town

pytestmark = pytest.mark.feature("A5")
DAYTIME = read_hours("08:00–22:00")
ROUND = Hours(0, 0)
NIGHTLY = Hours(20 * 60, 4 * 60)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "minutes", "hours", "end"),
    [
        (at(2, 9), 30, DAYTIME, at(2, 9, 30)),
        (at(2, 21, 50), 30, DAYTIME, at(3, 8, 20)),
        (at(2, 3), 30, DAYTIME, at(2, 8, 30)),
        (at(2, 9), 24 * 60, DAYTIME, at(3, 19)),
        (at(2, 9), 30, None, at(2, 9, 30)),
        (at(2, 23, 50), 30, ROUND, at(3, 0, 20)),
        (at(2, 23), 120, NIGHTLY, at(3, 1)),
        (at(2, 3), 120, NIGHTLY, at(2, 21)),
        (at(2, 9), 0, DAYTIME, at(2, 9)),
    ],
)  # fmt: skip
def test_time_runs_while_the_hotline_answers(
    start: datetime, minutes: int, hours: Hours | None, end: datetime
) -> None:
    assert after(start=start, minutes=minutes, hours=hours, zone=ZONE) == end
    assert between(start=start, end=end, hours=hours, zone=ZONE) == minutes


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


async def asked(place: Town, now: datetime = NOW) -> Ticket:
    ann = await place.person()
    return await place.support.open(
        person_id=ann.id, bot="customer", author="Ann", text="Hello?", files=[], key="u:1", now=now
    )


async def told(place: Town, kind: str) -> int:
    [(n,)] = await place.database.fetch("SELECT COUNT(*) FROM outbox WHERE kind = ?", [kind])
    return int(n)


async def looks(place: Town, ticket: Ticket, now: datetime) -> datetime | None:
    waiting = Waiting(store=place.store, desk=Desk(place.rules, ZONE))
    return await waiting.watch(ticket_id=ticket.id, now=now)


async def test_a_reminder_then_a_call_once_each_whoever_looks_how_often(place: Town) -> None:
    ticket = await asked(place)
    due = await looks(place, ticket, NOW)
    assert due == NOW + timedelta(minutes=30)
    call = await looks(place, ticket, due)
    assert call == NOW + timedelta(minutes=60)
    assert await looks(place, ticket, due) == call
    assert (await told(place, "ticket_late"), await told(place, "ticket_called")) == (1, 0)
    end = await looks(place, ticket, call)
    await looks(place, ticket, call + timedelta(minutes=5))
    assert (await told(place, "ticket_late"), await told(place, "ticket_called")) == (1, 1)
    assert end is not None
    assert end > NOW + timedelta(hours=24)
    await looks(place, ticket, end)
    assert await looks(place, ticket, end + timedelta(days=1)) is None
    assert (await told(place, "ticket_late"), await told(place, "ticket_called")) == (2, 2)


async def test_the_clock_stands_still_while_it_is_their_turn(place: Town) -> None:
    ticket = await asked(place)
    answered = await place.support.answer(
        ticket_id=ticket.id, author="Mei", staff_id=5, text="Hi", files=[], key="a:1",
        now=NOW + timedelta(minutes=20),
    )  # fmt: skip
    assert (answered.waits_since, answered.answer_by, answered.spent_min) == (None, None, 20)
    assert await looks(place, ticket, NOW + timedelta(days=9)) is None
    later = NOW + timedelta(hours=3)
    again = await place.support.say(
        ticket_id=ticket.id, person_id=ticket.person_id, author="Ann", text="And?", files=[],
        key="u:2", now=later, bot="customer",
    )  # fmt: skip
    assert again.answer_by == later + timedelta(minutes=60)
    desk = Desk(place.rules, ZONE)
    assert again.end_by == desk.after(later, "ticket_end_hours", less=20)
    more = await place.support.say(
        ticket_id=ticket.id, person_id=ticket.person_id, author="Ann", text="Hello??", files=[],
        key="u:3", now=later + timedelta(minutes=50), bot="customer",
    )  # fmt: skip
    assert more.answer_by == again.answer_by, "writing more starts nothing anew"


async def test_who_waits_longest_is_first_and_a_closed_one_waits_no_more(place: Town) -> None:
    first, second = await asked(place), None
    bob = await place.person("Bob")
    second = await place.support.open(
        person_id=bob.id, bot="customer", author="Bob", text="?", files=[], key="u:9",
        now=NOW + timedelta(minutes=1),
    )  # fmt: skip
    assert [one.id for one in await place.support.alive()] == [first.id, second.id]
    await place.support.answer(
        ticket_id=first.id, author="Mei", staff_id=5, text="Hi", files=[], key="a:1", now=NOW
    )
    assert [one.id for one in await place.support.alive()] == [second.id, first.id]
    closed = await place.support.close(ticket_id=second.id, by_staff=True, now=NOW)
    assert closed.answer_by is None
    reopened = await place.support.reopen(ticket_id=second.id, now=NOW + timedelta(hours=1))
    assert reopened.answer_by == NOW + timedelta(minutes=90)
    assert reopened.spent_min == 0


def test_the_start_of_the_clock_keeps_its_zone() -> None:
    start = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)  # 22:30 in Shanghai
    end = after(start=start, minutes=10, hours=DAYTIME, zone=ZONE)
    assert end == datetime(2026, 3, 3, 0, 10, tzinfo=UTC)
    assert end.tzinfo is UTC
