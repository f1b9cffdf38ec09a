"""People as end-to-end tests speak of them: they write, tap a button by its label, share a place, read."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import aiohttp

STAFF_CHAT = -1001000000001
HOME = {"staff": STAFF_CHAT, "provider": 200, "customer": 100}
NOW = 2**53 - 1
PATIENCE = 10.0
LOOK = 0.1
TURNS = 5
SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING, EVENING = 9, 21
Message = dict[str, Any]
Which = Callable[[Message], bool]
Found = tuple[Message | None, dict[str, Any]]
"""A button and the message under which it is, none for one of the keyboard below."""


class Gone(AssertionError):
    """The button was there a moment ago."""


class People:
    """Everybody in one sandbox, and its switches: faults, clock, log of calls."""

    def __init__(self, base_url: str, *, last: int | None = None) -> None:
        """`last` looks at no more than so many messages of a topic, where chats grow long."""
        self.base_url = base_url.rstrip("/")
        self.seen = {} if last is None else {"last": str(last)}
        self._session: aiohttp.ClientSession | None = None
        self._places: list[dict[str, Any]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def call(self, method: str, path: str, **request: Any) -> Any:
        url = f"{self.base_url}/sandbox{path}"
        async with self._http.request(method, url, **request) as answer:
            body = await answer.json()
            if answer.status >= 400:
                kind = Gone if "no such button now" in str(body) else AssertionError
                raise kind(f"{method} {path}: {answer.status} {body}")
            return body

    async def person(
        self, name: str, *, roles: Sequence[str] = ("customer",), language: str = "en", **more: Any
    ) -> "Person":
        """Somebody new."""
        given = {"name": name, "roles": list(roles), "language_code": language, **more}
        return Person(self, await self.call("POST", "/people", json=given))

    async def known(self, who: int | str) -> "Person":
        """Somebody of the demo city, by id or name."""
        for each in await self.call("GET", "/people"):
            if who in (each["id"], each["name"]):
                return Person(self, each)
        raise AssertionError(f"nobody is called {who}")

    async def place(self, name: str) -> dict[str, Any]:
        self._places = self._places or await self.call("GET", "/places")
        for each in self._places:
            if name in (each["name"], each["name_en"]):
                return each
        raise AssertionError(f"no place is called {name}")

    async def fault(self, fault: str, **where: Any) -> None:
        await self.call("POST", "/faults", json={"fault": fault, **where})

    async def no_faults(self) -> None:
        await self.call("DELETE", "/faults")

    async def later(self, seconds: float) -> None:
        await self.call("POST", "/clock", json={"shift_seconds": seconds})

    async def now(self) -> datetime:
        """By the sandbox's clock."""
        told = await self.call("POST", "/clock", json={"shift_seconds": 0})
        return datetime.fromtimestamp(told["now"], UTC)

    async def by_day(self) -> None:
        """At night nobody has to answer: then the clock goes on to the morning of the demo city."""
        here = (await self.now()).astimezone(SHANGHAI)
        if not MORNING <= here.hour < EVENING:
            day = here.date() + timedelta(days=here.hour >= EVENING)
            morning = datetime.combine(day, time(MORNING), SHANGHAI)
            await self.later((morning - here).total_seconds())

    async def calls(self, method: str = "", bot: str = "", after: int = 0) -> list[dict[str, Any]]:
        asked = {"method": method, "bot": bot, "after": str(after)}
        calls: list[dict[str, Any]] = await self.call("GET", "/calls", params=asked)
        return calls

    async def document(self, message: Message) -> bytes:
        """The bytes of the file that this message carries."""
        path = message["files"][message["document"]["file_id"]]
        async with self._http.get(f"{self.base_url}{path}") as answer:
            assert answer.status == 200, answer.status
            return await answer.read()

    async def reset(self) -> None:
        await self.call("POST", "/reset")

    async def at_rest(self) -> bool:
        """Whether the bots have nothing in hand; bots that live in another process never say so."""
        async with self._http.get(f"{self.base_url}/readyz") as answer:
            return answer.status == 200 and (await answer.json())["at_work"] == 0


