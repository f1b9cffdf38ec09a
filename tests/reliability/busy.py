"""People who are busy in their chats: they book, pay, work, cancel, review and ask, and never give up."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.chat import Message, People, Person
from tests.e2e.journey import till

# How much each verb is wanted; any other is tried now and then.
CUSTOMER = {
    "pays": 20, "bconfirm": 40, "bookat": 10, "book": 2, "l": 10, "s": 8, "c": 8, "bnext": 10, "baddr": 10,
    "btime": 30, "bday": 10, "bgo": 1, "bpay": 4, "paycheck": 2, "pay": 10, "review": 20, "rstar": 20,
    "rpublish": 80, "ocashyes": 40, "ocashno": 2, "ocash": 10, "ocancel": 1, "ocancelgo": 60,
    "ask": 1, "helpo": 1, "solved": 5, "bstop": 0.1, "where": 0, "lw": 0, "lang": 0, "hello": 0,
    "addrdel": 0, "mute": 0,
}  # fmt: skip
FICKLE = CUSTOMER | {"ocancel": 40}
PROVIDER = {
    "accept": 20, "decline": 3, "depart": 20, "arrive": 20, "code": 30, "finish": 40, "cash": 40,
    "othercash": 1, "drop": 1, "work": 0, "lang": 0, "tongue": 0, "sethours": 0,
    "dayoff": 0, "edge": 0, "pause": 0, "most": 0, "rad": 0, "base": 0, "basego": 0, "copy": 0,
}  # fmt: skip
DOOR = "12 Nanjing Rd, flat 5"
PATIENCE = 3.0
STALL = 180.0


@dataclass
class Town:
    """Where everybody's acts are counted: what happens next waits for acts that were answered, not for seconds."""

    people: People
    start_code: Callable[[int], Awaitable[str]]
    did: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)
    acts: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def answered(self) -> None:
        self.acts += 1
        self._changed.set()

    async def until(self, acts: int) -> None:
        while self.acts < acts:
            self._changed.clear()
            await asyncio.wait_for(self._changed.wait(), STALL)


@dataclass(frozen=True)
class Choice:
    """A button that can be pressed now."""

    message_id: int
    verb: str
    data: str


class Busy:
    """One person and what they do next."""

    def __init__(
        self, person: Person, wants: dict[str, float], town: Town, rng: random.Random
    ) -> None:
        self.person, self.wants, self.town, self.rng = person, wants, town, rng
        self.answer = "/start"

    async def live(self, stop: asyncio.Event) -> None:
        """Acts until told to stop; a platform that is down just does not answer."""
        while not stop.is_set():
            try:
                await self.act()
                self.town.answered()
            except (AssertionError, ClientError, TimeoutError):
                self.town.did["unanswered"] += 1

    async def act(self) -> None:
        before = await self.news(2**53, 0)
        await self.person.refresh()
        if answer := self.asked():
            await self.says(answer)
        elif choice := self.one_of(self.choices()):
            await self.presses(choice)
        elif self.wants is PROVIDER and self.rng.random() < 0.8:
            await self.news(before, 1.0)  # nobody wants anything of him
        else:  # out of whatever was begun, and on to something new
            self.answer = "/jobs" if self.wants is PROVIDER else "Service 0"
            await self.says("/start")

    def choices(self) -> list[Choice]:
        return [
            choice
            for message in self.person.from_bot()
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if (choice := _choice(message, button)) is not None
        ]

    def one_of(self, choices: list[Choice]) -> Choice | None:
        """Mostly what leads on, now and then anything; the newer rather than the older."""
        curious = self.rng.random() < 0.1
        newest = max((choice.message_id for choice in choices), default=0)
        weights = [
            self.wants.get(choice.verb, float(curious)) / (1 + newest - choice.message_id)
            for choice in choices
        ]
        return self.rng.choices(choices, weights)[0] if any(weights) else None

    def asked(self) -> str:
        """What the bot waits for in words."""
        answer, self.answer = self.answer, ""
        return answer or (DOOR if "door exactly" in self.person.screen else "")

    async def presses(self, choice: Choice) -> None:
        self.town.did[choice.verb] += 1
        if choice.verb == "pays":
            async with ClientSession() as browser:
                there = await till(browser, choice.data)
                async with browser.post(there, data={"action": "pay"}) as page:
                    assert page.status == 200
            return
        before = await self.news(2**53, 0)
        body = {"message_id": choice.message_id, "data": choice.data, "stale": True}
        pressed = await self.person.people.call("POST", self.person._path("press"), json=body)
        path = f"/callbacks/{pressed['callback_query_id']}?wait={PATIENCE}"
        answer = await self.person.people.call("GET", path)
        assert answer["answered"]
        if not answer["text"]:
            await self.news(before, 0.5)
        self.answer = await self.words_for(choice)

    async def news(self, after: int, wait: float) -> int:
        """Waits until this person's screen changes."""
        path = f"/events/poll?people={self.person.id}&after={after}&wait={wait}"
        return int((await self.person.people.call("GET", path))["seq"])

    async def words_for(self, choice: Choice) -> str:
        if choice.verb == "code":
            return await self.town.start_code(int(choice.data.split(":")[1]))
        if choice.verb in ("ask", "helpo", "tanswer"):
            self.town.said.append(f"Question {len(self.town.said)}")
            return self.town.said[-1]
        return "Well done." if choice.verb == "rstar" and self.rng.random() < 0.2 else ""

    async def says(self, text: str) -> None:
        self.town.did["words"] += 1
        await self.person.writes(text, timeout=PATIENCE)


def _choice(message: Message, button: dict[str, Any]) -> Choice | None:
    if "/pay/" in button.get("url", ""):
        return Choice(message["message_id"], "pays", button["url"])
    data = button.get("callback_data", "")
    return Choice(message["message_id"], data.split(":")[0], data) if data else None
