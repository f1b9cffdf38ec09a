"""Over HTTP: what people do in a chat."""

from typing import Any

from aiohttp import web

from bot.sandbox.botside import read_parts
from bot.sandbox.files import Upload
from bot.sandbox.kept import SEEN, Routes
from bot.sandbox.people import Denied, People
from bot.sandbox.pressing import Pressing
from bot.sandbox.reacting import Reacting
from bot.sandbox.world import Chat, Person
from bot.sandbox.writing import Writing

KINDS = ("photo", "video", "document", "voice", "audio", "animation", "video_note")
RARE = ("dice", "poll", "game", "forward", "marks")


class ActSide:
    def __init__(self, people: People) -> None:
        self.people = people
        self.writing, self.pressing = Writing(people), Pressing(people.hub)
        self.reacting = Reacting(people)

    def table(self) -> Routes:
        return [
            ("POST", SEEN + "/messages", self.send),
            ("POST", SEEN + "/edit", self.edit),
            ("POST", SEEN + "/press", self.press),
            ("POST", SEEN + "/react", self.react),
            ("POST", SEEN + "/live", self.live),
            ("POST", SEEN + "/block", self.block),
            ("POST", SEEN + "/unblock", self.unblock),
            ("POST", SEEN + "/read", self.read),
        ]

    def _where(self, request: web.Request) -> tuple[Person, Chat]:
        return self.people.where(request.match_info)

    async def send(self, request: web.Request) -> dict[str, Any]:
        person, chat = self._where(request)
        given: dict[str, Any] = {}
        uploads: dict[str, Upload] = {}
        if request.content_type.startswith("multipart/"):
            await read_parts(request, given, uploads)
        else:
            given = await request.json()
        files = [(name.partition("#")[0], upload) for name, upload in uploads.items()]
        if any(kind not in KINDS for kind, _ in files):
            raise Denied(400, f"files are sent as one of {', '.join(KINDS)}")
        for name in ("thread", "reply_to"):
            if given.get(name) is not None:
                given[name] = int(given[name])
        known = ("text", "caption", "location", "contact", "sticker", "thread", "reply_to", *RARE)
        fields = {name: given[name] for name in known if given.get(name) is not None}
        sent = await self.writing.send(person, chat, uploads=files, **fields)
        return {"message_ids": [message["message_id"] for message in sent]}

    async def edit(self, request: web.Request) -> dict[str, Any]:
        person, chat = self._where(request)
        given = await request.json()
        self.writing.edit(person, chat, int(given["message_id"]), given.get("text", ""))
        return {}

    async def press(self, request: web.Request) -> dict[str, Any]:
        person, chat = self._where(request)
        given = await request.json()
        named = {key: given[key] for key in ("data", "row", "column", "stale") if key in given}
        query = self.pressing.press(person, chat, int(given["message_id"]), **named)
        return {"callback_query_id": query}

    async def react(self, request: web.Request) -> dict[str, Any]:
        person, chat = self._where(request)
        given = await request.json()
        self.reacting.react(person, chat, int(given["message_id"]), given.get("emoji", ""))
        return {}

    async def live(self, request: web.Request) -> dict[str, Any]:
        person, chat = self._where(request)
        given = await request.json()
        self.writing.move(person, chat, int(given["message_id"]), given)
        return {}

    async def block(self, request: web.Request) -> dict[str, Any]:
        self.people.block(*self._where(request), True)
        return {}

    async def unblock(self, request: web.Request) -> dict[str, Any]:
        self.people.block(*self._where(request), False)
        return {}

    async def read(self, request: web.Request) -> dict[str, Any]:
        self.people.read(*self._where(request))
        return {}
