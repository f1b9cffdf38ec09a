"""One signed question to WeChat Pay and its verified answer; whatever else comes back is no answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp
from yarl import URL

from bot.payments.wechat.signing import NotGenuine, Platform, Signer
from core.payments.method import NoAnswer

TIMEOUT_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the platform said; `code` is empty where it did what was asked."""

    code: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


class Client:
    """Asks for one shop. `base` is the address of the platform."""

    def __init__(
        self, *, base: str, signer: Signer, platform: Platform, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._base = base.rstrip("/")
        self._signer, self._platform = signer, platform
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._http: aiohttp.ClientSession | None = None

    async def get(self, target: str) -> Reply:
        """Raises NoAnswer."""
        return await self._ask("GET", target, "")

    async def post(self, target: str, body: Mapping[str, Any] | None = None) -> Reply:
        """Raises NoAnswer."""
        said = "" if body is None else json.dumps(body, ensure_ascii=False)
        return await self._ask("POST", target, said)

    async def fetch(self, url: str) -> bytes:
        """A file, whose digest the caller knows: this answer alone is not signed. Raises NoAnswer."""
        target = url.removeprefix(self._base)
        if target == url:
            raise NoAnswer("a file elsewhere")
        status, _, raw = await self._send("GET", target, "")
        if status != 200:
            raise NoAnswer(f"status {status}")
        return raw

    async def aclose(self) -> None:
        """Lets go of the connections."""
        if self._http is not None:
            await self._http.close()

    async def _ask(self, verb: str, target: str, body: str) -> Reply:
        status, headers, raw = await self._send(verb, target, body)
        try:
            self._platform.check(raw=raw, headers=headers)
            said = json.loads(raw) if raw else {}
        except (NotGenuine, ValueError) as error:
            raise NoAnswer(f"status {status}") from error
        if not isinstance(said, dict):
            raise NoAnswer("not an object")
        if 200 <= status < 300:
            return Reply(body=said)
        return Reply(code=str(said.get("code") or f"HTTP_{status}"), body=said)

    async def _send(
        self, verb: str, target: str, body: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        headers = {
            "Authorization": self._signer.authorization(verb=verb, target=target, body=body),
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Wechatpay-Serial": self._platform.key_id,
            "User-Agent": "doorstep",
        }
        url = URL(f"{self._base}{target}", encoded=True)  # as it was signed
        try:
            async with self._session().request(
                verb, url, data=body.encode() or None, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status, dict(answer.headers), await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer from error

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            # A line that was kept may be cut already, which then looks like no answer.
            fresh = aiohttp.TCPConnector(force_close=True)
            self._http = aiohttp.ClientSession(
                connector=fresh, timeout=self._timeout, middlewares=(_once,)
            )
        return self._http


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """A call that broke is not made again behind our back, as aiohttp does with some."""
    try:
        return await handler(request)
    except aiohttp.ClientError as error:
        raise NoAnswer from error
