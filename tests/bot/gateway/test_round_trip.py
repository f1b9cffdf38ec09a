"""From a person's words through inbox, lane, framework and gate back to the person, for both frameworks."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web
from markupsafe import Markup
from telegram.ext import Application

from bot.conversation import Incoming
from bot.gateway.aiogram_messenger import AiogramMessenger
from bot.gateway.api import ApiError, UpdateApi
from bot.gateway.feeds import aiogram_desk, aiogram_feed, ptb_desk, ptb_feed
from bot.gateway.gate import Gate
from bot.gateway.inbox import Inbox
from bot.gateway.json_session import JsonSession
from bot.gateway.lanes import Lanes
from bot.gateway.messenger import Messenger
from bot.gateway.polling import Polling
from bot.gateway.ports import SystemClock
from bot.gateway.ptb_messenger import PtbMessenger
from bot.gateway.ptb_session import JsonRequest
from bot.gateway.replies import Replies
from bot.gateway.talks import Talks
from bot.gateway.webhooks import add_webhooks
from bot.screen import Button, Screen
from db.conversations import ConversationTable
from db.engine import Database
from db.inbox import InboxTable
from tests.bot.gateway.conftest import make_tables
from tests.bot.gateway.test_messengers import Cupboard
from tests.bot.sandbox.conftest import Running
from tests.chat import People
from tests.databases import scratch_database

pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot")
CUSTOMER, ADMIN = "100:sandbox-customer", "300:sandbox-admin"


@pytest.fixture
async def lite(tmp_path: Path) -> AsyncIterator[Database]:
    async with scratch_database("sqlite", tmp_path) as db:
        await make_tables(db)
        yield db


class House:
    """Two bots, one on each framework, that say what they heard."""

    def __init__(self, box: Running, db: Database, *, webhook: bool = False) -> None:
        self.box, self.db, self.webhook = box, db, webhook
        self.replies, self.called = Replies(), list[str]()
        self.replied, self.at_leisure = asyncio.Event(), asyncio.Event()
        self.at_leisure.set()
        self.runner = web.AppRunner(web.Application())
        self.polls: list[Polling] = []
        self.parked: list[Any] = []
        self.broken = 0
        self.talks = Talks(ConversationTable(db))

    async def open(self) -> None:
        clock, base = SystemClock(), self.box.base
        self.session = aiohttp.ClientSession()
        api = JsonSession(api=TelegramAPIServer.from_base(base))
        self.bot = Bot(CUSTOMER, session=api)
        builder = Application.builder().token(ADMIN).base_url(f"{base}/bot").updater(None)
        builder = builder.request(JsonRequest()).get_updates_request(JsonRequest())
        self.app = builder.build()
        await self.app.initialize()
        gates = Gate(clock), Gate(clock)
        self.pens: dict[str, Messenger] = {
            "customer": AiogramMessenger(
                "customer", self.bot, gates[0], Cupboard(), replies=self.replies
            ),
            "admin": PtbMessenger(
                "admin", self.app.bot, gates[1], Cupboard(), replies=self.replies
            ),
        }
        for pen in self.pens.values():
            self.note_calls(pen)
        dispatcher = Dispatcher(disable_fsm=True)
        aiogram_desk(dispatcher, self.echo)
        ptb_desk(self.app, self.echo)
        handlers = {
            "customer": aiogram_feed("customer", dispatcher, self.bot),
            "admin": ptb_feed("admin", self.app),
        }
        table = InboxTable(self.db)
        self.lanes = Lanes(table, handlers, clock, on_parked=self.park)
        inbox = Inbox(table, self.lanes, clock)
        await self.lanes.adopt()
        apis = {
            name: UpdateApi(self.session, base, token)
            for name, token in (("customer", CUSTOMER), ("admin", ADMIN))
        }
        if self.webhook:
            await self.listen(apis, inbox)
            return
        self.polls = [
            Polling(name, api, inbox.receive, clock, wait=2) for name, api in apis.items()
        ]
        for poll in self.polls:
            poll.start()

    async def listen(self, apis: dict[str, UpdateApi], inbox: Inbox) -> None:
        add_webhooks(
            self.runner.app, bots=[*apis], secret="s3cret", receive=inbox.receive,
            replies=self.replies,
        )  # fmt: skip

        async def replied(_request: web.Request, _reply: web.StreamResponse) -> None:
            self.replied.set()

        self.runner.app.on_response_prepare.append(replied)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        here = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        for name, api in apis.items():
            await api.use_webhook(f"{here}/telegram/{name}", "s3cret")

    async def close(self) -> None:
        await asyncio.gather(*(poll.stop() for poll in self.polls))
        await self.runner.cleanup()
        await self.lanes.stop()
        await self.app.shutdown()
        await self.bot.session.close()
        await self.session.close()

    def note_calls(self, pen: Messenger) -> None:
        call = pen.call

        async def noted(method: str, params: Any) -> Any:
            self.called.append(method)
            return await call(method, params)

        pen.call = noted  # type: ignore[method-assign]

    async def park(self, update: Any, error: str) -> None:
        self.parked.append(error)

    async def echo(self, incoming: Incoming) -> None:
        pen = self.pens[incoming.bot]
        if incoming.text == "break":
            self.broken += 1
            raise LookupError
        if incoming.press:
            await self.at_leisure.wait()
            await asyncio.gather(
                pen.edit(incoming.chat_id, incoming.message_id, Screen(Markup("tapped"))),
                pen.answer(incoming.callback_id, "ok"),
            )
            return
        known = await self.talks.load(incoming)
        count = known.memory.get("count", 0) + 1
        await self.talks.save(incoming, "counting", {"count": count})
        text = Markup("{} {}").format(incoming.text, count)
        rows = [[Button("Tap", press="tap")]]
        await pen.send(incoming.chat_id, Screen(text, rows), thread_id=incoming.thread_id)


@pytest.fixture
async def house(box: Running, lite: Database) -> AsyncIterator[House]:
    house = House(box, lite)
    await house.open()
    yield house
    await house.close()


@pytest.mark.parametrize("chat", [100, 300])
async def test_words_and_taps_are_answered(box: Running, house: House, chat: int) -> None:
    async with People(box.base) as people:
        person = (await people.person("Wang", roles=["customer", "staff"])).with_bot(chat)
        await person.writes("你好")
        await person.sees("你好 1")
        await person.writes("again")
        await person.sees("again 2")
        await person.taps("Tap")
        await person.sees("tapped")
        assert person.toast == "ok"


@pytest.fixture
async def hooked(box: Running, lite: Database) -> AsyncIterator[House]:
    house = House(box, lite, webhook=True)
    await house.open()
    yield house
    await house.close()


@pytest.mark.parametrize("chat", [100, 300])
async def test_what_answers_a_tap_comes_with_the_reply_to_its_webhook(
    box: Running, hooked: House, chat: int
) -> None:
    async with People(box.base) as people:
        person = (await people.person("Wang", roles=["customer", "staff"])).with_bot(chat)
        await person.writes("你好")
        await person.taps("Tap")
        await person.sees("tapped")
        assert person.toast == "ok"
        assert hooked.called == ["sendMessage", "editMessageText"]


async def test_a_tap_that_takes_longer_is_answered_by_a_call(box: Running, hooked: House) -> None:
    async with People(box.base) as people:
        person = await people.person("Wang")
        await person.writes("你好")
        hooked.at_leisure.clear()
        hooked.replied.clear()
        tap = asyncio.create_task(person.taps("Tap"))
        await hooked.replied.wait()
        hooked.at_leisure.set()
        await tap
        assert person.toast == "ok"
        assert "answerCallbackQuery" in hooked.called


@pytest.mark.parametrize("chat", [100, 300])
async def test_a_broken_handler_is_noticed_in_both_frameworks(
    box: Running, house: House, chat: int
) -> None:
    async with People(box.base) as people:
        person = (await people.person("Wang", roles=["customer", "staff"])).with_bot(chat)
        await person.writes("break", answered=False)
        await person.writes("still here")
        await person.sees("still here 1")
        assert (house.broken, house.parked) == (3, ["LookupError"])


async def test_a_wrong_token_is_told_without_the_token(box: Running) -> None:
    async with aiohttp.ClientSession() as session:
        api = UpdateApi(session, box.base, "999:wrong-token-entirely")
        with pytest.raises(ApiError) as refused:
            await api.updates(offset=None, wait=0)
        assert refused.value.code in (401, 404)
        assert "wrong-token" not in str(refused.value)


async def test_where_a_talk_stands_is_kept_under_its_own_key(lite: Database) -> None:
    table = ConversationTable(lite)
    key = ("customer", -(10**12), 2**40, 5, "talk")
    other = ("customer", -(10**12), 2**40, 0, "talk")
    await table.put(key, state="address", data={"订单": [1, 2]})
    assert await table.get(key) == ("address", {"订单": [1, 2]})
    assert await table.get(other) == (None, {})
    await table.put(key, state=None, data={})
    assert await table.get(key) == (None, {})


async def test_a_kill_between_two_updates_repeats_nothing_that_was_done(
    box: Running, lite: Database
) -> None:
    first = House(box, lite)
    await first.open()
    async with People(box.base) as people:
        person = await people.person("Wang")
        await person.writes("one")
        await person.sees("one 1")
        await first.close()
        await person.writes("two", answered=False)
        second = House(box, lite)
        await second.open()
        await person.sees("two 2")
        await second.lanes.idle()
        await second.close()
        await person.refresh()
        assert [m["text"] for m in person.from_bot()] == ["one 1", "two 2"]
    bodies = await lite.fetch("SELECT body FROM inbox WHERE done_at IS NOT NULL")
    assert {body for (body,) in bodies} == {""}