class Person:
    """One person in one chat: customers and providers with their bot, staff in their group."""

    def __init__(self, people: People, facts: dict[str, Any], chat_id: int | None = None) -> None:
        self.people = people
        self.id: int = facts["id"]
        self.name: str = facts["name"]
        self.phone: str = facts["phone"]
        home = next(HOME[role] for role in HOME if role in (facts["roles"] or ["customer"]))
        self.chat_id = chat_id or home
        self.toast = ""
        self.alert = False
        self._facts = facts
        self._chat: dict[str, Any] = {"messages": [], "topics": [], "commands": []}
        self._mark = 0
        self._called = ""

    def with_bot(self, chat_id: int) -> "Person":
        """The same person in another chat."""
        return Person(self.people, self._facts, chat_id)

    async def in_group_with(self, bot: str, title: str = "Neighbours") -> "Person":
        """The same person in a new group, into which they have just put this bot."""
        given = {"bot": bot, "title": title}
        made = await self.people.call("POST", f"/people/{self.id}/groups", json=given)
        return await self.with_bot(made["id"]).refresh()

    # --- what is on the screen, as of the last act or the last thing seen

    def messages(self, topic: int | None = None) -> list[Message]:
        every: list[Message] = self._chat["messages"]
        return [m for m in every if topic is None or m.get("message_thread_id") == topic]

    def from_bot(self, topic: int | None = None) -> list[Message]:
        return [m for m in self.messages(topic) if m["from"]["is_bot"] and not _service(m)]

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        assert self.from_bot(), f"{self.name} has no message from the bot yet"
        return self.from_bot()[-1]

    @property
    def screen(self) -> str:
        return words_of(self.last) if self.from_bot() else ""

    @property
    def buttons(self) -> list[str]:
        """Labels under the newest message, or of the keyboard below if that has none."""
        inline = _inline(self.last) if self.from_bot() else []
        return [button["text"] for button in inline or self._keyboard()]

    @property
    def commands(self) -> list[str]:
        return [each["command"] for each in self._chat["commands"]]

    @property
    def topics(self) -> dict[str, int]:
        return {each["name"]: each["id"] for each in self._chat["topics"]}

    def _keyboard(self) -> list[dict[str, Any]]:
        rows = (self._chat.get("reply_keyboard") or {}).get("keyboard", [])
        return [button for row in rows for button in row]

    async def refresh(self) -> Self:
        self._chat = await self.people.call("GET", self._path(), params=self.people.seen)
        return self

    def _path(self, act: str = "") -> str:
        return f"/people/{self.id}/chats/{self.chat_id}" + (f"/{act}" if act else "")

    # --- acts

    async def writes(
        self,
        text: str,
        *,
        topic: int | None = None,
        reply_to: Message | None = None,
        answered: bool = True,
        timeout: float = PATIENCE,
    ) -> Message:
        """Sends words and waits until the bot reacts; answered=False goes on at once."""
        body: dict[str, Any] = {"text": text, "thread": topic}
        body["reply_to"] = reply_to["message_id"] if reply_to else None
        return await self._send(answered, timeout, json=body)

    async def shares_location(
        self,
        place: str | tuple[float, float],
        *,
        live: int | None = None,
        answered: bool = True,
        timeout: float = PATIENCE,
    ) -> Message:
        if isinstance(place, str):
            found = await self.people.place(place)
            place = (found["lat"], found["lon"])
        location = {"latitude": place[0], "longitude": place[1], "live_period": live}
        return await self._send(answered, timeout, json={"location": location})

    async def moves_to(self, latitude: float, longitude: float) -> None:
        await self._acts("live", message_id=self._live(), latitude=latitude, longitude=longitude)

    async def stops_sharing(self) -> None:
        await self._acts("live", message_id=self._live(), stop=True)

    def _live(self) -> int:
        live = [
            m for m in self.messages() if m["outgoing"] and "live_period" in m.get("location", {})
        ]
        assert live, f"{self.name} shares no live location"
        return int(live[-1]["message_id"])

    async def shares_contact(
        self, contact: dict[str, Any] | None = None, *, answered: bool = True
    ) -> Message:
        """Their own number, or somebody else's card."""
        return await self._send(answered, PATIENCE, json={"contact": contact or True})

    async def sends_sticker(self, emoji: str, *, answered: bool = True) -> Message:
        return await self._send(answered, PATIENCE, json={"sticker": emoji})

    async def sends(self, *, answered: bool = True, **content: Any) -> Message:
        """Anything else: text with `marks`, `dice`, `poll`, `game`, `forward` of somebody's words."""
        return await self._send(answered, PATIENCE, json=content)

    async def sends_photos(
        self,
        *photos: str | Path | bytes,
        caption: str = "",
        kind: str = "photo",
        topic: int | None = None,
        answered: bool = True,
        timeout: float = PATIENCE,
    ) -> Message:
        """One photo, or several as an album; kind names another sort of file."""
        form = aiohttp.FormData()
        for number, photo in enumerate(photos):
            body = (
                photo
                if isinstance(photo, bytes)
                else await asyncio.to_thread(Path(photo).read_bytes)
            )
            name = f"{kind}{number}.jpg" if isinstance(photo, bytes) else Path(photo).name
            form.add_field(kind, body, filename=name)
        if caption:
            form.add_field("caption", caption)
        if topic:
            form.add_field("thread", str(topic))
        return await self._send(answered, timeout, data=form)

    async def sends_album(self, *files: tuple[str, bytes], caption: str = "") -> Message:
        """Photos and videos in one message: (kind, content) each."""
        form = aiohttp.FormData()
        for number, (kind, body) in enumerate(files):
            form.add_field(kind, body, filename=f"{kind}{number}")
        if caption:
            form.add_field("caption", caption)
        return await self._send(True, PATIENCE, data=form)

    async def calls_bot(
        self, words: str, *, bot: str = "doorstep_bot", timeout: float = PATIENCE
    ) -> list[dict[str, Any]]:
        """Types "@bot words" in this chat; what the bot offers to send."""
        asked = await self._acts("inline", bot=bot, query=words)
        self._called = asked["inline_query_id"]
        path = f"/inline/{self._called}?wait={timeout}"
        answer = await self.people.call("GET", path)
        assert answer["answered"], f"nothing was offered to {self.name} within {timeout} s"
        found: list[dict[str, Any]] = answer["results"]
        return found

    async def sends_found(self, result: dict[str, Any]) -> Message:
        """One of the things offered last, sent into this chat."""
        sent = await self._acts(f"inline/{self._called}", result_id=result["id"])
        await self.refresh()
        return next(m for m in self.messages() if m["message_id"] == sent["message_ids"][0])

    async def edits(self, message: Message, text: str) -> None:
        await self._acts("edit", message_id=message["message_id"], text=text)

    async def reacts(self, message: Message, emoji: str = "👍") -> None:
        """A sign under a message; an empty one takes it back."""
        await self._acts("react", message_id=message["message_id"], emoji=emoji)

    async def blocks(self) -> None:
        await self._acts("block")

    async def unblocks(self) -> None:
        await self._acts("unblock")

    async def speaks(self, language: str) -> None:
        change = {"language_code": language}
        await self.people.call("PATCH", f"/people/{self.id}", json=change)

    async def _acts(self, act: str, **body: Any) -> Any:
        await self._note()
        return await self.people.call("POST", self._path(act), json=body)

    async def _send(self, answered: bool, timeout: float, **request: Any) -> Message:
        await self._note()
        sent = await self.people.call("POST", self._path("messages"), **request)
        if answered:
            reacted = await self._reaction(timeout)
            assert reacted, (
                f"the bot did not react to {self.name} within {timeout} s\n{self.shown()}"
            )
        await self.refresh()
        return next((m for m in self.messages() if m["message_id"] == sent["message_ids"][0]), {})

    # --- buttons

    async def taps(
        self,
        label: str,
        *,
        topic: int | None = None,
        on: Message | Which | None = None,
        timeout: float = PATIENCE,
    ) -> str | None:
        """Presses the button with this label (exact, or containing it), on this message or the newest that has it.

        `on` may also say which messages will do: what it was on may have moved down as a new one.

        Waits for the button, for the answer and for the bot's reaction. A link and a text to copy are returned instead.
        """
        for _ in range(TURNS):
            message, button = await self._comes(label, topic, on, timeout)
            if message is None:
                await self._taps_keyboard(button)
                return None
            if "url" in button or "copy_text" in button:
                return str(button.get("url") or button["copy_text"]["text"])
            row, column = _position(message, button)
            try:
                await self._press(timeout, message_id=message["message_id"], row=row, column=column)
            except Gone:
                continue  # the screen changed under the finger: people look again
            return None
        raise AssertionError(f"“{label}” is gone whenever {self.name} taps it\n{self.shown()}")

    async def taps_stale(self, message_id: int, data: str, *, timeout: float = PATIENCE) -> None:
        """Presses as an old client would, whether the button is still there or not."""
        await self._press(timeout, message_id=message_id, data=data, stale=True)

    def data(self, label: str) -> str:
        """The callback data behind a label, to press it later when it is stale."""
        return str(self._find(label)[1]["callback_data"])

    def link(self, label: str) -> str:
        return str(self._find(label)[1]["url"])

    async def pays_invoice(self, link: str) -> dict[str, Any]:
        """Opens the payment form behind a link of Telegram's and taps Pay; what the form says then."""
        chat = f"/people/{self.id}/chats/{self.chat_id}/invoice"
        await self.people.call("GET", chat, params={"link": link})
        asked = await self.people.call("POST", chat, json={"link": link})
        query = asked["pre_checkout_query_id"]
        said: dict[str, Any] = await self.people.call(
            "GET", f"/checkouts/{query}", params={"wait": "11"}
        )
        return said

    def shares(self, label: str) -> str:
        """What a button gives to the chat chosen for it: the words that call the bot there."""
        return str(self._find(label)[1]["switch_inline_query_chosen_chat"]["query"])

    async def _comes(
        self, label: str, topic: int | None, on: Message | Which | None, timeout: float
    ) -> Found:
        """The button as soon as it is there: what was on its way before may have come in its place."""
        end = asyncio.get_running_loop().time() + timeout
        after = self._mark
        while True:
            await self.refresh()
            left = end - asyncio.get_running_loop().time()
            if (found := self._seen(label, topic, on)) or left <= 0:
                return found or self._find(label, topic, on)
            _, after = await self._events(after, left)

    def _find(
        self, label: str, topic: int | None = None, on: Message | Which | None = None
    ) -> Found:
        if found := self._seen(label, topic, on):
            return found
        raise AssertionError(f"{self.name} sees no button “{label}”\n{self.shown()}")

    def _seen(self, label: str, topic: int | None, on: Message | Which | None) -> Found | None:
        for message in reversed(self.messages(topic)):
            if on is not None and not _meant(on, message):
                continue
            if button := _matching(label, _inline(message)):
                return message, button
        if button := _matching(label, self._keyboard()):
            return None, button
        return None

    async def _taps_keyboard(self, button: dict[str, Any]) -> None:
        if button.get("request_contact"):
            await self.shares_contact()
        else:
            assert not button.get("request_location"), "share a place with shares_location"
            await self.writes(button["text"])

    async def _press(self, timeout: float, **body: Any) -> None:
        pressed = await self._acts("press", **body)
        path = f"/callbacks/{pressed['callback_query_id']}?wait={timeout}"
        answer = await self.people.call("GET", path)
        assert answer["answered"], (
            f"the tap of {self.name} was not answered within {timeout} s\n{self.shown()}"
        )
        self.toast, self.alert = answer["text"] or "", answer["show_alert"]
        if not self.alert:  # words over the screen say it all
            await self._done_with_it(timeout, body["message_id"])
        await self.refresh()

    # --- waiting

    async def sees(self, text: str, *, timeout: float = PATIENCE) -> Message:
        """Waits until the bot's newest message, or one sent or edited since the last act, contains the text."""
        return await self.sees_where(
            lambda message: text in words_of(message), timeout=timeout, what=text
        )

    async def sees_button(self, label: str, *, timeout: float = PATIENCE) -> Message:
        def has(message: Message) -> bool:
            return _matching(label, _inline(message)) is not None

        return await self.sees_where(has, timeout=timeout, what=f"button {label}")

    async def sees_where(
        self, wanted: Callable[[Message], bool], *, timeout: float = PATIENCE, what: str = "that"
    ) -> Message:
        end = asyncio.get_running_loop().time() + timeout
        after = self._mark
        while True:
            await self.refresh()
            if self.from_bot() and wanted(self.last):
                return self.last
            left = end - asyncio.get_running_loop().time()
            events, after = await self._events(after, max(0.0, left))
            for event in events:
                if _by_bot(event) and event.get("message") and wanted(event["message"]):
                    await self.refresh()
                    found: Message = event["message"]
                    return found
            if left <= 0:
                raise AssertionError(
                    f"{self.name} did not see “{what}” within {timeout} s\n{self.shown()}"
                )

    async def topic(self, name: str, *, timeout: float = PATIENCE) -> int:
        """Waits for a topic whose name contains this, and returns its number."""
        end = asyncio.get_running_loop().time() + timeout
        after = 0
        while True:
            await self.refresh()
            for title, number in self.topics.items():
                if name in title:
                    return number
            left = end - asyncio.get_running_loop().time()
            assert left > 0, f"no topic “{name}” within {timeout} s: {list(self.topics)}"
            _, after = await self._events(after, left)

    async def _note(self) -> None:
        """Remembers where we are, so that what comes next can be told from what was before."""
        _, self._mark = await self._events(NOW, 0)

    async def _events(self, after: int, wait: float) -> tuple[list[dict[str, Any]], int]:
        path = f"/events/poll?people={self.id}&after={after}&wait={wait:.3f}"
        answer = await self.people.call("GET", path)
        return [e for e in answer["events"] if e["chat_id"] == self.chat_id], answer["seq"]

    async def _done_with_it(self, timeout: float, tapped: int) -> None:
        """Waits for what an answered tap changes on the screen, which may be nothing.

        A change of another message may still belong to what was done before.
        """
        end = asyncio.get_running_loop().time() + timeout
        while (left := end - asyncio.get_running_loop().time()) > 0:
            resting = await self.people.at_rest()
            if await self._reaction(min(left, LOOK), tapped) or resting:
                return

    async def _reaction(self, timeout: float, tapped: int | None = None) -> bool:
        """Whether the bot put something new on the screen since the last act, or in place of what was tapped."""
        end = asyncio.get_running_loop().time() + timeout
        after = self._mark
        while (left := end - asyncio.get_running_loop().time()) > 0:
            events, after = await self._events(after, left)
            if any(_by_bot(event) and _answers(event, tapped) for event in events):
                return True
        return False

    def shown(self) -> str:
        """The last messages of the chat as text, for failures."""
        lines = []
        for message in self.messages()[-6:]:
            labels = " ".join(f"[{button['text']}]" for button in _inline(message))
            lines.append(f"{message['from']['first_name']}: {words_of(message)} {labels}")
        return "\n".join(lines).encode(errors="backslashreplace").decode()


