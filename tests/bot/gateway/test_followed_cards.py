"""News of a card that is still waiting to be told take it along, and none gets lost on the way."""

import pytest

from core.letters import URGENT, Letter
from db.engine import Database
from db.errors import GuardFailed
from db.ops import Op
from db.outbox import Due, OutboxTable
from db.posting import letter_ops

pytestmark = pytest.mark.feature("C13", "A4")
NOW = 1_000


async def told(db: Database, kind: str, version: int, *, subject: int = 7) -> None:
    one = Letter(f"{kind}:{subject}:{version}", "admin", None, kind, subject, version, {}, URGENT)
    await db.apply(list(letter_ops([one], now=NOW, skip_locked=db.skip_locked)))


async def waiting(db: Database) -> list[tuple[str, int]]:
    rows = await db.fetch("SELECT key, version FROM outbox WHERE state = 'waiting' ORDER BY id")
    return [(str(key), int(version)) for key, version in rows]


async def taken(db: Database) -> list[Due]:
    until = NOW + 20_000
    return await OutboxTable(db).lease(bots=["admin"], now=NOW, until=until, limit=9)


async def test_a_card_that_waits_tells_the_next_news_as_well(db: Database) -> None:
    for version in (1, 2, 3):
        await told(db, "order_card", version)
    await told(db, "order_card", 1, subject=8)
    assert await waiting(db) == [("order_card:7:3", 3), ("order_card:8:1", 1)]


async def test_once_somebody_has_taken_it_the_next_news_come_by_themselves(db: Database) -> None:
    await told(db, "order_card", 1)
    assert [due.version for due in await taken(db)] == [1]
    await told(db, "order_card", 2)
    assert await waiting(db) == [("order_card:7:1", 1), ("order_card:7:2", 2)]


async def test_what_sounds_is_never_taken_along_and_the_same_is_told_once(db: Database) -> None:
    for version in (1, 2, 2):
        await told(db, "no_provider", version)
        await told(db, "order_card", version)
    assert {key for key, _ in await waiting(db)} == {
        "no_provider:7:1", "no_provider:7:2", "order_card:7:2",
    }  # fmt: skip


async def test_a_unit_that_fails_leaves_the_letter_as_it_was(db: Database) -> None:
    await told(db, "order_card", 1)
    one = Letter("order_card:7:2", "admin", None, "order_card", 7, 2, {}, URGENT)
    fails = Op("UPDATE person SET frozen = frozen WHERE id = ?", [-1], expect=1, guard=ValueError())
    with pytest.raises(GuardFailed):
        await db.apply([*letter_ops([one], now=NOW, skip_locked=db.skip_locked), fails])
    assert await waiting(db) == [("order_card:7:1", 1)]
