"""`kill -9` in the middle of an announcement: it goes on, nobody hears it twice, and it can still be stopped."""

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.entity import Entity
from core.people.model import Role, Staff
from db.engine import Database
from tests.chat import People, Person
from tests.databases import scratch_url
from tests.e2e.announcing import drafted, sent
from tests.e2e.staff import DESK
from tests.platforms import free_port
from tests.reliability.process import Bots, outside
from tests.reliability.town import town

pytestmark = pytest.mark.feature("A11", "X3")
NEWS, HALF = "The new lift is open", "Half of you read this"
# Counted once more after its end: by then nothing of it is on its way.
_OVER = (
    "SELECT total, reached, failed FROM announcement WHERE CAST(texts AS TEXT) LIKE '%{}%'"
    " AND ended_at <= told_at AND failed = (SELECT COUNT(*) FROM outbox WHERE kind = 'announcement'"
    " AND subject = announcement.id AND state = 'failed') AND NOT EXISTS (SELECT 1 FROM outbox"
    " WHERE kind = 'announcement' AND subject = announcement.id AND state = 'waiting')"
)


class Listeners:
    """People outside who have begun a chat with the bot, and what of the news arrived there."""

    def __init__(self, people: People, folder: Path, bots: Bots) -> None:
        self._people, self._bots = people, bots
        self._sent = folder / "sent.jsonl"
        self._after = 0

    def got(self, text: str) -> Counter[int]:
        """How often each of them has it."""
        lines = map(json.loads, self._sent.read_text("utf-8").splitlines())
        return Counter(chat for _, chat, _, said in lines if said.endswith(text))

    async def until(self, text: str, many: int) -> None:
        while len(self.got(text)) < many:
            await self._anything()

    async def over(self, text: str) -> tuple[int, int, int]:
        """Meant, told and not delivered, once it has come to its end."""
        while not (rows := (await self._bots.ask(_OVER.format(text)))[0]):
            await self._anything()
        total, reached, failed = rows[0]
        return total, reached, failed

    async def cut_off(self) -> int:
        """The power goes; how many letters were being sent at that moment."""
        self._bots.kill()
        [[[cut]]] = await self._bots.ask(
            "SELECT COUNT(*) FROM outbox WHERE kind = 'announcement' AND state = 'waiting' AND doubts = 1"
        )
        return int(cut)

    async def _anything(self) -> None:
        answer = await self._people.call("GET", f"/events/poll?after={self._after}&wait=0.3")
        self._after = answer["seq"]


async def settled(url: str, folder: Path, people: People, many: int) -> Person:
    """Customers in the database who have begun a chat outside; an operator in private with the staff's bot."""
    accounts = [await people.person(f"P{number}") for number in range(many)]
    staff = await people.person("Operator", roles=["staff"])
    database = await Database.open(url)
    try:
        async with town(database, url, folder) as here:
            here.now = datetime.now(UTC)
            rows: list[Entity] = []
            for account in accounts:
                here._telegram = account.id - 1
                rows.append(here.person(account.name))
            role = Staff(
                id=here.new_id(), telegram_id=staff.id, role=Role.OPERATOR, added_at=here.now
            )
            await here.insert([*rows, role])
    finally:
        await database.close()
    for account in accounts:
        await account.writes("/start", answered=False)
    return staff.with_bot(DESK)


SLOW = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("many", "kills", "dialect"),
    [
        (60, 1, "sqlite"),
        pytest.param(300, 3, "sqlite", marks=SLOW),
        pytest.param(300, 3, "postgresql", marks=SLOW),
    ],
)
async def test_killed_under_way_it_goes_on_once_each_and_is_stopped(
    many: int, kills: int, dialect: str, tmp_path: Path
) -> None:
    port = free_port()
    async with scratch_url(dialect, tmp_path) as url:
        with outside(tmp_path, port) as world:
            async with People(world) as people:
                staff = await settled(url, tmp_path, people, many)
                bots = Bots(tmp_path, world, port, url)
                listeners = Listeners(people, tmp_path, bots)
                bots.start()
                try:
                    await bots.ready()
                    await drafted(staff, {"English": NEWS})
                    await sent(staff)
                    cut = 0
                    for kill in range(kills):
                        await listeners.until(NEWS, many * (kill + 1) // (kills + 2))
                        cut += await listeners.cut_off()
                        bots.start()
                        await bots.ready()
                    total, reached, failed = await listeners.over(NEWS)
                    has = listeners.got(NEWS)
                    await drafted(staff, {"English": HALF})
                    await sent(staff)
                    await listeners.until(HALF, many // 4)
                    cut_half = await listeners.cut_off()
                    # Whoever taps while nobody answers is heard as soon as somebody does.
                    stop = asyncio.create_task(staff.taps("⏹ Stop", timeout=90))
                    bots.start()
                    await stop
                    _, reached_half, failed_half = await listeners.over(HALF)
                    half = listeners.got(HALF)
                finally:
                    bots.kill()
    print(
        f"{dialect}: {len(has)} of {many} have it after {kills} kills that cut {cut} letters off;"
        f" of the other {len(half)} have it, stopped after a kill that cut {cut_half} off"
    )
    assert set(has.values()) == set(half.values()) == {1}, "nobody twice"
    assert (total, reached + failed) == (many, many), "everybody is accounted for"
    assert reached <= len(has) <= many, "whoever counts as told has it"
    assert failed <= cut, "only what was being sent at a kill is in doubt"
    assert reached_half <= len(half) <= reached_half + failed_half < many
    assert failed_half <= cut_half
