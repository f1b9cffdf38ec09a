"""A bot that greets, repeats, counts taps and shows what it was sent: enough to see every part of the page at work."""

import asyncio

from aiogram import F, Router
from aiogram.types import (
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

MENU = ReplyKeyboardMarkup(
    keyboard=[
        [KeyboardButton(text="Share phone", request_contact=True)],
        [KeyboardButton(text="Share place", request_location=True)],
    ],
    resize_keyboard=True,
)
COUNTER = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Count", callback_data="count", style="success")],
        [
            InlineKeyboardButton(text="Warn", callback_data="warn", style="danger"),
            InlineKeyboardButton(text="Share", switch_inline_query="shared"),
            InlineKeyboardButton(text="Copy code", copy_text=CopyTextButton(text="4821")),
        ],
    ]
)
STEP = {
    step: InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=f"Step {step}", callback_data=step)]]
    )
    for step in ("one", "two")
}


def parrot() -> Router:
    router = Router()
    router.message.register(stepwise, F.text == "steps")
    router.message.register(greet, F.text == "/start")
    router.message.register(received, F.chat.type == "private")
    router.inline_query.register(offered)
    router.callback_query.register(count, F.data == "count")
    router.callback_query.register(warn, F.data == "warn")
    done = asyncio.Event()

    async def one(query: CallbackQuery) -> None:
        """Shows the next step at once, and answers the tap only when that one is done."""
        if isinstance(query.message, Message):
            await query.message.edit_text("Two", reply_markup=STEP["two"])
        await done.wait()
        await query.answer()

    async def two(query: CallbackQuery) -> None:
        done.set()
        await query.answer("Both done")

    router.callback_query.register(one, F.data == "one")
    router.callback_query.register(two, F.data == "two")
    return router


async def stepwise(message: Message) -> None:
    await message.answer("One", reply_markup=STEP["one"])


async def greet(message: Message) -> None:
    await message.answer("Welcome", reply_markup=MENU)


async def received(message: Message) -> None:
    if message.location:
        words = f"place {message.location.latitude:.4f}"
    elif message.contact:
        words = f"phone {message.contact.phone_number}"
    else:
        words = message.text or message.content_type
    await message.answer(f"Got {words}", reply_markup=COUNTER)


async def offered(query: InlineQuery) -> None:
    """What was typed, as a card whose button leads into the chat with the bot."""
    address = "https://t.me/doorstep_bot?start=card"
    button = InlineKeyboardButton(text="Open", url=address)
    card = InlineQueryResultArticle(
        id="1", title=f"Card {query.query}", description="Sent into any chat",
        input_message_content=InputTextMessageContent(message_text=f"A card: {query.query}"),
        reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
    )  # fmt: skip
    await query.answer([card] if query.query != "nothing" else [], cache_time=0)


async def count(query: CallbackQuery) -> None:
    await query.answer("Counted")
    if isinstance(query.message, Message):
        await query.message.edit_text("Counted once", reply_markup=COUNTER)


async def warn(query: CallbackQuery) -> None:
    await query.answer("Are you sure?", show_alert=True)
