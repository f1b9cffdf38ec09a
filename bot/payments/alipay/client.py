"""Calls to Alipay's gateway, and links to its pages: signed by us, answers believed only when signed by Alipay."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.payments.alipay.amounts import written
from bot.payments.alipay.reply import Reply, read_reply
from bot.payments.alipay.signing import SIGN_TYPE, joined, private_key, public_key, sign
from bot.payments.keys import AlipayKeys
from core.payments.method import NoAnswer

LARGEST_ANSWER: Final = 1 << 20
LARGEST_FILE: Final = 64 << 20


class Client:
    """One app at Alipay. The connection is made when it is first needed."""

    def __init__(self, *, keys: AlipayKeys, timeout: float, clock: Callable[[], datetime]) -> None:
        self._app_id = keys.app_id
        self._base = keys.api_base
        self._private = private_key(keys.private_key)
        self.public = public_key(keys.public_key)
        self._timeout = ClientTimeout(total=timeout)
        self._clock = clock
        self._session: ClientSession | None = None

    async def call(self, method: str, content: Mapping[str, Any], *, notify_url: str = "") -> Reply:
        """Raises NoAnswer where nothing usable came back."""
        fields = self._fields(method, content, {"notify_url": notify_url})
        raw = await self._fetch("POST", f"{self._base}?charset=utf-8", LARGEST_ANSWER, data=fields)
        return read_reply(raw=raw, method=method, key=self.public)

    def link(
        self, method: str, content: Mapping[str, Any], *, notify_url: str, return_url: str
    ) -> str:
        """A page of Alipay's to open: nobody is called to make it."""
        extra = {"notify_url": notify_url, "return_url": return_url}
        return f"{self._base}?{urlencode(self._fields(method, content, extra))}"

    async def file(self, url: str) -> bytes:
        """What lies at an address that a verified answer gave. Raises NoAnswer."""
        return await self._fetch("GET", url, LARGEST_FILE)

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _fields(
        self, method: str, content: Mapping[str, Any], extra: Mapping[str, str]
    ) -> dict[str, str]:
        fields = {
            "app_id": self._app_id, "method": method, "format": "JSON", "charset": "utf-8",
            "sign_type": SIGN_TYPE, "timestamp": written(self._clock()), "version": "1.0",
            "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        } | {name: value for name, value in extra.items() if value}  # fmt: skip
        return fields | {"sign": sign(data=joined(fields).encode(), key=self._private)}

    async def _fetch(
        self, verb: str, url: str, most: int, *, data: Mapping[str, str] | None = None
    ) -> bytes:
        if self._session is None:
            self._session = ClientSession(timeout=self._timeout)
        try:
            async with self._session.request(
                verb, url, data=data, allow_redirects=False
            ) as response:
                raw = await response.content.read(most + 1)
                while len(raw) <= most and (more := await response.content.read(most + 1)):
                    raw += more
        except (ClientError, TimeoutError, OSError) as error:
            raise NoAnswer from error
        if response.status != 200 or len(raw) > most:
            raise NoAnswer
        return raw
