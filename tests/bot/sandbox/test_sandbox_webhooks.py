"""Webhooks: secret, order inside a queue, repeats, and a method in the answer."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox import webhooks
from bot.sandbox.events import Bell
from tests.bot.sandbox.conftest import CUSTOMER, STAFF, Running
from tests.chat import People


class Hook:
    """The bot's end: notes what comes and answers what it was told to, 200 when nothing else is left."""

    def __init__(self) -> None:
        self.came: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self.bell = Bell()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.came.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.bell.ring()
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, count: int) -> list[dict[str, Any]]:
        await self.bell.until(lambda: len(self.came) >= count, 10)
        assert len(self.came) >= count
        return self.came

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.came]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made, app = Hook(), web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_the_secret_comes_with_every_update(box: Running, people: People, hook: Hook) -> None:
    anna = await people.person("Anna")
    await anna.writes("before the webhook", answered=False)
    await box.call(CUSTOMER, "setWebhook", url=hook.url, secret_token="s3cret")
    await anna.writes("after", answered=False)
    await hook.until(2)
    assert hook.texts() == ["before the webhook", "after"]
    assert hook.secrets == ["s3cret", "s3cret"]
    info = await box.call(CUSTOMER, "getWebhookInfo")
    assert info["url"] == hook.url


async def test_a_refused_update_blocks_its_chat_and_no_other(
    box: Running, people: People, hook: Hook
) -> None:
    anna, ben = await people.person("Anna"), await people.person("Ben")
    hook.answers = [web.Response(status=500), web.Response(status=503)]
    await box.call(CUSTOMER, "setWebhook", url=hook.url)
    await anna.writes("a1", answered=False)
    await anna.writes("a2", answered=False)
    await hook.until(2)
    await ben.writes("b1", answered=False)
    await hook.until(5)
    # Refused, repeated at once, refused again; Ben passes meanwhile; then Anna's first, and only then her second.
    assert hook.texts() == ["a1", "a1", "b1", "a1", "a2"]


async def test_the_pause_asked_for_is_kept(box: Running, people: People, hook: Hook) -> None:
    anna = await people.person("Anna")
    hook.answers = [web.Response(status=429, headers={"Retry-After": "1"})]
    await box.call(CUSTOMER, "setWebhook", url=hook.url)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await anna.writes("hello", answered=False)
    await hook.until(2)
    assert loop.time() - begun >= 0.95


async def test_a_method_in_the_answer_is_carried_out(
    box: Running, people: People, hook: Hook
) -> None:
    anna = await people.person("Anna")
    reply = {"method": "sendMessage", "chat_id": anna.id, "text": "by the way"}
    hook.answers = [web.json_response(reply)]
    await box.call(CUSTOMER, "setWebhook", url=hook.url)
    await anna.writes("hello", answered=False)
    await anna.sees("by the way")


async def test_410_for_most_of_a_day_closes_the_webhook(
    box: Running, people: People, hook: Hook, clock: Any
) -> None:
    anna = await people.person("Anna")
    hook.answers = [web.Response(status=410) for _ in range(3)]
    await box.call(CUSTOMER, "setWebhook", url=hook.url)
    await anna.writes("hello", answered=False)
    await hook.until(2)
    clock.now += webhooks.GONE_AFTER + 1
    queue = box.sandbox.hub.queues[100]
    await queue.bell.until(lambda: box.sandbox.world.states[100].webhook is None, 10)
    assert (await box.call(CUSTOMER, "getWebhookInfo"))["url"] == ""


async def test_a_redelivered_update_comes_twice(box: Running, people: People, hook: Hook) -> None:
    sam = await people.person("Sam", roles=["staff"])
    await people.fault("redeliver", bot="doorstep_staff_bot")
    await box.call(STAFF, "setWebhook", url=hook.url)
    await sam.writes("/help", answered=False)
    came = await hook.until(2)
    assert came[0] == came[1]
