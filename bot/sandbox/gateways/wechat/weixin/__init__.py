"""The WeChat app of the sandbox, in a browser: it opens pages, says who its user is, lets him take what was sent."""

import json
import secrets
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from babel.numbers import format_currency
from yarl import URL

from bot.sandbox.gateways.book import Thing
from bot.sandbox.gateways.wechat.keys import StandInKeys
from bot.sandbox.gateways.wechat.transfers import OPEN, Transfers

BASE: Final = "/sandbox/weixin"
APP: Final = f"{BASE}/app"
AGENT: Final = "Mozilla/5.0 (Linux; Android 14; Mobile) MicroMessenger/8.0.56"
WHO: Final = "weixin_user"
_FOLDER: Final = Path(__file__).parent
_PAGE: Final = Template((_FOLDER / "page.html").read_text("utf-8"))
_BRIDGE: Final = (_FOLDER / "bridge.html").read_text("utf-8")
_WORDS: Final[dict[str, dict[str, Any]]] = json.loads((_FOLDER / "words.json").read_text("utf-8"))
ENDS: Final = {"take": ("SUCCESS", ""), "refuse": ("FAIL", "NAME_NOT_CORRECT")}
PASSED: Final = ("Accept-Language", "Content-Type")


def in_weixin(url: str) -> str:
    """The same page of ours, opened in the app."""
    here = URL(url)
    return str(here.origin()) + APP + here.raw_path_qs


class Weixin:
    """Each browser is one user, known by a cookie."""

    def __init__(
        self, keys: StandInKeys, transfers: Transfers, *, shop: str, ring: Callable[[], None]
    ) -> None:
        self._keys, self._transfers, self._shop, self._ring = keys, transfers, shop, ring
        self._codes: dict[str, str] = {}

    def pages(self) -> Sequence[web.RouteDef]:
        return [
            web.get(f"{BASE}/connect/oauth2/authorize", self._authorize),
            web.get(f"{BASE}/sns/oauth2/access_token", self._token),
            web.route("*", f"{APP}/{{page:.*}}", self._opens),
            web.get(f"{BASE}/take", self._shows),
            web.post(f"{BASE}/take", self._acts),
        ]

    async def _authorize(self, request: web.Request) -> web.Response:
        """The scope snsapi_base asks the user nothing."""
        asked = request.query
        wanted = (asked.get("appid"), asked.get("response_type"), asked.get("scope"))
        if wanted != (self._keys.app_id, "code", "snsapi_base"):
            return web.Response(text="redirect_uri / appid / scope", status=400)
        openid, code = _user(request), secrets.token_hex(16)
        self._codes[code] = openid
        query = urlencode({"code": code, "state": asked.get("state", "")})
        back = web.HTTPFound(f"{asked['redirect_uri']}?{query}")
        back.set_cookie(WHO, openid)
        raise back

    async def _token(self, request: web.Request) -> web.Response:
        asked = request.query
        if asked.get("secret") != self._keys.app_secret:
            return web.json_response({"errcode": 40125, "errmsg": "invalid appsecret"})
        openid = self._codes.pop(asked.get("code", ""), "")
        if not openid or asked.get("grant_type") != "authorization_code":
            return web.json_response({"errcode": 40163, "errmsg": "code been used"})
        return web.json_response(
            {"access_token": secrets.token_hex(8), "expires_in": 7200, "openid": openid,
             "scope": "snsapi_base"}
        )  # fmt: skip

    async def _opens(self, request: web.Request) -> web.Response:
        """A page of ours as the app asks for it, with the app's own means within it."""
        url = URL.build(
            scheme=request.scheme, authority=request.host,
            path="/" + request.match_info["page"], query=request.query,
        )  # fmt: skip
        headers = {n: request.headers[n] for n in PASSED if n in request.headers}
        async with (
            aiohttp.ClientSession(headers={"User-Agent": AGENT}) as http,
            http.request(
                request.method, url, data=await request.read(), headers=headers,
                allow_redirects=False,
            ) as answer,
        ):  # fmt: skip
            html = (await answer.text()).replace("<head>", "<head>" + _BRIDGE, 1)
            back = web.Response(text=html, content_type="text/html", status=answer.status)
            if "Location" in answer.headers:
                back.headers["Location"] = answer.headers["Location"]
            return back

    async def _shows(self, request: web.Request) -> web.Response:
        return self._page(request, self._transfers.of_package(request.query.get("package", "")))

    async def _acts(self, request: web.Request) -> web.Response:
        """A tap on the app's sheet. Only who it was sent to can take it."""
        known = self._transfers.of_package(request.query.get("package", ""))
        end = ENDS.get(str((await request.post()).get("action")))
        if known and end and known["state"] == OPEN and known["openid"] == _user(request):
            self._transfers.end(known, *end)
            self._ring()
        return self._page(request, known)

    def _page(self, request: web.Request, known: Thing | None) -> web.Response:
        language = "zh" if request.headers.get("Accept-Language", "").startswith("zh") else "en"
        words, state = _WORDS[language], "unknown"
        if known:
            mine = known["openid"] == _user(request)
            state = known["state"].lower() if mine else "another"
        amount = format_currency(known["amount"] / 100, "CNY", locale="zh_CN") if known else ""
        html = _PAGE.substitute(
            language=language, state=state, amount=escape(amount), shop=escape(self._shop),
            remark=escape(known["remark"] if known else ""), said=escape(words["states"][state]),
            close=escape(words["close" if state == OPEN.lower() else "done"]),
            **{name: escape(words[name]) for name in ("title", "take", "refuse", "pretend")},
        )  # fmt: skip
        return web.Response(text=html, content_type="text/html")


def _user(request: web.Request) -> str:
    """Who uses the app in this browser."""
    return request.cookies.get(WHO) or f"o{secrets.token_hex(13)}"
