"""Every message that is due leaves, in order per chat, as often as it must and no more."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from markupsafe import Markup

from bot.gateway import delivery
from bot.gateway.delivery import LEASE_MS, Delivery
from bot.gateway.inbox import Arrived
from bot.gateway.outcomes import (
    ChatMoved,
    NotSent,
    Refused,
    RetryAfter,
    Stopping,
    Uncertain,
    Unreachable,
)
from bot.gateway.ports import Due
from bot.letters import NotYet
from bot.screen import Card, Screen, Sign
from bot.turns import Turns
from db.cards import CardTable
from db.engine import Database
from db.inbox import InboxTable
from db.ops import Op
from db.outbox import OutboxTable, withheld
from tests.bot.gateway.conftest import QuickClock

Begin = Callable[[], Awaitable[None]]


class Paper:
    """A pen that writes on paper; `ends` are how the next calls of a chat end."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.ends: dict[int, list[Exception]] = {}
        self.number = 100

    def at(self, *, urgency: int, patience: float) -> "Paper":
        return self

    def beginning(self, begin: Begin) -> "Asking":
        return Asking(self, begin)

    def _end(self, chat_id: int) -> None:
        if self.ends.get(chat_id):
            raise self.ends[chat_id].pop(0)

    async def send(self, chat_id: int, screen: Screen, *, thread_id: int | None = None) -> int:
        self.calls.append(("send", chat_id, str(screen.text)))
        self._end(chat_id)
        self.number += 1
        return self.number

    async def edit(
        self, chat_id: int, message_id: int, screen: Screen, *, thread_id: int | None = None
    ) -> int:
        self.calls.append(("edit", chat_id, message_id, str(screen.text)))
        self._end(chat_id)
        return message_id

    async def fade(self, chat_id: int, message_id: int, screen: Screen) -> None:
        self.calls.append(("fade", chat_id, message_id))
        self._end(chat_id)

    async def take_back(self, chat_id: int, message_id: int, screen: Screen) -> None:
        self.calls.append(("take back", chat_id, message_id))
        self._end(chat_id)

    async def sign(self, chat_id: int, message_id: int, emoji: str) -> None:
        self.calls.append(("sign", chat_id, message_id, emoji))
        self._end(chat_id)


class Asking(Paper):
    """The same paper, on which nothing is written before `begin` was asked."""

    def __init__(self, paper: Paper, begin: Begin) -> None:
        self._paper, self._begin = paper, begin

    async def send(self, chat_id: int, screen: Screen, *, thread_id: int | None = None) -> int:
        await self._begin()
        return await self._paper.send(chat_id, screen, thread_id=thread_id)


