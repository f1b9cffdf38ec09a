"""The few calls that concern updates as such, made without a framework: raw updates stay raw."""

from typing import Any

import aiohttp

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "pre_checkout_query",
    "shipping_query",
    "inline_query",
    "message_reaction",
)


class ApiError(Exception):
    """Telegram said no. The address, which holds the token, is never part of the words."""

    def __init__(self, method: str, code: int, description: str, retry_after: float = 0) -> None:
        super().__init__(f"{method}: {code} {description}")
        self.code = code
        self.retry_after = retry_after


class UpdateApi:
    """getUpdates and the webhook settings of one bot."""

    def __init__(self, session: aiohttp.ClientSession, base: str, token: str) -> None:
        self._session = session
        self._address = f"{base.rstrip('/')}/bot{token}"

    async def updates(self, *, offset: int | None, wait: int, limit: int = 100) -> list[Any]:
        """The next updates; asking with an offset acknowledges all before it."""
        params: dict[str, Any] = {
            "timeout": wait,
            "limit": limit,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if offset is not None:
            params["offset"] = offset
        result: list[Any] = await self._call("getUpdates", params, wait + 15)
        return result

    async def use_polling(self) -> None:
        await self._call("deleteWebhook", {"drop_pending_updates": False})

    async def use_webhook(self, url: str, secret: str) -> None:
        await self._call(
            "setWebhook",
            {
                "url": url,
                "secret_token": secret,
                "allowed_updates": list(ALLOWED_UPDATES),
                "drop_pending_updates": False,
                "max_connections": 40,
            },
        )

    async def _call(self, method: str, params: dict[str, Any], seconds: float = 15) -> Any:
        return await call(self._session, self._address, method, params, seconds)


async def call(
    session: aiohttp.ClientSession, address: str, method: str, params: dict[str, Any],
    seconds: float,
) -> Any:  # fmt: skip
    """One method of the bot at this address. Raises ApiError, aiohttp's errors, TimeoutError."""
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with session.post(f"{address}/{method}", json=params, timeout=timeout) as response:
        answer = await response.json(content_type=None)
    if not isinstance(answer, dict) or not answer.get("ok"):
        facts = answer if isinstance(answer, dict) else {}
        again = facts.get("parameters", {}).get("retry_after", 0)
        raise ApiError(method, response.status, str(facts.get("description", "")), again)
    return answer["result"]
