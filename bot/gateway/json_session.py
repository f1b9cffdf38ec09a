"""Calls as one piece of JSON: aiogram's forms, and its models of each parameter and answer, cost more than the call.

Its session, its middlewares and its errors stay.
"""

from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response
from aiohttp import BytesPayload
from pydantic_core import PydanticSerializationError

from bot.gateway.way_out import connector_type, parts_of

# The model that reads answers; one that nobody holds is forgotten, and making it anew takes as long as ten taps.
_ANSWER = Response[Any]


class JsonSession(AiohttpSession):
    """What the caller did not set is left to Telegram, so the defaults of a `Bot` do not apply."""

    def __init__(self, *, proxy: str = "", **given: Any) -> None:
        super().__init__(**given)
        if proxy:
            self._connector_type = connector_type()
            self._connector_init |= parts_of(proxy)

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """The body of a call; a file in it cannot be JSON and makes it a form."""
        try:
            body = method.model_dump_json(exclude_unset=True, exclude_none=True, warnings=False)
        except PydanticSerializationError:
            return super().build_form_data(bot, method)
        return BytesPayload(body.encode(), content_type="application/json")


@cache
def method_in_json(name: str) -> type[TelegramMethod[Any]]:
    """A method of the Bot API whose parameters and whose answer are Telegram's own JSON."""
    told = {"__returning__": Any, "__api_method__": name, "__module__": __name__}
    return type(name, (TelegramMethod,), told)
