"""The pen of the bots that run on aiogram."""

import io
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import BufferedInputFile
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from bot.conversation import LARGEST_FILE
from bot.gateway.calls import Params, Upload
from bot.gateway.json_session import method_in_json
from bot.gateway.messenger import Messenger
from bot.gateway.outcomes import (
    CallFailed,
    ChatMoved,
    NotSent,
    Refused,
    RetryAfter,
    Uncertain,
    Unreachable,
    refusal,
)


class AiogramMessenger(Messenger):
    """Speaks through an aiogram Bot."""

    def __init__(self, bot: str, api: Bot, *args: Any, **kwargs: Any) -> None:
        super().__init__(bot, *args, **kwargs)
        self._api = api

    async def call(self, method: str, params: Params) -> Any:
        request = method_in_json(method)(**{n: _with_files(value) for n, value in params.items()})
        try:
            return await self._api(request)
        except (TelegramAPIError, ClientDecodeError) as error:
            raise outcome(error) from error

    async def fetch_file(self, telegram_id: str) -> bytes:
        try:
            file = await self._api.get_file(telegram_id)
            if not file.file_path or (file.file_size or 0) > LARGEST_FILE:
                raise Refused("the file is too big")
            buffer = io.BytesIO()
            await self._api.download_file(file.file_path, buffer)
        except (TelegramAPIError, ClientDecodeError) as error:
            raise outcome(error) from error
        return buffer.getvalue()


def outcome(error: Exception) -> CallFailed:
    """aiogram's error as one of ours."""
    match error:
        case TelegramRetryAfter():
            return RetryAfter(float(error.retry_after))
        case TelegramMigrateToChat():
            return ChatMoved(error.migrate_to_chat_id)
        case TelegramForbiddenError():
            return Unreachable(error.message)
        case TelegramBadRequest() | TelegramNotFound():
            return refusal(error.message)
        case TelegramServerError():
            return NotSent(error.message)
        case TelegramNetworkError():
            unsent = isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError)
            return (NotSent if unsent else Uncertain)(type(error.__cause__).__name__)
        case ClientDecodeError():
            return Uncertain("the answer could not be read")
        case TelegramAPIError():
            return Refused(error.message)
    return Uncertain(type(error).__name__)


def _with_files(value: Any) -> Any:
    match value:
        case Upload():
            return BufferedInputFile(value.content, value.name)
        case dict():
            return {name: _with_files(part) for name, part in value.items()}
        case list():
            return [_with_files(part) for part in value]
    return value
