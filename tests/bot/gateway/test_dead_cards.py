"""An order is taken, and nineteen others still see its card: by the clock of the gate all of them are dead within two
seconds, however much else is on its way."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from markupsafe import Markup

from bot.adapters import notifier
from bot.gateway.delivery import Delivery
from bot.gateway.gate import Gate
from bot.screen import Card, Screen
from core.changes import Changes
from core.events import Event
from core.letters import BULK, URGENT
from core.people.model import Person
from db.cards import put_card
from db.engine import Database
from db.ops import Op
from db.outbox import OutboxTable
from db.rows import shape
from db.store import SqlStore
from tests.bot.gateway.conftest import QuickClock
from tests.bot.gateway.test_delivery import Paper, PostOffice

ASKED = 20
ORDER = 42
SECONDS = 2.0


class Gated(Paper):
    """Writes once the gate lets it, and notes when that was."""

    def __init__(self, gate: Gate, clock: QuickClock) -> None:
        super().__init__()
        self.gate, self.clock = gate, clock
        self.moments: list[float] = []

    def at(self, *, urgency: int, patience: float) -> "Paper":
        return _At(self, urgency)


class _At(Paper):
    def __init__(self, paper: Gated, urgency: int) -> None:
        self.paper, self.urgency = paper, urgency

    async def _passed(self, chat_id: int, *, edit: bool) -> None:
        await self.paper.gate.enter(chat_id, urgency=self.urgency, edit=edit)
        self.paper.moments.append(self.paper.clock.now)

    async def send(self, chat_id: int, screen: Screen, **where: Any) -> int:
        await self._passed(chat_id, edit=False)
        return await self.paper.send(chat_id, screen)

    async def edit(self, chat_id: int, message_id: int, screen: Screen, **where: Any) -> int:
        await self._passed(chat_id, edit=True)
        return await self.paper.edit(chat_id, message_id, screen)


async def busy(office: PostOffice, db: Database) -> None:
    """A burst of urgent news is at the gate already, and a long announcement behind it."""
    for chat in range(1000, 1030):
        await office.post("news", chat, urgency=URGENT)
    await office.delivery.step()
    for chat in range(2000, 2100):
        await office.post("announcement", chat, urgency=BULK)


async def lose(db: Database, clock: QuickClock) -> None:
    """Each of them has the card; the order is somebody else's now."""
    moment = datetime.fromtimestamp(clock.now, UTC)
    people = [
        Person(id=n, telegram_id=n, name=f"P{n}", onboarded=True, created_at=moment, seen_at=moment)
        for n in range(1, ASKED)
    ]
    rows = [Op(shape(Person).insert, shape(Person).values(one)) for one in people]
    cards = [put_card("provider", one.id, 500 + one.id, "offer", ORDER) for one in people]
    await db.apply([*rows, *cards])
    store = SqlStore(db, letters=notifier.letters, clock=lambda: moment)
    losers = (Event("order.lost", ORDER, one.id, {"provider": one.id}) for one in people)
    await store.apply(Changes().tell(*losers))


async def test_no_more_is_claimed_than_there_is_room_for(db: Database, clock: QuickClock) -> None:
    office, enough = PostOffice(db, clock), asyncio.Event()

    async def held(_due: Any) -> None:
        await enough.wait()

    office.delivery._deliver = held  # type: ignore[method-assign]
    for chat in range(1, 120):
        await office.post("announcement", chat, urgency=BULK)
    assert await office.delivery.step() == 20
    for chat in range(201, 220):
        await office.post("order", chat, urgency=URGENT)
    assert await office.delivery.step() == 10, "a place is kept for who can't wait"
    enough.set()
    await office.delivery.settled()


@pytest.mark.feature("P2")
async def test_of_twenty_asked_the_other_nineteen_cards_are_dead_within_two_seconds(
    db: Database, clock: QuickClock
) -> None:
    office = PostOffice(db, clock)
    paper = office.paper = Gated(Gate(clock), clock)
    office.screens["offer_card"] = Screen(Markup("taken"), card=Card("offer", ORDER))
    pens = {"customer": paper, "provider": paper}
    office.delivery = Delivery(OutboxTable(db), pens, clock, office._render, turns=office.turns)
    await busy(office, db)
    began = clock.now
    await lose(db, clock)
    await office.run()
    when = {
        call[1]: moment
        for call, moment in zip(paper.calls, paper.moments, strict=True)
        if call[0] == "edit" and call[-1] == "taken"
    }
    assert sorted(when) == list(range(1, ASKED))
    assert max(when.values()) - began <= SECONDS
    assert set(await office.states()) == {"done"}
