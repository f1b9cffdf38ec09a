"""Delivers a stand-in's notices: really signed, in order unless told otherwise, again and again until heard."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp

from bot.sandbox.gateways.book import Book, Thing
from bot.sandbox.gateways.faults import Faults

PAUSES = (0.2, 1.0, 5.0, 15.0, 60.0, 300.0)
GIVE_UP_AFTER = 30
OVERTAKEN_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice as it travels; `url` where it goes elsewhere than all others."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""


class Notices:
    """One task that empties the book's list of notices, each with a `type`.

    `heard` tells whether an answer ends the repeating; `on_tried` hears of each try that is in the book.
    """

    def __init__(
        self, *, book: Book, faults: Faults, url: str, letter: Callable[[Thing], Letter],
        heard: Callable[[int, bytes], bool], on_tried: Callable[[], None],
    ) -> None:  # fmt: skip
        self._book, self._faults, self._url = book, faults, url
        self._letter, self._heard, self._on_tried = letter, heard, on_tried
        self._due: dict[int, float] = {}
        self._overtaken: set[int] = set()
        self._bell = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def ring(self) -> None:
        """There is something new to deliver."""
        self._bell.set()

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
            while True:
                self._bell.clear()
                pause = await self._round(http)
                try:
                    async with asyncio.timeout(pause):  # wait_for may swallow the end of it all
                        await self._bell.wait()
                except TimeoutError:
                    pass

    async def _round(self, http: aiohttp.ClientSession) -> float | None:
        """Tries all that is due; answers how long until the next one is, None if nothing waits."""
        for seq, body, tries in self._book.waiting():
            if seq not in self._due:
                self._due[seq] = _now() + self._delay(seq, json.loads(body)["type"])
            if self._due[seq] <= _now():
                await self._try(http, seq, json.loads(body), tries)
        left = [self._due.get(seq, 0.0) for seq, _, _ in self._book.waiting()]
        return max(0.01, min(left) - _now()) if left else None

    def _delay(self, seq: int, kind: str) -> float:
        if self._faults.take(kind, "out_of_order"):
            self._overtaken.add(seq)
            return OVERTAKEN_SECONDS
        late = self._faults.take(kind, "late")
        return late.seconds if late else 0.0

    async def _try(self, http: aiohttp.ClientSession, seq: int, notice: Thing, tries: int) -> None:
        lost = self._faults.take(notice["type"], "lost")
        copies = 2 if self._faults.take(notice["type"], "twice") else 1
        heard = not lost and all([await self._post(http, notice) for _ in range(copies)])
        self._book.tried(seq, delivered=heard)
        if not heard and tries + 1 >= GIVE_UP_AFTER:
            self._book.give_up(seq)
        self._due[seq] = _now() + PAUSES[min(tries, len(PAUSES) - 1)]
        if heard:
            self._let_pass(seq)
        self._on_tried()

    def _let_pass(self, seq: int) -> None:
        """What was to be overtaken has been, and follows."""
        del self._due[seq]
        for slow in {other for other in self._overtaken if other < seq}:
            self._overtaken.remove(slow)
            self._due[slow] = 0.0

    async def _post(self, http: aiohttp.ClientSession, notice: Thing) -> bool:
        letter = self._letter(notice)
        try:
            url = letter.url or self._url
            async with http.post(url, data=letter.body, headers=letter.headers) as answer:
                return self._heard(answer.status, await answer.read())
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False


def _now() -> float:
    return asyncio.get_running_loop().time()
