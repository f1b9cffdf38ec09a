"""The pen of the staff bot, which runs on python-telegram-bot."""

import warnings
from collections.abc import Callable
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from telegram import (
    Bot,
    InputFile,
    InputMedia,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    TelegramError,
    TimedOut,
)
from telegram.error import RetryAfter as TooMany

from bot.conversation import LARGEST_FILE
from bot.gateway.calls import Params, Upload
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

# The library would rather have its typed methods called; here one table serves both frameworks.
warnings.filterwarnings("ignore", message="Please use 'Bot")

_ALBUM: dict[str, Callable[..., InputMedia]] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
}
_UNSENT = (ClientConnectorError, ConnectionTimeoutError)


class PtbMessenger(Messenger):
    """Speaks through a python-telegram-bot Bot."""

    def __init__(self, bot: str, api: Bot, *args: Any, **kwargs: Any) -> None:
        super().__init__(bot, *args, **kwargs)
        self._api = api

    async def call(self, method: str, params: Params) -> Any:
        try:
            return await self._api.do_api_request(method, api_kwargs=_with_files(params))
        except TelegramError as error:
            raise outcome(error) from error

    async def fetch_file(self, telegram_id: str) -> bytes:
        try:
            file = await self._api.get_file(telegram_id)
            if (file.file_size or 0) > LARGEST_FILE:
                raise Refused("the file is too big")
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise outcome(error) from error


def outcome(error: TelegramError) -> CallFailed:
    """python-telegram-bot's error as one of ours."""
    match error:
        case TooMany():
            wait = error.retry_after
            return RetryAfter(
                float(wait if isinstance(wait, int | float) else wait.total_seconds())
            )
        case ChatMigrated():
            return ChatMoved(error.new_chat_id)
        case Forbidden():
            return Unreachable(error.message)
        case BadRequest():
            return refusal(error.message)
        case TimedOut() if not isinstance(error.__cause__, _UNSENT):
            return Uncertain("the answer did not come")
        case NetworkError() if isinstance(error.__cause__, ClientError):
            unsent = isinstance(error.__cause__, _UNSENT)
            return (NotSent if unsent else Uncertain)(type(error.__cause__).__name__)
        case NetworkError():
            return NotSent(error.message)
    return Refused(error.message)


def _with_files(params: Params) -> Params:
    """Parameters as the library sends them, each file beside the JSON that mentions it."""
    flat: Params = {}
    for name, value in params.items():
        match value:
            case Upload():
                flat[name] = InputFile(value.content, filename=value.name)
            case {"media": Upload() as upload, **rest}:
                flat[name] = {"media": "attach://file0", **rest}
                flat["file0"] = InputFile(upload.content, filename=upload.name)
            case list() if name == "media":
                flat[name] = [_in_album(one) for one in value]
            case _:
                flat[name] = value
    return flat


def _in_album(one: Params) -> InputMedia:
    facts = {name: _attached(value) for name, value in one.items() if name != "type"}
    return _ALBUM[one["type"]](**facts)


def _attached(value: Any) -> Any:
    if not isinstance(value, Upload):
        return value
    return InputFile(value.content, filename=value.name, attach=True)
