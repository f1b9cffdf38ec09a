"""A Bot API that says yes to everything and keeps what people see: their messages with the buttons, and who waits."""

import asyncio
import io
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

from aiohttp import web
from PIL import Image

BOTS = {"100": "customer", "200": "provider", "300": "admin"}
TOKENS = {name: f"{number}:city" for number, name in BOTS.items()}
PROFILE = ("name", "description", "short_description")
KEPT = 12
"""So many of its last messages a chat remembers."""
Raw = dict[str, Any]


@dataclass(slots=True)
class Shown:
    """A message as its reader sees it now; `at`: when the call that made it so arrived."""

    id: int
    text: str
    presses: list[str]
    links: list[str]
    at: float

    def press(self, *verbs: str) -> str:
        """What a button with one of these verbs says; "" without one. `accept:77` means that very order."""
        for verb in verbs:
            for press in self.presses:
                if press == verb or press.startswith(f"{verb}:"):
                    return press
        return ""

    def all(self, verb: str) -> list[str]:
        return [press for press in self.presses if press.startswith(f"{verb}:")]


Wanted = Callable[[Shown], bool]


@dataclass(slots=True)
class Chat:
    messages: dict[int, Shown] = field(default_factory=dict)
    waiting: list[tuple[Wanted, asyncio.Future[Shown]]] = field(default_factory=list)
    toast: str = ""

    def show(self, message: Shown) -> None:
        self.messages.pop(message.id, None)
        self.messages[message.id] = message  # what changed last stands last
        while len(self.messages) > KEPT:
            del self.messages[next(iter(self.messages))]
        for wanted, found in self.waiting:
            if not found.done() and wanted(message):
                found.set_result(message)

    def find(self, wanted: Wanted) -> Shown | None:
        return next((m for m in reversed(self.messages.values()) if wanted(m)), None)

    async def sees(self, wanted: Wanted, within: float) -> Shown:
        """The next message that is so from now on. Raises TimeoutError."""
        waiter = (wanted, asyncio.get_running_loop().create_future())
        self.waiting.append(waiter)
        try:
            async with asyncio.timeout(within):
                return await waiter[1]
        finally:
            self.waiting.remove(waiter)


class Chats:
    """`heard` is told of each message in a provider's chat."""

    def __init__(self) -> None:
        self.chats: dict[tuple[str, int], Chat] = defaultdict(Chat)
        self.calls: Counter[str] = Counter()
        self.heard: Callable[[int, Shown], None] = lambda _chat, _message: None
        self._ids = count(1_000)

    def routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path}", self._file)

    async def _call(self, request: web.Request) -> web.Response:
        params = await _params(request)
        bot = BOTS[request.match_info["token"].partition(":")[0]]
        method = request.match_info["method"]
        self.calls[f"{bot} {method}"] += 1
        return web.json_response({"ok": True, "result": self._answer(bot, method, params)})

    async def _file(self, _request: web.Request) -> web.Response:
        return web.Response(body=photo(), content_type="image/jpeg")

    def _answer(self, bot: str, method: str, params: Raw) -> Any:
        if method == "getMe":
            number = next(n for n, name in BOTS.items() if name == bot)
            return {
                "id": int(number),
                "is_bot": True,
                "first_name": bot,
                "username": f"city_{bot}_bot",
            }
        if method == "createForumTopic":
            return {"message_thread_id": next(self._ids), "name": params["name"], "icon_color": 1}
        if method == "answerCallbackQuery":
            _, whose, chat = params["callback_query_id"].split(":")
            self.chats[whose, int(chat)].toast = params.get("text", "")
            return True
        if method == "getFile":
            return {
                "file_id": params["file_id"],
                "file_unique_id": "p",
                "file_path": "photo.jpg",
                "file_size": len(photo()),
            }
        if method.startswith("getMy"):
            return [] if method == "getMyCommands" else dict.fromkeys(PROFILE, "")
        if method == "sendMediaGroup":
            return [self._shown(bot, method, params | one) for one in params["media"]]
        if method.startswith(("send", "edit")) and method != "sendChatAction":
            return self._shown(bot, method, params)
        return True

    def _shown(self, bot: str, method: str, params: Raw) -> Raw:
        chat_id = int(params["chat_id"])
        number = int(params["message_id"]) if "message_id" in params else next(self._ids)
        inner = params.get("media") if isinstance(params.get("media"), dict) else {}
        words = params.get("text") or params.get("caption") or inner.get("caption") or ""
        markup = params.get("reply_markup") or {}
        buttons = [b for row in markup.get("inline_keyboard", ()) for b in row]
        if chat_id > 0:
            message = Shown(
                number, words, [b["callback_data"] for b in buttons if "callback_data" in b],
                [b["url"] for b in buttons if "url" in b], time.perf_counter(),
            )  # fmt: skip
            self.chats[bot, chat_id].show(message)
            if bot == "provider":
                self.heard(chat_id, message)
        return _message(bot, chat_id, number, method, params)


@cache
def photo() -> bytes:
    """As a phone sends it."""
    out = io.BytesIO()
    Image.effect_noise((1280, 960), 30).convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()


def _message(bot: str, chat_id: int, number: int, method: str, params: Raw) -> Raw:
    kind = "private" if chat_id > 0 else "supergroup"
    told: Raw = {
        "message_id": number, "date": 1, "chat": {"id": chat_id, "type": kind},
        "from": {"id": 100, "is_bot": True, "first_name": bot}, "text": "x",
    }  # fmt: skip
    if "photo" in params or method == "editMessageMedia":
        told["photo"] = [{"file_id": f"f{number}", "file_unique_id": "f", "width": 9, "height": 9}]
    for kind in ("document", "video", "voice"):
        if kind in params:
            told[kind] = {"file_id": f"f{number}", "file_unique_id": "f"}
    return told


async def _params(request: web.Request) -> Raw:
    if request.content_type == "application/json":
        raw = await request.read()
        return dict(json.loads(raw)) if raw else {}
    form = await request.post()
    return {name: _value(value) for name, value in form.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        return json.loads(value)
    return value
