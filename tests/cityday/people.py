"""People as the city plays them: what they tap and write becomes raw updates, what they wait for is timed."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp

from tests.cityday.chats import Chats, Shown, Wanted
from tests.cityday.clock import Clock

PATIENCE = 40.0
SECRET = "city"


class Lost(Exception):
    """What had to be seen was not."""


@dataclass(slots=True)
class Post:
    """Telegram's side of the webhooks: an update is delivered until it is taken. `times`: how long answers took."""

    url: str
    session: aiohttp.ClientSession
    chats: Chats
    clock: Clock
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    updates: int = 0
    _ids: Any = field(default_factory=lambda: count(1))

    async def deliver(self, bot: str, **update: Any) -> None:
        self.updates += 1
        body = {"update_id": next(self._ids), **update}
        head = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        for _ in range(20):
            async with self.session.post(
                f"{self.url}/telegram/{bot}", json=body, headers=head
            ) as got:
                if got.status == 200:
                    return
            await asyncio.sleep(0.5)
        raise Lost(f"update refused: {got.status}")


@dataclass(slots=True)
class Phone:
    """One person with one of the bots."""

    post: Post
    bot: str
    id: int
    language: str = "zh-hans"

    @property
    def chat(self) -> Any:
        return self.post.chats.chats[self.bot, self.id]

    @property
    def _from(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": "A", "language_code": self.language}

    def _message(self, number: int, **content: Any) -> dict[str, Any]:
        private = {"id": self.id, "type": "private", "first_name": "A"}
        now = int(self.post.clock.seconds)
        return {"message_id": number, "date": now, "chat": private, "from": self._from, **content}

    async def writes(self, text: str, then: Wanted, kind: str = "words") -> Shown:
        number = next(self.post.chats._ids)
        said: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            said["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return await self._does(kind, then, message=self._message(number, **said))

    async def sends_photo(self, then: Wanted) -> Shown:
        number = next(self.post.chats._ids)
        sizes = [
            {"file_id": f"p{number}", "file_unique_id": f"u{number}", "width": 1280, "height": 960}
        ]
        return await self._does("photo", then, message=self._message(number, photo=sizes))

    async def taps(self, message: Shown, press: str, then: Wanted) -> Shown:
        """A button of that message; `then` is what must be seen next."""
        assert press, "no such button"
        number = f"{next(self.post.chats._ids)}:{self.bot}:{self.id}"
        query = {
            "id": number, "from": self._from, "message": self._message(message.id),
            "chat_instance": "1", "data": press,
        }  # fmt: skip
        return await self._does(press.partition(":")[0], then, callback_query=query)

    async def _does(self, kind: str, then: Wanted, **update: Any) -> Shown:
        began = time.perf_counter()
        answer = asyncio.ensure_future(self.chat.sees(then, PATIENCE))
        await asyncio.sleep(0)  # it listens before anything is sent
        try:
            await self.post.deliver(self.bot, **update)
            found = await answer
        except TimeoutError:
            raise Lost(f"nothing came of {kind}: {self._last()}") from None
        finally:
            answer.cancel()
        self.post.times[kind].append(found.at - began)
        return found

    async def sees(self, wanted: Wanted, what: str) -> Shown:
        """What is there, or comes by itself."""
        if (here := self.chat.find(wanted)) is not None:
            return here
        try:
            return await self.chat.sees(wanted, PATIENCE)
        except TimeoutError:
            raise Lost(f"{what} not seen: {self._last()}") from None

    def _last(self) -> str:
        last = self.chat.find(lambda _message: True)
        told = f"{last.text[:300]!r} {last.presses}" if last else "nothing"
        return f"{told} {self.chat.toast}"
