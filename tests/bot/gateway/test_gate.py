"""The gate lets through what Telegram allows, the urgent first, and never knocks before "later" is over."""

import asyncio
from collections import defaultdict
from itertools import pairwise

import pytest

from bot.gateway.gate import Gate, Limits
from bot.gateway.outcomes import RetryAfter, Stopping
from tests.bot.gateway.conftest import QuickClock

LIMITS = Limits(overall=(30, 1.0), chat=(5, 5.0), group=(20, 60.0))


async def passing(
    gate: Gate, clock: QuickClock, *chats: int, **how: float
) -> list[tuple[int, float]]:
    """(chat, moment) of each permit, in the order given."""
    passed = []

    async def go(chat: int) -> None:
        await gate.enter(chat, **how)
        passed.append((chat, clock.now))

    await asyncio.gather(*(go(chat) for chat in chats))
    return passed


def busiest(moments: list[float], span: float) -> int:
    return max(sum(start <= m < start + span for m in moments) for start in moments)


async def test_no_second_carries_more_than_thirty(clock: QuickClock) -> None:
    passed = await passing(Gate(clock, LIMITS), clock, *range(1, 101))
    assert busiest([at for _, at in passed], 0.999) == 30
    assert clock.now == pytest.approx(1003, abs=0.1)


async def test_what_may_wait_leaves_evenly_so_that_the_urgent_find_a_place_within_moments(
    clock: QuickClock,
) -> None:
    passed = await passing(Gate(clock, LIMITS), clock, *range(1, 101), urgency=9)
    moments = [at for _, at in passed]
    assert max(after - at for at, after in pairwise(moments)) < 1.1 / 30
    assert moments[-1] - moments[0] == pytest.approx(99 / 30, abs=0.1)


async def test_a_chat_gets_a_small_burst_then_one_a_second(clock: QuickClock) -> None:
    passed = await passing(Gate(clock, LIMITS), clock, *[7] * 15)
    assert busiest([at for _, at in passed], 4.999) == 5
    assert clock.now == pytest.approx(1010, abs=0.1)


async def test_a_group_gets_twenty_a_minute(clock: QuickClock) -> None:
    passed = await passing(Gate(clock, LIMITS), clock, *[-100] * 41)
    assert busiest([at for _, at in passed], 59.99) == 20


async def test_a_closed_chat_waits_alone(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    gate.close(1, 60)
    passed = await passing(gate, clock, *[1, 2, 3, 1, 2, 3])
    moments = defaultdict(list)
    for chat, at in passed:
        moments[chat].append(at)
    assert min(moments[1]) >= 1060
    assert max(moments[2] + moments[3]) <= 1001


async def test_the_longest_refusal_counts(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    gate.close(1, 60)
    gate.close(1, 3)
    assert gate.closed_for(1) == 60


async def test_the_impatient_hear_at_once_how_long(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    gate.close(1, 60)
    with pytest.raises(RetryAfter) as later:
        await gate.enter(1, patience=0)
    assert later.value.seconds == 60


async def test_urgent_goes_before_reminder_before_broadcast(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    await passing(gate, clock, *range(1, 31))
    order = []

    async def go(chat: int, urgency: int) -> None:
        await gate.enter(chat, urgency=urgency)
        order.append(urgency)

    await asyncio.gather(*(go(100 + n, urgency) for n, urgency in enumerate([9, 5, 0, 9, 0, 5])))
    assert order == [0, 0, 5, 5, 9, 9]


async def test_what_may_wait_leaves_room_for_what_may_not(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    cards = await passing(gate, clock, *[-100] * 30, urgency=5)
    assert busiest([at for _, at in cards], 59.99) == 15
    began = clock.now
    await passing(gate, clock, *[-100] * 5)
    assert clock.now == began


async def test_an_urgent_one_passes_those_who_wait_already(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    waiting = [asyncio.create_task(gate.enter(-100, urgency=5)) for _ in range(16)]
    await asyncio.wait(waiting[:15])
    assert not waiting[15].done()
    began = clock.now
    await gate.enter(-100)
    assert clock.now == began
    await waiting[15]


async def test_an_album_counts_as_many_as_it_has_pictures(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    began = clock.now
    await gate.enter(-100, size=10)
    await gate.enter(-100, size=10)
    assert clock.now == began
    await gate.enter(-100)
    assert clock.now - began >= 60


async def test_an_album_larger_than_the_limit_still_goes(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    await gate.enter(7, size=10)
    await gate.enter(7)
    assert clock.now == pytest.approx(1005, abs=0.1)


def test_a_group_gets_one_less_than_telegram_takes() -> None:
    assert Limits.allowing((20, 20), (20, 60)) == Limits(group=(19, 60))
    assert Limits.allowing((20, 20), (1, 5)).group == (1, 5)


async def test_who_gave_up_takes_no_permit(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    await passing(gate, clock, *[1] * 5)
    waiting = asyncio.create_task(gate.enter(1))
    await asyncio.sleep(0)
    waiting.cancel()
    await passing(gate, clock, 1)
    assert clock.now == pytest.approx(1005, abs=0.1)


async def test_edits_are_counted_apart_and_more_kindly(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    await passing(gate, clock, *[-100] * 20)
    began = clock.now
    await passing(gate, clock, *[-100] * 10, edit=True)
    assert clock.now - began < 1
    gate.close(-100, 60)
    await passing(gate, clock, -100, edit=True)
    assert clock.now - began >= 60


async def test_who_waits_when_the_process_ends_hears_it_at_once(clock: QuickClock) -> None:
    gate = Gate(clock, LIMITS)
    clock.sleep = lambda seconds: asyncio.Event().wait()  # type: ignore[method-assign,assignment]
    waiting = [asyncio.create_task(gate.enter(-100)) for _ in range(25)]
    await asyncio.gather(*waiting[:20])
    gate.shut()
    ends = await asyncio.gather(*waiting[20:], return_exceptions=True)
    assert [type(end) for end in ends] == [Stopping] * 5
    with pytest.raises(Stopping):
        await gate.enter(-100)
    await gate.enter(7)
