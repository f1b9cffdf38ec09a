"""An announcement to many with orders going on beside it: once each, within the limits, killed in between, stopped."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot import customer
from bot.admin.announce.letters import bar
from bot.gateway.delivery import LEASE_MS, Delivery
from bot.gateway.gate import Gate
from bot.gateway.messenger import Messenger
from bot.gateway.outcomes import Unreachable
from bot.i18n import Words
from bot.notices.manners import as_chosen
from bot.screen import Screen
from core.announcements.model import Announcement, Spread
from core.letters import URGENT
from core.people.choices import Kind, Manner
from core.people.model import Person
from db.cards import put_card
from db.ops import Op
from db.outbox import OutboxTable
from tests.bot.gateway.conftest import QuickClock
from tests.reliability.town import NOON, Town

pytestmark = pytest.mark.feature("A11", "X3")
STAFF, STAFF_CHAT = 7, -100


class Patient(QuickClock):
    """Its hands move when everything that goes on at this moment has had time for it."""

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        await asyncio.sleep(0.05)
        self.now = max(self.now, until)


class Phones(Messenger):
    """Everybody's Telegram: who blocked us refuses, and each message is noted with its moment."""

    def __init__(self, clock: QuickClock, blocked: set[int]) -> None:
        super().__init__("customer", Gate(clock), None)  # type: ignore[arg-type]
        self.clock, self.blocked = clock, blocked
        self.told: list[tuple[float, int]] = []
        self.alerts: list[float] = []
        self.bars: list[float] = []
        self.killed, self.killed_at = asyncio.Event(), 0

    async def call(self, method: str, params: dict[str, Any]) -> Any:
        chat, text = params["chat_id"], params.get("text", "")
        if method == "editMessageText":
            self.bars.append(self.clock.now)
        elif text.startswith("alert "):
            self.alerts.append(self.clock.now - float(text.split()[1]))
        elif chat in self.blocked:
            raise Unreachable("blocked")
        else:
            self.told.append((self.clock.now, chat))
            if len(self.told) == self.killed_at:
                self.killed.set()
                await asyncio.Event().wait()  # sent, and the answer never seen
        return {"message_id": len(self.told) + 1}

    async def fetch_file(self, telegram_id: str) -> bytes:
        raise NotImplementedError


class Post:
    """The platform around one town, second by second."""

    def __init__(self, here: Town, phones: Phones) -> None:
        self.here, self.phones, self.clock = here, phones, phones.clock
        self.delivery = self._delivery()
        self.most_rows = 0
        here.built.store._clock = lambda: self.now
        self._watch_reads()

    @property
    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.clock.now - 1000)

    def _delivery(self) -> Delivery:
        # What is kept is in milliseconds of the town, what waits in seconds of the clock.
        clock = self.clock
        clock.millis = lambda: int(self.now.timestamp() * 1000)  # type: ignore[method-assign]
        return Delivery(
            OutboxTable(self.here.database), {"customer": self.phones, "admin": self.phones}, clock,
            self.render, address=address,
        )  # fmt: skip

    def _watch_reads(self) -> None:
        """The largest answer of the database."""
        fetch = self.here.database.fetch

        async def watched(sql: str, params: Any = ()) -> Any:
            rows = await fetch(sql, params)
            self.most_rows = max(self.most_rows, len(rows))
            return rows

        self.here.database.fetch = watched  # type: ignore[method-assign]

    async def render(self, due: Any) -> Screen | None:
        words = Words("en", "Asia/Shanghai")
        if due.kind == "alert":
            return Screen(words("alert {at}", at=due.facts["at"]))
        core = self.here.core
        if due.kind == "announcement_bar":
            return await bar(core, due, words, self.now)
        person = await core.store.get(Person, id=due.person_id)
        return await as_chosen(customer.LETTERS[due.kind], person)(core, due, words, self.now)

    async def alert(self, chat: int) -> None:
        """Something about an order, now."""
        at, now = self.clock.now, self.clock.millis()
        sql = (
            "INSERT INTO outbox (key, bot, chat_id, kind, subject, facts, urgency, due_at, created_at)"
            " VALUES (?, 'customer', ?, 'alert', 1, ?, ?, ?, ?)"
        )
        row = [f"alert:{at}:{chat}", chat, {"at": at}, URGENT, now, now]
        await self.here.database.apply([Op(sql, row)])

    async def second(self, one: Announcement) -> bool:
        """The sweep writes a share, what may leave leaves, an alert comes in between; whether it goes on."""
        again = await self.here.core.sending.spread(announcement_id=one.id, now=self.now)
        await self.alert(10_000_000 + int(self.clock.now))
        before = self.clock.now
        while await self.delivery.step():
            await self.settled()
        self.clock.now = max(self.clock.now, before + 1)
        return again is not None

    async def settled(self) -> None:
        """Until all of it has left, or the process is killed: then nothing of it is heard of any more."""
        ends = [
            asyncio.ensure_future(one)
            for one in (self.delivery.settled(), self.phones.killed.wait())
        ]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        if self.phones.killed.is_set():
            under_way = list(self.delivery._running.values())
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
            self.phones.killed.clear()
            self.delivery = self._delivery()
            self.clock.now += LEASE_MS / 1000 + 1
        for end in ends:
            end.cancel()


