"""Both pens write the same screens into a Telegram as strict as the real one, and tell its refusals apart."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from markupsafe import Markup
from PIL import Image
from telegram.ext import Application

from bot.gateway.aiogram_messenger import AiogramMessenger
from bot.gateway.gate import Gate
from bot.gateway.json_session import JsonSession
from bot.gateway.messenger import Messenger
from bot.gateway.outcomes import NotSent, Refused, RetryAfter, Uncertain, Unreachable
from bot.gateway.ptb_messenger import PtbMessenger
from bot.gateway.ptb_session import JsonRequest
from bot.screen import Ask, Button, File, Pin, Screen
from tests.bot.gateway.conftest import QuickClock
from tests.bot.sandbox.conftest import Running
from tests.chat import People, Person

pytestmark = pytest.mark.filterwarnings("ignore:Please use 'Bot")
TOKEN = "100:sandbox-customer"
HELLO = Screen(Markup("<b>Hello</b>"), rows=[[Button("Go", press="go:1")]])


class Cupboard:
    """Stored files and Telegram's ids of them."""

    def __init__(self) -> None:
        self.copies: dict[tuple[str, int], str] = {}
        self.reads = 0

    async def read(self, file_id: int) -> tuple[str, str, bytes] | None:
        self.reads += 1
        return ("a.jpg", "image/jpeg", picture()) if file_id == 5 else None

    async def film(self, file_id: int) -> None:
        return None

    async def copy_of(self, bot: str, file_id: int) -> str | None:
        return self.copies.get((bot, file_id))

    async def keep_copy(self, bot: str, file_id: int, telegram_id: str) -> None:
        self.copies[bot, file_id] = telegram_id


def picture(colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), colour).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture
async def people(box: Running) -> AsyncIterator[People]:
    async with People(box.base) as people:
        yield people


@pytest.fixture
async def wang(people: People) -> Person:
    wang = await people.person("Wang")
    await wang.writes("hi", answered=False)
    return wang


@pytest.fixture
def cupboard() -> Cupboard:
    return Cupboard()


@pytest.fixture(params=["aiogram", "ptb"])
async def pen(
    request: pytest.FixtureRequest, box: Running, cupboard: Cupboard, clock: QuickClock
) -> AsyncIterator[Messenger]:
    gate = Gate(clock)
    if request.param == "aiogram":
        session = JsonSession(api=TelegramAPIServer.from_base(box.base), timeout=2)
        yield AiogramMessenger("customer", Bot(TOKEN, session=session), gate, cupboard)
        await session.close()
        return
    builder = Application.builder().token(TOKEN).base_url(f"{box.base}/bot")
    builder = builder.request(JsonRequest(answers=2)).get_updates_request(JsonRequest())
    app = builder.base_file_url(f"{box.base}/file/bot").updater(None).build()
    await app.initialize()
    yield PtbMessenger("customer", app.bot, gate, cupboard)
    await app.shutdown()


async def sent(wang: Person) -> list[dict[str, Any]]:
    await wang.refresh()
    return wang.from_bot()


async def test_a_screen_is_sent_and_edited_in_place(pen: Messenger, wang: Person) -> None:
    number = await pen.send(wang.id, HELLO)
    assert await pen.edit(wang.id, number, replace(HELLO, text=Markup("Bye"))) == number
    assert await pen.edit(wang.id, number, replace(HELLO, text=Markup("Bye"))) == number
    [message] = await sent(wang)
    assert (message["text"], wang.buttons) == ("Bye", ["Go"])
    await pen.strip(wang.id, number)
    await pen.strip(wang.id, number)
    await wang.refresh()
    assert wang.buttons == []


async def test_all_kinds_of_buttons_are_accepted(pen: Messenger, wang: Person) -> None:
    row = [
        Button("Pay", url="https://example.com/pay"),
        Button("Copy", copy="4827-3615"),
        Button("Share", share="https://t.me/doorstep_bot?start=r1"),
        Button("No", press="no:1", style="danger"),
    ]
    await pen.send(wang.id, replace(HELLO, rows=[row]))
    await wang.refresh()
    assert wang.buttons == ["Pay", "Copy", "Share", "No"]


async def test_markup_nobody_can_read_falls_back_to_plain_text(
    pen: Messenger, wang: Person
) -> None:
    number = await pen.send(wang.id, Screen(Markup("<b>4 < 5")))
    [message] = await sent(wang)
    assert message["message_id"] == number
    assert message["text"].startswith("4")


async def test_very_long_and_hostile_text_arrives(pen: Messenger, wang: Person) -> None:
    for text in ("<b>&😀" * 3000, "\ud83d\x00", "\u202e<script>"):
        await pen.send(wang.id, Screen(Markup.escape(text)))
    assert len(await sent(wang)) == 3


async def test_a_message_that_is_gone_gets_a_successor(pen: Messenger, wang: Person) -> None:
    number = await pen.send(wang.id, HELLO)
    await pen.delete(wang.id, number)
    await pen.delete(wang.id, number)
    successor = await pen.edit(wang.id, number, HELLO)
    assert [m["message_id"] for m in await sent(wang)] == [successor]


async def test_text_becomes_photo_and_photo_becomes_text(pen: Messenger, wang: Person) -> None:
    photo = replace(HELLO, photo=File("a.jpg", content=picture()))
    number = await pen.send(wang.id, HELLO)
    number = await pen.edit(wang.id, number, photo)
    [message] = await sent(wang)
    assert message["photo"]
    assert message["caption"] == "Hello"
    number = await pen.edit(
        wang.id, number, replace(photo, photo=File("b", content=picture("blue")))
    )
    assert (await sent(wang))[0]["message_id"] == number
    number = await pen.edit(wang.id, number, HELLO)
    [message] = await sent(wang)
    assert (message["message_id"], message["text"]) == (number, "Hello")