class Watched(Turns):
    """Tells when somebody asks for a turn."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    def of(self, bot: str, chat_id: int) -> asyncio.Lock:
        self.asked.set()
        return super().of(bot, chat_id)


class PostOffice:
    """A delivery with everything around it on paper."""

    def __init__(self, db: Database, clock: QuickClock) -> None:
        self.db, self.clock, self.paper = db, clock, Paper()
        self.screens: dict[str, Screen | None] = {}
        self.waits: dict[str, int] = {}
        self.refused: list[str] = []
        self.failed: list[str] = []
        self.turns = Watched()
        self.delivery = self._delivery()

    def _delivery(self) -> Delivery:
        return Delivery(
            OutboxTable(self.db), {"customer": self.paper}, self.clock, self._render,
            on_refused=self._refused, on_failed=self._failed, turns=self.turns,
        )  # fmt: skip

    async def _render(self, due: Due) -> Screen | None:
        if self.clock.millis() < self.waits.get(due.kind, 0):
            raise NotYet(datetime.fromtimestamp(self.waits[due.kind] / 1000, UTC))
        text = due.facts.get("text", due.kind)
        return self.screens.get(due.kind, Screen(Markup.escape(text)))

    async def _refused(self, due: Due, why: str) -> None:
        self.refused.append(due.kind)

    async def _failed(self, due: Due, why: str) -> None:
        self.failed.append(why)

    async def post(self, kind: str, chat: int, *, urgency: int = 5, after: float = 0) -> None:
        now = self.clock.millis()
        sql = (
            "INSERT INTO outbox (key, bot, chat_id, kind, subject, urgency, due_at, created_at)"
            " VALUES (?, 'customer', ?, ?, 1, ?, ?, ?)"
        )
        params = [f"{kind}/{chat}/{now}", chat, kind, urgency, now + int(after * 1000), now]
        await self.db.apply([Op(sql, params)])

    async def run(self) -> None:
        """Until nothing can be claimed at this moment."""
        while await self.delivery.step():
            await self.delivery.settled()

    async def ended(self, count: int) -> None:
        """Waits until a delivery that runs by itself is done with so many."""
        async with asyncio.timeout(10):
            while sum(state != "waiting" for state in await self.states()) < count:
                pass

    async def states(self) -> list[str]:
        return [s for (s,) in await self.db.fetch("SELECT state FROM outbox ORDER BY id")]


@pytest.fixture
def office(db: Database, clock: QuickClock) -> PostOffice:
    return PostOffice(db, clock)


async def test_a_message_is_sent_once_and_its_number_kept(office: PostOffice) -> None:
    await office.post("hello", 1)
    await office.run()
    await office.run()
    assert office.paper.calls == [("send", 1, "hello")]
    assert await office.db.fetch("SELECT state, message_id FROM outbox") == [("done", 101)]


@pytest.mark.feature("C21")
async def test_a_sign_is_no_message_and_is_put_again_where_it_may_have_got_lost(
    office: PostOffice,
) -> None:
    office.screens["relay_sign"] = Screen(Markup(""), sign=Sign(7, "❤"))
    office.paper.ends[1] = [Uncertain("timeout")]
    await office.post("relay_sign", 1)
    for _ in range(2):
        await office.run()
        office.clock.now += 10
    assert office.paper.calls == [("sign", 1, 7, "❤")] * 2
    assert await office.states() == ["closed"]


@pytest.mark.feature("P13", "X3")
async def test_what_waits_for_the_morning_holds_up_nothing_else(office: PostOffice) -> None:
    office.waits["news"] = office.clock.millis() + 3_600_000
    await office.post("news", 1)
    await office.post("order", 1)
    await office.run()
    assert office.paper.calls == [("send", 1, "order")]
    await office.clock.sleep(3601)
    await office.run()
    assert office.paper.calls[1:] == [("send", 1, "news")]
    assert await office.states() == ["done", "done"]


async def test_nothing_leaves_before_its_time(office: PostOffice) -> None:
    await office.post("reminder", 1, after=60)
    await office.post("now", 1)
    await office.run()
    assert office.paper.calls == [("send", 1, "now")]
    office.clock.now += 60
    await office.run()
    assert office.paper.calls[1:] == [("send", 1, "reminder")]


async def test_the_order_of_a_chat_is_kept_even_after_failures(office: PostOffice) -> None:
    office.paper.ends[1] = [NotSent("502"), NotSent("502")]
    for kind in ("first", "second", "third"):
        await office.post(kind, 1)
    await office.post("other", 2)
    await office.run()
    assert [c[1:] for c in office.paper.calls] == [(1, "first"), (2, "other")]
    for _ in range(3):
        office.clock.now += 10
        await office.run()
    assert [c[2] for c in office.paper.calls if c[1] == 1] == [
        "first", "first", "first", "second", "third",
    ]  # fmt: skip
    assert set(await office.states()) == {"done"}


async def test_urgent_overtakes_broadcast_in_the_same_chat(office: PostOffice) -> None:
    await office.post("broadcast", 1, urgency=9)
    await office.post("order", 1, urgency=0)
    await office.run()
    assert [c[2] for c in office.paper.calls] == ["order", "broadcast"]


async def test_later_means_later_for_that_chat_alone(office: PostOffice) -> None:
    office.paper.ends[1] = [RetryAfter(30)]
    await office.post("a", 1)
    await office.post("b", 1)
    await office.post("c", 2)
    await office.run()
    office.clock.now += 29
    await office.run()
    assert [c[2] for c in office.paper.calls] == ["a", "c"]
    office.clock.now += 2
    await office.run()
    assert [c[2] for c in office.paper.calls] == ["a", "c", "a", "b"]


async def test_who_blocked_us_is_marked_and_the_queue_goes_on(office: PostOffice) -> None:
    office.paper.ends[1] = [Unreachable("blocked")]
    for kind, chat in (("offer", 1), ("news", 1), ("else", 2)):
        await office.post(kind, chat)
    await office.run()
    assert [c[2] for c in office.paper.calls] == ["offer", "else"]
    assert await office.states() == ["closed", "closed", "done"]
    assert office.refused == ["offer", "news"], "of each letter that does not arrive"

    restarted = office._delivery()
    await restarted.start()
    await office.post("still blocked", 1)
    restarted.wake()
    await office.ended(4)
    inbox = InboxTable(office.db)
    wrote = Arrived("customer", update_id=1, lane=1, body="{}", chat_id=1)
    await inbox.keep([wrote], now=office.clock.millis())
    await office.post("welcome back", 1)
    restarted.wake()
    await office.ended(5)
    await restarted.stop()
    assert [c[2] for c in office.paper.calls] == ["offer", "else", "welcome back"]


async def test_a_lost_answer_is_tried_once_more(office: PostOffice) -> None:
    office.paper.ends[1] = [Uncertain("timeout")]
    office.paper.ends[2] = [Uncertain("timeout"), Uncertain("timeout"), Uncertain("timeout")]
    await office.post("a", 1)
    await office.post("b", 2)
    for _ in range(5):
        await office.run()
        office.clock.now += 60
    assert [c[2] for c in office.paper.calls] == ["a", "b", "a", "b"]
    assert await office.states() == ["done", "failed"]
    assert office.failed == ["Uncertain: timeout"]


async def test_a_refusal_is_told_and_does_not_come_back(office: PostOffice) -> None:
    office.paper.ends[1] = [Refused("BUTTON_DATA_INVALID")]
    await office.post("a", 1)
    await office.post("b", 1)
    await office.run()
    assert await office.states() == ["failed", "done"]
    assert office.failed == ["Refused: BUTTON_DATA_INVALID"]


async def test_the_pointless_is_closed_unsent(office: PostOffice) -> None:
    office.screens["reminder"] = None
    await office.post("reminder", 1)
    await office.run()
    assert office.paper.calls == []
    assert await office.states() == ["closed"]


async def test_a_screen_that_cannot_be_made_is_given_up_in_the_end(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(due: Due) -> Screen:
        raise ZeroDivisionError

    monkeypatch.setattr(office.delivery, "_render", broken)
    await office.post("a", 1)
    for _ in range(10):
        await office.run()
        office.clock.now += 60
    assert await office.states() == ["failed"]
    assert office.failed == ["ZeroDivisionError"]


async def test_news_edits_the_card_in_place(office: PostOffice) -> None:
    card = Card("order", 42)
    office.screens["placed"] = Screen(Markup("placed"), card=card)
    office.screens["same"] = Screen(Markup("placed"), card=card)
    office.screens["accepted"] = Screen(Markup("accepted"), card=card)
    for kind in ("placed", "same", "accepted"):
        await office.post(kind, 1)
    await office.run()
    assert office.paper.calls == [("send", 1, "placed"), ("edit", 1, 101, "accepted")]


async def test_a_lost_edit_is_repeated_until_it_is_known(office: PostOffice) -> None:
    screen = Screen(Markup("placed"), card=Card("order", 42))
    office.screens = {"placed": screen, "accepted": replace(screen, text=Markup("accepted"))}
    await office.post("placed", 1)
    await office.run()
    office.paper.ends[1] = [Uncertain("timeout")] * 4
    await office.post("accepted", 1)
    for _ in range(6):
        await office.run()
        office.clock.now += 60
    assert [c[0] for c in office.paper.calls] == ["send"] + ["edit"] * 5
    assert await office.states() == ["done", "done"]


PAST: dict[str, Screen | None] = {
    "card_past": Screen(Markup("below"), card=Card("past", 101, "skip", fades=True))
}


async def test_a_card_shown_anew_makes_the_former_a_line(office: PostOffice) -> None:
    screen = Screen(Markup("placed"), card=Card("order", 42))
    office.screens = PAST | {
        "placed": screen, "late": replace(screen, card=Card("order", 42, anew=True)),
    }  # fmt: skip
    await office.post("placed", 1)
    await office.post("late", 1)
    await office.run()
    assert [c[:3] for c in office.paper.calls] == [
        ("send", 1, "placed"), ("send", 1, "placed"), ("fade", 1, 101),
    ]  # fmt: skip
    assert await office.db.fetch("SELECT kind, message_id FROM card") == [("order", 102)]


async def test_a_former_card_becomes_a_line_whatever_fails_in_between(office: PostOffice) -> None:
    screen = Screen(Markup("placed"), card=Card("order", 42))
    office.screens = PAST | {"placed": screen}
    await office.post("placed", 1)
    await office.run()
    await _opened_again(office, 150)
    office.paper.ends[1] = [NotSent("cut"), Uncertain("cut")]
    for _ in range(3):
        await office.run()
        office.clock.now += 60
    assert [c[0] for c in office.paper.calls] == ["send", "fade", "fade", "fade"]
    assert await office.states() == ["done", "done"]


async def _opened_again(office: PostOffice, message_id: int, cause: str = "customer:9") -> None:
    await CardTable(office.db).put(
        "customer", 1, message_id, "order", 42, person_id=None, cause=cause,
        now=office.clock.millis(),
    )  # fmt: skip


async def test_the_same_tap_worked_twice_makes_one_line(office: PostOffice) -> None:
    office.screens = PAST | {"placed": Screen(Markup("placed"), card=Card("order", 42))}
    await office.post("placed", 1)
    await office.run()
    for _ in range(2):
        await _opened_again(office, 150)
    await office.run()
    await _opened_again(office, 150)
    await office.run()
    assert [c[0] for c in office.paper.calls] == ["send", "fade"]


async def test_a_former_card_that_shows_something_else_by_then_is_left_alone(
    office: PostOffice,
) -> None:
    office.screens = PAST | {"placed": Screen(Markup("placed"), card=Card("order", 42))}
    await office.post("placed", 1)
    await office.run()
    await _opened_again(office, 150)
    await CardTable(office.db).drop("customer", 1, 101)  # a tap on it opened a list there
    await office.run()
    assert [c[0] for c in office.paper.calls] == ["send"]
    assert await office.states() == ["done", "closed"]


async def test_a_card_that_the_dialogue_turns_into_something_else_is_not_overwritten(
    office: PostOffice,
) -> None:
    screen = Screen(Markup("placed"), card=Card("order", 42))
    office.screens = {"placed": screen, "paid": replace(screen, text=Markup("paid"))}
    await office.post("placed", 1)
    await office.run()
    await office.post("paid", 1)
    async with office.turns.of("customer", 1):  # a form is being shown in the card's message
        office.turns.asked.clear()
        await office.delivery.step()
        await asyncio.wait_for(office.turns.asked.wait(), 5)
        assert office.paper.calls == [("send", 1, "placed")]
        await CardTable(office.db).drop("customer", 1, 101)
    await office.delivery.settled()
    assert office.paper.calls[1:] == [("send", 1, "paid")]


async def test_an_update_of_a_card_that_is_not_there_is_skipped(office: PostOffice) -> None:
    card = Card("order", 42, when_missing="skip")
    office.screens["moved"] = Screen(Markup("moved"), card=card)
    await office.post("moved", 1)
    await office.run()
    assert office.paper.calls == []
    assert await office.states() == ["closed"]


async def test_a_group_that_became_a_supergroup_is_followed(office: PostOffice) -> None:
    office.paper.ends[-5] = [ChatMoved(-1005)]
    await office.post("alert", -5)
    await office.post("another", -5)
    await office.run()
    assert [c[1:] for c in office.paper.calls] == [
        (-5, "alert"), (-1005, "alert"), (-1005, "another"),
    ]  # fmt: skip


async def test_a_claim_of_a_dead_process_expires_and_a_live_one_is_kept(
    office: PostOffice,
) -> None:
    await office.post("a", 1)
    table = OutboxTable(office.db)
    now = office.clock.millis()
    [due] = await table.lease(bots=["customer"], now=now, until=now + LEASE_MS, limit=9)
    await office.run()
    assert office.paper.calls == []
    await table.extend([due.id], until=now + 2 * LEASE_MS)
    office.clock.now += LEASE_MS / 1000 + 1
    await office.run()
    assert office.paper.calls == []
    office.clock.now += LEASE_MS / 1000
    await office.run()
    assert await office.states() == ["done"]


async def test_a_start_frees_what_a_killed_process_held_but_not_what_is_to_wait(
    office: PostOffice,
) -> None:
    await office.post("held", 1)
    await office.post("later", 2)
    table, now = OutboxTable(office.db), office.clock.millis()
    _, told = await table.lease(bots=["customer"], now=now, until=now + LEASE_MS, limit=9)
    await table.later(told, at=now + 60_000, reason="RetryAfter")
    await table.release_all()
    await office.run()
    assert [call[1] for call in office.paper.calls] == [1]
    assert await office.states() == ["done", "waiting"]


async def test_two_processes_send_each_message_once(office: PostOffice) -> None:
    for chat in range(60):
        await office.post("a", chat + 1)
    other = office._delivery()
    for _ in range(6):
        await asyncio.gather(office.delivery.step(), other.step())
        await asyncio.gather(office.delivery.settled(), other.settled())
    assert sorted(c[1] for c in office.paper.calls) == list(range(1, 61))


async def test_a_commit_wakes_the_delivery_at_once(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "TICK", 3600)  # nothing else will
    sent = asyncio.Event()
    send = office.paper.send

    async def telling(chat_id: int, screen: Screen, **how: Any) -> int:
        sent.set()
        return await send(chat_id, screen, **how)

    office.paper.send = telling  # type: ignore[method-assign]
    office.clock.sleep = lambda seconds: asyncio.Event().wait()  # type: ignore
    await office.delivery.start()
    await office.post("a", 1)
    office.delivery.wake()
    await asyncio.wait_for(sent.wait(), 10)
    await office.delivery.stop()
    assert await office.states() == ["done"]


async def test_what_had_to_wait_when_the_process_ended_goes_at_the_next_start(
    office: PostOffice,
) -> None:
    await office.post("a", 1)
    office.paper.ends[1] = [Stopping()]
    await office.delivery.step()
    await office.delivery.settled()
    assert await office.states() == ["waiting"]
    restarted = office._delivery()
    await restarted.step()
    await restarted.settled()
    assert await office.states() == ["done"]


@pytest.mark.feature("A11", "X3")
async def test_what_was_cut_off_comes_again_but_an_announcement_never_twice(
    office: PostOffice,
) -> None:
    store = OutboxTable(office.db)
    for kind in ("order", "announcement"):
        await office.post(kind, 1 if kind == "order" else 2)
    now = office.clock.millis()
    for due in await store.lease(bots=["customer"], now=now, until=now + LEASE_MS, limit=9):
        if due.kind == "announcement":
            assert await store.begin(due, now=now)
    office.clock.now += LEASE_MS / 1000 + 1  # whoever held them was killed
    await office.run()
    assert [call[2] for call in office.paper.calls] == ["order"]
    assert await office.states() == ["done", "failed"]
    assert office.failed == ["cut off"]


@pytest.mark.feature("A11")
@pytest.mark.parametrize("until", [None, 10**15])
async def test_what_is_withheld_while_it_waits_for_its_turn_does_not_leave(
    office: PostOffice, until: int | None
) -> None:
    """Put into words already, but not yet let out by the gate."""

    class Slow(Asking):
        async def send(self, chat_id: int, screen: Screen, *, thread_id: int | None = None) -> int:
            await office.db.apply([withheld("announcement", 1, until=until)])
            return await super().send(chat_id, screen, thread_id=thread_id)

    office.paper.beginning = lambda begin: Slow(office.paper, begin)  # type: ignore[method-assign]
    await office.post("announcement", 1)
    await office.run()
    assert office.paper.calls == []
    assert await office.states() == ["closed" if until is None else "waiting"]


@pytest.mark.feature("A11")
async def test_a_refusal_for_now_leaves_no_doubt(office: PostOffice) -> None:
    office.paper.ends[1] = [RetryAfter(5)]
    await office.post("announcement", 1)
    await office.run()
    office.clock.now += 6
    await office.run()
    assert await office.states() == ["done"]
    assert len(office.paper.calls) == 2


@pytest.mark.feature("A11")
async def test_what_is_taken_back_goes_and_is_nobodys_card_any_more(office: PostOffice) -> None:
    office.screens["announcement"] = Screen(Markup("News"), card=Card("announcement", 7))
    gone = Card("announcement", 7, when_missing="skip", goes=True)
    office.screens["announcement_again"] = Screen(Markup("Withdrawn"), card=gone)
    for kind in ("announcement", "announcement_again", "announcement_again"):
        await office.post(kind, 1)
        await office.run()
        office.clock.now += 1
    assert [call[0] for call in office.paper.calls] == ["send", "take back"]
    assert await office.states() == ["done", "done", "closed"]