async def address(due: Any) -> tuple[int | None, int | None]:
    return STAFF_CHAT if due.bot == "admin" else due.chat_id, None


async def peopled(here: Town, many: int) -> list[Person]:
    people = [
        Person(
            id=here.new_id(), telegram_id=n, name=f"P{n}", onboarded=True, language="en",
            created_at=NOON, seen_at=NOON,
        )
        for n in range(1, many + 1)
    ]  # fmt: skip
    await here.insert(people)
    return people


async def begun(here: Town) -> Announcement:
    composing = here.core.composing
    one = await composing.begin(by=STAFF, person_id=0, now=NOON)
    await composing.word(announcement_id=one.id, language="en", text="News", length=4)
    sent = await here.core.sending.send(announcement_id=one.id, now=NOON)
    await here.database.apply([put_card("admin", STAFF_CHAT, 9, "announcement", one.id)])
    return sent


@pytest.mark.parametrize(
    "many", [400, pytest.param(10_000, marks=[pytest.mark.slow, pytest.mark.timeout(1800)])]
)
async def test_many_are_told_once_within_the_limits_and_nobody_after_the_stop(
    here: Town, many: int
) -> None:
    people = await peopled(here, many)
    blocked = {person.telegram_id for person in people if person.telegram_id % 100 < 7}
    muted = [person for person in people if person.telegram_id % 100 == 50]
    for person in muted:
        await here.core.people.choose(person_id=person.id, kind=Kind.NEWS, manner=Manner.OFF)
    clock = Patient()
    phones = Phones(clock, blocked)
    post = Post(here, phones)
    one = await begun(here)
    phones.killed_at = many * 3 // 10
    while len(phones.told) < many * 8 // 10 - len(blocked):
        assert await post.second(one)
    await here.core.steering.stop(announcement_id=one.id, now=post.now)
    stopped, at_stop = clock.now, len(phones.told)
    for _ in range(10):
        await post.second(one)
    times = Counter(chat for _, chat in phones.told)
    rate = max(Counter(int(at) for at, _ in phones.told).values())
    now = await here.core.announcements.get(announcement_id=one.id)
    known = await here.database.fetch("SELECT COUNT(*) FROM unreachable")
    print(
        f"{many} people, {len(blocked)} blocked, {len(muted)} muted: {at_stop} told when it was stopped after"
        f" {stopped - 1000:.0f} s, {len(phones.told) - at_stop} after that; {max(times.values())} time each;"
        f" at most {rate} in a second; {len(phones.alerts)} alerts, the slowest {max(phones.alerts):.2f} s;"
        f" the bar edited {len(phones.bars)} times; {now.failed} cut off by a kill; {post.most_rows} rows read at most"
    )
    assert len(phones.told) == at_stop, "nobody after the stop"
    assert set(times.values()) == {1}, "nobody twice, also by the kill"
    assert not set(times) & {person.telegram_id for person in muted}
    assert rate <= 30
    assert max(phones.alerts) <= 0.2
    working = stopped - 1000 - LEASE_MS / 1000  # the killed one's lease was waited for
    assert len(phones.bars) >= working / 10, "the bar edits itself"
    assert now.state is Spread.STOPPED
    # Those whose sending was cut off may have it or not: they are counted apart, and not told again.
    assert now.reached < at_stop <= now.reached + now.failed
    assert now.failed <= 30
    assert now.blocked == known[0][0] <= len(blocked)
    assert post.most_rows <= 600