async def test_a_stored_file_travels_once_per_bot(
    pen: Messenger, wang: Person, cupboard: Cupboard
) -> None:
    screen = replace(HELLO, photo=File("a.jpg", file_id=5))
    await pen.send(wang.id, screen)
    await pen.send(wang.id, screen)
    assert cupboard.reads == 1
    cupboard.copies["customer", 5] = "of-another-bot"
    await pen.send(wang.id, screen)
    assert cupboard.reads == 2
    assert len([m for m in await sent(wang) if "photo" in m]) == 3


async def test_a_missing_file_is_a_refusal(pen: Messenger, wang: Person) -> None:
    with pytest.raises(Refused):
        await pen.send(wang.id, replace(HELLO, photo=File("a.jpg", file_id=6)))


async def test_albums_documents_pins_and_long_captions(pen: Messenger, wang: Person) -> None:
    pictures = tuple(File(f"{n}.jpg", content=picture()) for n in range(2))
    paper = File("receipt.pdf", "application/pdf", b"%PDF-1.4 ...")
    await pen.send(wang.id, replace(HELLO, files=(*pictures, paper), pin=Pin(31.2, 121.5)))
    kinds = [
        next(k for k in ("photo", "document", "location", "text") if k in m)
        for m in await sent(wang)
    ]
    assert kinds == ["photo", "photo", "document", "location", "text"]
    long = Screen(Markup("long " * 300), photo=pictures[0])
    await pen.send(wang.id, long)
    assert "photo" in (await sent(wang))[-2]
    assert (await sent(wang))[-1]["text"].startswith("long")


async def test_a_screen_may_ask_for_the_phone_and_take_the_keyboard_back(
    pen: Messenger, wang: Person
) -> None:
    ask = Ask(contact="My number", words=("Later",))
    number = await pen.send(wang.id, HELLO)
    asked = await pen.edit(wang.id, number, Screen(Markup("Your phone?"), ask=ask))
    assert asked != number
    await wang.refresh()
    assert wang.buttons == ["My number", "Later"]
    await pen.send(wang.id, replace(HELLO, close_keyboard=True))
    await wang.refresh()
    assert wang.buttons == ["Go"]
    assert [m["text"] for m in wang.from_bot()] == ["Your phone?", "Hello"]


async def test_a_live_location_moves_and_ends(pen: Messenger, wang: Person) -> None:
    number = await pen.send_location(wang.id, Pin(31.2, 121.5, live_seconds=900))
    await pen.move_location(wang.id, number, Pin(31.21, 121.51))
    await pen.move_location(wang.id, number, Pin(31.21, 121.51))
    await pen.stop_location(wang.id, number)
    await pen.stop_location(wang.id, number)
    [message] = await sent(wang)
    assert message["location"]["latitude"] == pytest.approx(31.21)


async def test_what_people_send_can_be_downloaded(
    pen: Messenger, wang: Person, box: Running
) -> None:
    await wang.sends_photos(picture(), answered=False)
    updates = await box.updates(TOKEN)
    file_id = updates[-1]["message"]["photo"][-1]["file_id"]
    assert (await pen.download(file_id))[:2] == b"\xff\xd8"
    with pytest.raises(Refused):
        await pen.download("nonsense")


async def test_an_unknown_tap_can_be_answered_without_harm(pen: Messenger) -> None:
    await pen.answer("12345", "x" * 500, alert=True)


async def test_strangers_and_blockers_cannot_be_reached(
    pen: Messenger, people: People, wang: Person
) -> None:
    stranger = await people.person("Zhao")
    with pytest.raises(Unreachable):
        await pen.send(stranger.id, HELLO)
    await wang.blocks()
    with pytest.raises(Unreachable):
        await pen.send(wang.id, HELLO)


async def test_later_is_obeyed_by_the_patient_and_told_to_the_impatient(
    pen: Messenger, people: People, wang: Person, clock: QuickClock
) -> None:
    await people.fault("429", method="sendMessage", retry_after=40)
    began = clock.now
    await pen.send(wang.id, HELLO)
    assert clock.now - began >= 40
    await people.fault("429", method="sendMessage", retry_after=40)
    hasty = pen.at(urgency=5, patience=0)
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await hasty.send(wang.id, HELLO)
    assert len(await people.calls("sendMessage")) == 3


async def test_broken_servers_and_lost_answers_are_told_apart(
    pen: Messenger, people: People, wang: Person, box: Running
) -> None:
    await people.fault("500", method="sendMessage")
    with pytest.raises(NotSent):
        await pen.send(wang.id, HELLO)
    await people.fault("drop_after", method="sendMessage")
    with pytest.raises(Uncertain):
        await pen.send(wang.id, HELLO)
    assert len(await sent(wang)) == 1


async def test_no_connection_means_surely_not_sent(
    pen: Messenger, people: People, wang: Person, box: Running
) -> None:
    await people.close()
    await box.sandbox.stop()
    assert box._runner is not None
    await box._runner.cleanup()
    for _ in range(5):  # who is connected still hears that the server has gone
        await asyncio.sleep(0)
    with pytest.raises(NotSent):
        await pen.send(wang.id, HELLO)
