"""Updates: confirmed by a higher offset, kept across a kill, one reader at a time."""

import asyncio
from pathlib import Path

from tests.bot.sandbox.conftest import CUSTOMER, STAFF, Clock, Running, Start
from tests.bot.sandbox.pictures import picture
from tests.chat import People


def texts(updates: list[dict]) -> list[str]:  # type: ignore[type-arg]
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_a_higher_offset_confirms_them(
    box: Running, people: People
) -> None:
    anna = await people.person("Anna")
    for word in ("one", "two", "three"):
        await anna.writes(word, answered=False)
    first = await box.updates(CUSTOMER)
    assert texts(first) == ["one", "two", "three"]
    assert texts(await box.updates(CUSTOMER, offset=first[1]["update_id"])) == ["two", "three"]
    assert texts(await box.updates(CUSTOMER, offset=-1)) == ["three"]
    assert await box.updates(CUSTOMER, offset=first[2]["update_id"] + 1) == []
    numbers = [update["update_id"] for update in first]
    assert numbers == sorted(set(numbers))


async def test_a_long_poll_answers_as_soon_as_something_comes(box: Running, people: People) -> None:
    anna = await people.person("Anna")
    poll = asyncio.create_task(box.updates(CUSTOMER, timeout=30))
    await anna.writes("hello", answered=False)
    assert texts(await asyncio.wait_for(poll, 5)) == ["hello"]


async def test_a_second_poller_ends_the_first(box: Running, people: People) -> None:
    anna = await people.person("Anna")
    first = asyncio.create_task(box.raw(CUSTOMER, "getUpdates", timeout=30))
    await box.call(CUSTOMER, "getMe")
    queue = box.sandbox.hub.queues[100]
    await queue.bell.until(lambda: queue.polled, 5)
    second = asyncio.create_task(box.updates(CUSTOMER, timeout=30))
    answer = await asyncio.wait_for(first, 5)
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    await anna.writes("hello", answered=False)
    assert texts(await asyncio.wait_for(second, 5)) == ["hello"]


async def test_no_polling_while_a_webhook_is_set(box: Running) -> None:
    await box.call(CUSTOMER, "setWebhook", url="http://127.0.0.1:9/hook")
    answer = await box.raw(CUSTOMER, "getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"].startswith(
        "Conflict: can't use getUpdates method while webhook is active"
    )
    await box.call(CUSTOMER, "deleteWebhook")
    await box.call(CUSTOMER, "getUpdates")


async def test_only_the_kinds_asked_for_are_queued(box: Running, people: People) -> None:
    anna = await people.person("Anna")
    await box.updates(CUSTOMER, allowed_updates=["message"])
    await anna.writes("/start", answered=False)
    await anna.blocks()
    assert [set(update) for update in await box.updates(CUSTOMER)] == [{"update_id", "message"}]
    await box.updates(STAFF, allowed_updates=["chat_member"])
    await people.person("Sam", roles=["staff"])
    joined = (await box.updates(STAFF))[0]["chat_member"]
    assert joined["new_chat_member"]["status"] == "member"


async def test_old_updates_are_dropped_after_a_day(
    box: Running, people: People, clock: Clock
) -> None:
    anna = await people.person("Anna")
    await anna.writes("yesterday", answered=False)
    clock.now += 86_401
    assert await box.updates(CUSTOMER) == []


async def test_redelivery_brings_a_confirmed_update_once_more(box: Running, people: People) -> None:
    anna = await people.person("Anna")
    await people.fault("redeliver", bot="doorstep_bot")
    await anna.writes("hello", answered=False)
    first = await box.updates(CUSTOMER)
    offset = first[0]["update_id"] + 1
    assert await box.updates(CUSTOMER, offset=offset) == first
    assert await box.updates(CUSTOMER, offset=offset) == []


async def test_everything_acknowledged_survives_a_kill(start: Start, tmp_path: Path) -> None:
    storage = tmp_path / "sandbox.db"
    before = await start(storage=storage)
    async with People(before.base) as people:
        anna = await people.person("Anna", language="zh-hans")
        await anna.writes("修空调", answered=False)
        await anna.sends_photos(picture(), caption="坏了", answered=False)
    await before.call(CUSTOMER, "sendMessage", chat_id=anna.id, text="received")
    # Nothing is closed: a second sandbox reads what the first had written when it was "killed".
    after = await start(storage=storage)
    updates = await after.updates(CUSTOMER)
    assert updates[0]["message"]["text"] == "修空调"
    assert updates[1]["message"]["caption"] == "坏了"
    async with People(after.base) as people:
        again = await (await people.known("Anna")).refresh()
        assert again.screen == "received"
        photo = again.messages()[1]
        status, body = await after.get(next(iter(photo["files"].values())))
        assert status == 200
        assert body.startswith(b"\xff\xd8")
        await again.writes("next", answered=False)
    newest = (await after.updates(CUSTOMER))[-1]
    assert newest["update_id"] == updates[-1]["update_id"] + 1
    assert newest["message"]["message_id"] == 4