def words_of(message: Message) -> str:
    return str(
        message.get("text")
        or message.get("caption")
        or message.get("invoice", {}).get("title")
        or ""
    )


def _service(message: Message) -> bool:
    return "pinned_message" in message or any(key.startswith("forum_topic") for key in message)


def _answers(event: dict[str, Any], tapped: int | None) -> bool:
    if tapped is None or event["kind"] == "message":
        return True
    if event["kind"] == "delete":
        return tapped in event["message_ids"]
    return bool(event["message"]["message_id"] == tapped)


def _meant(on: Message | Which, message: Message) -> bool:
    return on(message) if callable(on) else message["message_id"] == on["message_id"]


def _by_bot(event: dict[str, Any]) -> bool:
    if event["kind"] in ("message", "edit"):
        message: Message = event["message"]
        return message["from"]["is_bot"] is True and not _service(message)
    return str(event["kind"]) == "delete"


def _inline(message: Message) -> list[dict[str, Any]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _matching(label: str, buttons: list[dict[str, Any]]) -> dict[str, Any] | None:
    exact = (button for button in buttons if button["text"] == label)
    return next(exact, None) or next((b for b in buttons if label in b["text"]), None)


def _position(message: Message, button: dict[str, Any]) -> tuple[int, int]:
    rows = message["reply_markup"]["inline_keyboard"]
    return next(
        (r, c) for r, row in enumerate(rows) for c, each in enumerate(row) if each is button
    )
