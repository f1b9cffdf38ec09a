"""Unchanged aiogram and python-telegram-bot work against the sandbox, by polling and by webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Markup
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from tests.bot.sandbox.conftest import CUSTOMER, STAFF, Running
from tests.bot.sandbox.pictures import picture
from tests.chat import STAFF_CHAT, People


def aiogram_bot(base: str) -> Bot:
    return Bot(CUSTOMER, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))


def aiogram_echo() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def greet(message: Message) -> None:
        rows = [[InlineKeyboardButton(text="📅 Book", callback_data="b:1")]]
        await message.answer(
            f"<b>You said</b> {message.text}",
            parse_mode="HTML",
            reply_markup=InlineKeyboardMarkup(inline_keyboard=rows),
        )

    @dispatcher.callback_query()
    async def booked(query: CallbackQuery) -> None:
        await query.answer("Done")
        assert isinstance(query.message, Message)
        await query.message.edit_text("Booked")

    return dispatcher


def ptb_application(base: str, *, polling: bool) -> Any:
    builder = (
        Application.builder().token(STAFF).base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")
    )
    application = (builder if polling else builder.updater(None)).build()

    async def help_(update: Update, _: Any) -> None:
        keyboard = Markup([[Button("Take it", callback_data="t:1")]])
        assert update.effective_message is not None
        await update.effective_message.reply_text("One order waits", reply_markup=keyboard)

    async def take(update: Update, _: Any) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("Taken")

    application.add_handler(CommandHandler("help", help_))
    application.add_handler(CallbackQueryHandler(take))
    return application


@asynccontextmanager
async def polling(base: str) -> AsyncIterator[None]:
    bot, dispatcher = aiogram_bot(base), aiogram_echo()
    application = ptb_application(base, polling=True)
    await application.initialize()
    await application.start()
    await application.updater.start_polling(timeout=20)
    task = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, polling_timeout=20)
    )
    yield
    await dispatcher.stop_polling()
    await task
    await application.updater.stop()
    await application.stop()
    await application.shutdown()


@asynccontextmanager
async def by_webhook(base: str) -> AsyncIterator[None]:
    bot, application, app = (
        aiogram_bot(base),
        ptb_application(base, polling=False),
        web.Application(),
    )

    async def staff(request: web.Request) -> web.Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return web.Response()

    SimpleRequestHandler(aiogram_echo(), bot, secret_token="s1").register(app, path="/customer")
    app.router.add_post("/staff", staff)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook = f"http://127.0.0.1:{runner.addresses[0][1]}"
    await application.initialize()
    await application.start()
    await bot.set_webhook(f"{hook}/customer", secret_token="s1")
    await application.bot.set_webhook(f"{hook}/staff")
    yield
    await application.stop()
    await application.shutdown()
    await bot.session.close()
    await runner.cleanup()


@pytest.mark.parametrize("mode", [polling, by_webhook])
async def test_both_frameworks_hear_send_edit_and_answer(
    box: Running, people: People, mode: Any
) -> None:
    async with mode(box.base):
        anna = await people.person("Anna", language="zh-hans")
        await anna.writes("修空调")
        await anna.sees("You said 修空调")
        assert anna.buttons == ["📅 Book"]
        assert anna.last["entities"] == [{"type": "bold", "offset": 0, "length": 8}]
        await anna.taps("Book")
        assert anna.toast == "Done"
        await anna.sees("Booked")
        assert anna.buttons == []
        sam = await people.person("Sam", roles=["staff"])
        await sam.writes("/help")
        await sam.taps("Take it")
        await sam.sees("Taken")


@pytest.fixture
async def bot(box: Running) -> AsyncIterator[Bot]:
    made = aiogram_bot(box.base)
    yield made
    await made.session.close()


async def test_aiogram_reads_what_every_method_answers(
    box: Running, people: People, bot: Bot
) -> None:
    anna = await people.person("Anna")
    await anna.writes("/start", answered=False)
    photo = BufferedInputFile(picture(), "tap.png")
    sent = await bot.send_photo(anna.id, photo, caption="<i>before</i>", parse_mode="HTML")
    assert sent.photo is not None
    again = await bot.send_photo(anna.id, sent.photo[-1].file_id)
    await bot.edit_message_media(
        InputMediaPhoto(media=BufferedInputFile(picture("red"), "red.png")),
        chat_id=anna.id,
        message_id=again.message_id,
    )
    album = await bot.send_media_group(
        anna.id,
        [InputMediaPhoto(media=photo, caption="1"), InputMediaPhoto(media=sent.photo[-1].file_id)],
    )
    assert len({message.media_group_id for message in album}) == 1
    file = await bot.get_file(sent.photo[-1].file_id)
    assert file.file_path is not None
    body = await bot.download_file(file.file_path)
    assert body is not None
    assert body.read(2) == b"\xff\xd8"
    document = await bot.send_document(anna.id, BufferedInputFile(b"a,b", "week.csv"))
    assert document.document is not None
    assert document.document.file_name == "week.csv"
    pin = await bot.send_location(anna.id, 31.2, 121.4, live_period=600)
    await bot.edit_message_live_location(31.3, 121.4, chat_id=anna.id, message_id=pin.message_id)
    await bot.stop_message_live_location(chat_id=anna.id, message_id=pin.message_id)
    await bot.send_venue(anna.id, 31.2, 121.4, "Home", "Nanjing Road 1")
    await bot.send_contact(anna.id, "+8613000000000", "Li")
    await bot.send_chat_action(anna.id, "typing")
    await bot.copy_message(anna.id, anna.id, sent.message_id)
    forwarded = await bot.forward_message(anna.id, anna.id, sent.message_id)
    assert forwarded.forward_origin is not None
    await bot.pin_chat_message(anna.id, sent.message_id)
    chat = await bot.get_chat(anna.id)
    assert chat.pinned_message is not None
    await bot.unpin_chat_message(anna.id)
    await bot.set_my_commands([BotCommand(command="start", description="Begin")])
    assert (await bot.get_my_commands())[0].command == "start"
    await bot.delete_messages(anna.id, [document.message_id])
    await bot.delete_message(anna.id, sent.message_id)
    assert (await bot.get_user_profile_photos(anna.id)).total_count == 0
    assert (await bot.get_webhook_info()).url == ""


async def test_aiogram_knows_the_refusals_by_type(box: Running, people: People, bot: Bot) -> None:
    anna = await people.person("Anna")
    await anna.writes("/start", answered=False)
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(1, "x")
    await people.fault("429", method="sendMessage", retry_after=7)
    with pytest.raises(TelegramRetryAfter) as slow:
        await bot.send_message(anna.id, "x")
    assert slow.value.retry_after == 7
    await anna.blocks()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(anna.id, "x")


async def test_ptb_keeps_topics_in_the_staff_group(box: Running, people: People) -> None:
    application = ptb_application(box.base, polling=False)
    await application.initialize()
    bot = application.bot
    sam = await people.person("Sam", roles=["staff"])
    topic = await bot.create_forum_topic(STAFF_CHAT, "Dispute 7")
    thread = topic.message_thread_id
    await bot.send_message(STAFF_CHAT, "Please look", message_thread_id=thread)
    assert await sam.topic("Dispute") == thread
    assert [message["text"] for message in sam.from_bot(thread)] == ["Please look"]
    await sam.writes("On it", topic=thread, answered=False)
    heard = (await box.updates(STAFF))[-1]["message"]
    assert (heard["message_thread_id"], heard["is_topic_message"]) == (thread, True)
    assert heard["reply_to_message"]["forum_topic_created"]["name"] == "Dispute 7"
    await bot.edit_forum_topic(STAFF_CHAT, thread, name="Dispute 7 ✓")
    await bot.close_forum_topic(STAFF_CHAT, thread)
    await sam.refresh()
    assert sam.topics == {"Dispute 7 ✓": thread}
    await bot.reopen_forum_topic(STAFF_CHAT, thread)
    member = await bot.get_chat_member(STAFF_CHAT, sam.id)
    assert member.status == "creator"
    assert {each.user.is_bot for each in await bot.get_chat_administrators(STAFF_CHAT)} == {
        True,
        False,
    }
    await application.shutdown()
