"""Refused attempts are all counted, none is kept for ever, and nobody can fill the database with them."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.rules import RULES
from core.security.model import NOBODY, Refusal, Why
from core.security.refusals import Refusals, Tally
from tests.builders import NOW, ZONE, Town, town

pytestmark = pytest.mark.feature("A1")
EVE, MAL, HERE = 666, 667, -100
A_DAY = timedelta(days=1)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


@pytest.fixture
def record(place: Town) -> Refusals:
    return Refusals(store=place.store, rules=place.rules, zone=ZONE, new_id=place.new_id)


async def tried(
    record: Refusals, who: int = EVE, action: str = "orders.read", *, chat: int = HERE,
    why: Why = Why.STRANGER, days: int = 0,
) -> None:  # fmt: skip
    await record.note(
        telegram_id=who, name=f"No {who}", chat_id=chat, action=action, why=why,
        now=NOW + days * A_DAY,
    )  # fmt: skip


async def test_who_tries_again_is_counted_and_not_repeated(record: Refusals) -> None:
    for _ in range(3):
        await tried(record)
    await tried(record, action="log.read")
    await tried(record, days=1)
    today, *before = await record.lately(days=2, now=NOW + A_DAY)
    assert (today.times, today.last_at) == (1, NOW + A_DAY)
    assert sorted((one.action, one.times) for one in before) == [
        ("log.read", 1),
        ("orders.read", 3),
    ]
    assert [one.action for one in await record.lately(days=1, now=NOW + A_DAY)] == ["orders.read"]
    whys = {Why.STRANGER: 5}
    assert await record.tally(days=2, now=NOW + A_DAY) == Tally(attempts=5, senders=1, whys=whys)


async def test_many_at_once_are_all_counted(record: Refusals) -> None:
    await asyncio.gather(*(tried(record) for _ in range(15)))
    [one] = await record.lately(days=1, now=NOW)
    assert one.times == 15


@pytest.mark.parametrize("seed", range(5))
async def test_a_flood_is_counted_to_the_last_and_takes_no_more_rows_than_the_rules_say(
    record: Refusals, place: Town, seed: int
) -> None:
    print("seed", seed)
    rng = random.Random(seed)
    per_sender, per_day = 5, 50
    place.rules.update({"refusals_per_sender": str(per_sender), "refusals_per_day": str(per_day)})
    whys: Counter[Why] = Counter()
    for _ in range(300):
        why = rng.choice(list(Why))
        whys[why] += 1
        await tried(
            record, rng.randrange(1, 40), f"a{rng.randrange(9)}", chat=-rng.randrange(9), why=why
        )
    kept = await place.store.find(Refusal)
    by_name = Counter(one.telegram_id for one in kept if one.telegram_id != NOBODY)
    assert max(by_name.values()) <= per_sender
    assert by_name.total() <= per_day
    assert len(kept) <= per_day + len(Why)
    assert (await record.tally(days=1, now=NOW)).whys == whys


async def test_what_is_older_than_the_rule_is_forgotten_at_night(
    record: Refusals, place: Town
) -> None:
    keep = int(RULES["refusal_keep_days"].default)
    for day in range(3):
        for who in (EVE, MAL):
            await tried(record, who, days=day)
    at = NOW + (keep + 1) * A_DAY
    again = await record.prune(now=at)
    assert again == at + timedelta(seconds=1), "there may be more"
    again = await record.prune(now=again)
    assert again > at + timedelta(hours=1)
    assert {one.day for one in await place.store.find(Refusal)} == {
        (NOW + day * A_DAY).date().toordinal() for day in (1, 2)
    }
