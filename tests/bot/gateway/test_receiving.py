"""Updates are acknowledged only after they are safe, and strangers cannot hand any in."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.conversation import REACTION
from bot.gateway.inbox import Inbox
from bot.gateway.incoming import incoming
from bot.gateway.lanes import Lanes
from bot.gateway.polling import Polling
from bot.gateway.replies import Replies
from bot.gateway.webhooks import add_webhooks
from db.inbox import InboxTable
from tests.bot.gateway.conftest import QuickClock, make_tables
from tests.bot.gateway.test_lanes import message
from tests.databases import scratch_database

SECRET = {"X-Telegram-Bot-Api-Secret-Token": "s3cret"}


@pytest.fixture
async def received() -> list[tuple[str, int]]:
    return []


@pytest.fixture
async def door(received: list[tuple[str, int]]) -> AsyncIterator[TestClient]:
    async def receive(bot: str, updates: Any) -> None:
        if updates[0]["update_id"] == 666:
            raise OSError("disk full")
        received.extend((bot, update["update_id"]) for update in updates)

    app = web.Application()
    add_webhooks(
        app, bots=["customer", "admin"], secret="s3cret", receive=receive, replies=Replies()
    )
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_right_secret_opens(door: TestClient, received: list[Any]) -> None:
    answer = await door.post("/telegram/admin", json={"update_id": 5}, headers=SECRET)
    assert (answer.status, received) == (200, [("admin", 5)])


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "s3cre"}])
async def test_without_the_secret_nothing_gets_in(
    door: TestClient, received: list[Any], headers: dict[str, str]
) -> None:
    answer = await door.post("/telegram/customer", json={"update_id": 5}, headers=headers)
    assert (answer.status, received) == (401, [])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"update_id": "x"}', b"\xff\xfe", b"null"])
async def test_what_is_no_update_is_refused(door: TestClient, body: bytes) -> None:
    answer = await door.post("/telegram/customer", data=body, headers=SECRET)
    assert answer.status == 400


@pytest.mark.parametrize("tap", [{"id": "5"}, {"id": 5}, {}, [], "x"])
async def test_a_tap_that_nobody_answers_is_taken_all_the_same(
    door: TestClient, received: list[Any], tap: Any
) -> None:
    update = {"update_id": 5, "callback_query": tap}
    answer = await door.post("/telegram/admin", json=update, headers=SECRET)
    assert (answer.status, await answer.read(), received) == (200, b"", [("admin", 5)])


async def test_what_could_not_be_stored_must_come_again(door: TestClient) -> None:
    answer = await door.post("/telegram/customer", json={"update_id": 666}, headers=SECRET)
    assert answer.status == 503


def test_no_secret_no_door() -> None:
    with pytest.raises(ValueError, match="WEBHOOK_SECRET"):
        add_webhooks(
            web.Application(), bots=["customer"], secret="", receive=None, replies=Replies()  # type: ignore
        )  # fmt: skip


class Telegram:
    """Gives what lies at or after the offset."""

    def __init__(self, *waiting: dict[str, Any]) -> None:
        self.waiting = waiting
        self.offsets: list[int | None] = []

    async def use_polling(self) -> None: ...

    async def updates(self, *, offset: int | None, wait: int, limit: int = 100) -> list[Any]:
        self.offsets.append(offset)
        return [u for u in self.waiting if offset is None or u["update_id"] >= offset]


async def test_the_higher_offset_goes_out_only_after_the_commit(
    clock: QuickClock, tmp_path: Path
) -> None:
    async with scratch_database("sqlite", tmp_path) as db:
        await make_tables(db)
        table = InboxTable(db)

        async def handle(body: str) -> None: ...

        async def nobody(update: Any, error: str) -> None: ...

        lanes = Lanes(table, {"customer": handle}, clock, on_parked=nobody)
        inbox = Inbox(table, lanes, clock)
        full = True

        async def receive(bot: str, updates: Any) -> None:
            if full:
                raise OSError("disk full")
            await inbox.receive(bot, updates)

        telegram = Telegram(message(8, 1), message(9, 1))
        polling = Polling("customer", telegram, receive, clock, wait=0)
        with pytest.raises(OSError, match="disk full"):
            await polling.step()
        full = False
        await polling.step()
        await polling.step()
        await lanes.idle()
        assert telegram.offsets == [None, None, 10]
        assert await db.fetch("SELECT count(*) FROM inbox") == [(2,)]


def update(**content: Any) -> dict[str, Any]:
    sender = {"id": 7, "is_bot": False, "first_name": "Li", "language_code": "zh-hans"}
    chat = {"id": 7, "type": "private"}
    return {
        "update_id": 1,
        "message": {"message_id": 3, "date": 100, "chat": chat, "from": sender} | content,
    }


def test_a_command_is_taken_apart() -> None:
    entity = {"type": "bot_command", "offset": 0, "length": 12}
    arrived = incoming("customer", update(text="/Start@x_bot  ref-9 ", entities=[entity]))
    assert arrived is not None
    assert (arrived.kind, arrived.command, arrived.argument) == ("command", "start", "ref-9")
    assert arrived.key == "customer:1"


def test_pictures_places_and_phones_arrive() -> None:
    sizes = [{"file_id": "s", "width": 9, "height": 9}, {"file_id": "b", "width": 99, "height": 9}]
    photo = incoming("customer", update(photo=sizes, caption="leak", media_group_id="g"))
    assert photo is not None
    assert (photo.attachments[0].telegram_id, photo.text, photo.album) == ("b", "leak", "g")
    point = {"latitude": 31.2, "longitude": 121.5, "live_period": 900}
    place = incoming("customer", update(location=point))
    assert place is not None
    assert place.location == (31.2, 121.5)
    assert place.live_until is not None
    assert place.live_until.timestamp() == 1000
    contact = incoming("customer", update(contact={"phone_number": "+86", "user_id": 8}))
    assert contact is not None
    assert not contact.contact_is_own


def test_what_is_not_for_our_ears_is_left_alone() -> None:
    assert incoming("customer", update(pinned_message={})) is None
    assert incoming("customer", {"update_id": 1, "poll": {"id": "1"}}) is None
    sign = {"chat": {"id": 5, "type": "private"}, "message_id": 9, "user": {"id": 5, "first_name": "Li"},
            "date": 1, "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}  # fmt: skip
    assert incoming("admin", {"update_id": 1, "message_reaction": sign}) is None
    group = sign | {"chat": {"id": -100, "type": "supergroup"}}
    assert incoming("customer", {"update_id": 1, "message_reaction": group}) is None
    corrected = update(text="typo", chat={"id": -100, "type": "supergroup"})
    assert incoming("admin", {"update_id": 1, "edited_message": corrected["message"]}) is None


def test_a_sign_under_a_message_is_heard_and_so_is_that_it_was_taken_back() -> None:
    sign = {"chat": {"id": 5, "type": "private"}, "message_id": 9, "date": 1, "old_reaction": [],
            "user": {"id": 5, "first_name": "Li"}}  # fmt: skip
    for told, heard in (([{"type": "emoji", "emoji": "❤"}], "❤"), ([], ""),
                        ([{"type": "custom_emoji", "custom_emoji_id": "7"}], "")):  # fmt: skip
        change = {"update_id": 1, "message_reaction": sign | {"new_reaction": told}}
        arrived = incoming("provider", change)
        assert arrived is not None
        assert (arrived.kind, arrived.text, arrived.reply_to) == (REACTION, heard, 9)


def test_a_correction_says_that_it_is_one() -> None:
    corrected = update(text="typo")
    heard = incoming("customer", {"update_id": 1, "edited_message": corrected["message"]})
    assert heard is not None
    assert (heard.edited, heard.text) == (True, "typo")


def test_a_tap_is_of_the_person_not_of_the_message() -> None:
    tap = {"id": "55", "from": {"id": 9, "first_name": "W"}, "data": "order:42"}
    tap["message"] = json.loads(json.dumps(update(text="card")["message"]))
    arrived = incoming("admin", {"update_id": 2, "callback_query": tap})
    assert arrived is not None
    assert (arrived.user_id, arrived.chat_id, arrived.press) == (9, 7, "order:42")
