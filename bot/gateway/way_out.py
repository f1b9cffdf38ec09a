"""The way to Telegram where it cannot be reached directly: through a proxy of the operator's (BOT_API_PROXY).

The library is loaded only where one is set. What goes wrong on the way looks like any other server that is not reached.
"""

from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp.client_exceptions import ClientProxyConnectionError

if TYPE_CHECKING:
    from aiohttp import ClientRequest, ClientTimeout
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace


def parts_of(proxy: str) -> dict[str, Any]:
    """What a connector needs of socks5://, socks4:// or http:// (user:password@) host:port. Raises ValueError.

    Names are looked up at the far end, as socks5h:// says too: near a blocked Telegram the answers are often wrong.
    """
    from python_socks import parse_proxy_url

    kind, host, port, user, password = parse_proxy_url(proxy.strip().replace("socks5h:", "socks5:"))
    if not host:
        raise ValueError("no host")
    return {"proxy_type": kind, "host": host, "port": port, "username": user or None,
            "password": password or None}  # fmt: skip


def connector_type() -> type[aiohttp.TCPConnector]:
    """Made with `parts_of`."""
    from aiohttp_socks import (
        ProxyConnectionError,
        ProxyConnector,
        ProxyError,
        ProxyTimeoutError,
    )

    class Through(ProxyConnector):
        async def connect(
            self, req: "ClientRequest", traces: "list[Trace]", timeout: "ClientTimeout"
        ) -> "Connection":
            try:
                return await super().connect(req, traces, timeout)
            except (ProxyError, ProxyConnectionError, ProxyTimeoutError) as error:
                lost = OSError(type(error).__name__)
                raise ClientProxyConnectionError(req.connection_key, lost) from error

    return Through


def connector(proxy: str) -> aiohttp.TCPConnector | None:
    """For one session; None: directly."""
    return connector_type()(**parts_of(proxy)) if proxy else None
