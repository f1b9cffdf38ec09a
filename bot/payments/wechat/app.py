"""Who somebody in WeChat is to our app: WeChat leads him back to us with a code, good once, that tells his openid.

As the official account's pages on “web page authorization” have it: `connect/oauth2/authorize` with the scope
`snsapi_base`, which asks the person nothing, then `sns/oauth2/access_token` with the app's secret.
"""

import json
from typing import Final
from urllib.parse import urlencode

import aiohttp

from bot.payments.keys import WechatAppKeys
from core.errors import Unknown
from core.payments.method import NoAnswer

TIMEOUT: Final = aiohttp.ClientTimeout(total=10.0)
LARGEST_ANSWER: Final = 1 << 16
# The code was made up, is over (five minutes), or was used.
NO_CODE: Final = frozenset({40029, 40163, 41008, 42003})


class WechatApp:
    """Without a secret there is none."""

    def __init__(self, *, app_id: str, keys: WechatAppKeys) -> None:
        if not app_id.strip() or not keys.app_secret.strip():
            raise ValueError("no secret")
        self._app_id, self._keys = app_id, keys

    def asks(self, *, back: str, state: str) -> str:
        """Where somebody in WeChat is sent to come `back` with a code and this `state` (letters and digits)."""
        query = {
            "appid": self._app_id, "redirect_uri": back, "response_type": "code",
            "scope": "snsapi_base", "state": state,
        }  # fmt: skip
        base = self._keys.connect_base.rstrip("/")
        return f"{base}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"

    async def openid(self, *, code: str) -> str:
        """Raises Unknown for a code that is nobody's any more, NoAnswer."""
        query = {
            "appid": self._app_id, "secret": self._keys.app_secret, "code": code,
            "grant_type": "authorization_code",
        }  # fmt: skip
        url = f"{self._keys.api_base.rstrip('/')}/sns/oauth2/access_token"
        try:
            async with (
                aiohttp.ClientSession(timeout=TIMEOUT) as http,
                http.get(url, params=query, allow_redirects=False) as answer,
            ):
                said = json.loads(await answer.content.read(LARGEST_ANSWER))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            raise NoAnswer from None  # the address has the secret in it
        if not isinstance(said, dict):
            raise NoAnswer
        if said.get("errcode") in NO_CODE:
            raise Unknown("code")
        openid = said.get("openid")
        if not isinstance(openid, str) or not openid:
            raise NoAnswer(f"code {said.get('errcode')}")
        return openid
