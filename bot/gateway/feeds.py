"""Handing a stored update to the framework of its bot, so that a failure of the handler is a failure here."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from aiogram import Bot, Dispatcher, types
from telegram import Update
from telegram.ext import Application, CallbackContext, TypeHandler

from bot.conversation import Incoming
from bot.gateway.incoming import incoming
from bot.gateway.lanes import Handle
from bot.gateway.raw_json import loads

Answer = Callable[[Incoming], Awaitable[None]]


def aiogram_feed(name: str, dispatcher: Dispatcher, bot: Bot) -> Handle:
    """Feeds raw updates to an aiogram dispatcher; handlers find what arrived as `incoming`."""
    types.Update.model_rebuild()  # now, or the first person to tap waits for it

    async def handle(body: str) -> None:
        update = loads(body)
        if (arrived := incoming(name, update)) is not None:
            await dispatcher.feed_raw_update(bot, _for_routing(update), incoming=arrived)

    return handle


def _for_routing(update: dict[str, Any]) -> dict[str, Any]:
    """Only what routing needs; of the rest `incoming` speaks, and a sort of message that the models do not know
    (yet, or any more) is none of their business.
    """
    if tap := update.get("callback_query"):
        return {**update, "callback_query": {k: v for k, v in tap.items() if k != "message"}}
    if sign := update.get("message_reaction"):
        return {**update, "message_reaction": {**sign, "old_reaction": [], "new_reaction": []}}
    kept = ("message_id", "date", "chat", "from", "edit_date")
    return {
        name: {k: part[k] for k in kept if k in part}
        if name in ("message", "edited_message")
        else part
        for name, part in update.items()
    }


def aiogram_desk(dispatcher: Dispatcher, answer: Answer) -> None:
    """Everything this bot hears goes to one desk, whose routing table says the rest."""

    async def take(_event: Any, incoming: Incoming) -> None:
        await answer(incoming)

    for observer in (
        dispatcher.message, dispatcher.edited_message, dispatcher.callback_query,
        dispatcher.inline_query, dispatcher.my_chat_member, dispatcher.pre_checkout_query,
        dispatcher.message_reaction,
    ):  # fmt: skip
        observer.register(take)


_Context = CallbackContext[Any, Any, Any, Any]
_App = Application[Any, Any, Any, Any, Any, Any]
_arrived: ContextVar[Incoming] = ContextVar("arrived")
_failures: ContextVar[list[BaseException]] = ContextVar("failures")


async def _remember(_update: object, context: _Context) -> None:
    if context.error is not None:
        _failures.get().append(context.error)


def ptb_feed(name: str, application: _App) -> Handle:
    """Feeds raw updates to python-telegram-bot, which would swallow the errors by itself."""
    application.add_error_handler(_remember)

    async def handle(body: str) -> None:
        update = loads(body)
        if (arrived := incoming(name, update)) is None:
            return
        failures: list[BaseException] = []
        _arrived.set(arrived)
        _failures.set(failures)
        await application.process_update(Update.de_json(update, application.bot))
        if failures:
            raise failures[0]

    return handle


def ptb_desk(application: _App, answer: Answer) -> None:
    """Everything the staff bot hears goes to one desk, whose routing table says the rest."""

    async def take(_update: Update, _context: _Context) -> None:
        await answer(_arrived.get())

    application.add_handler(TypeHandler(Update, take))
