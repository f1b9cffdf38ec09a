"""Over HTTP: a bot called by its name in any chat, what it offers there, and one of those things sent."""

from typing import Any

from aiohttp import web

from bot.sandbox.kept import SEEN, Routes
from bot.sandbox.people import Denied, People

LONGEST = 256
KEPT_S = 600
SHOWN = ("answered", "results", "cache_time", "is_personal", "next_offset", "button")


class CallSide:
    def __init__(self, people: People) -> None:
        self.people, self.hub, self.world = people, people.hub, people.world

    def table(self) -> Routes:
        return [
            ("POST", SEEN + "/inline", self.ask),
            ("GET", "/sandbox/inline/{id}", self.answer),
            ("POST", SEEN + "/inline/{id}", self.send),
        ]

    async def ask(self, request: web.Request) -> dict[str, Any]:
        """`bot`: its username; `query`: what is typed behind it."""
        person, chat = self.people.where(request.match_info)
        given = await request.json()
        name = str(given["bot"]).lower()
        bot = next((b for b in self.world.bots.values() if b.username.lower() == name), None)
        if bot is None or not bot.inline:
            raise Denied(404, "no bot of this name can be called here")
        own = chat.bot == bot.id and not chat.is_group
        self._forget()
        query: dict[str, Any] = {
            "id": self.world.serial(), "bot": bot.id, "person": person.id, "chat": chat.key,
            "at": self.world.now(), "answered": False,
        }  # fmt: skip
        self.world.queries[query["id"]] = query
        update = {
            "id": query["id"], "from": person.user(),
            "query": str(given.get("query", ""))[:LONGEST], "offset": given.get("offset", ""),
            "chat_type": "sender" if own else chat.kind,
        }  # fmt: skip
        self.hub.queues[bot.id].put("inline_query", update, lane=person.id)
        return {"inline_query_id": query["id"]}

    def _forget(self) -> None:
        """What was asked long ago, nobody sends any more."""
        old = self.world.now() - KEPT_S
        for query_id in [q["id"] for q in self.world.queries.values() if q["at"] < old]:
            del self.world.queries[query_id]

    def _query(self, request: web.Request) -> dict[str, Any]:
        query = self.world.queries.get(request.match_info["id"])
        if query is None:
            raise Denied(404, "no such query")
        return query

    async def answer(self, request: web.Request) -> dict[str, Any]:
        query_id, wait = self._query(request)["id"], float(request.query.get("wait", 0))
        await self.world.events.bell.until(
            lambda: bool(self.world.queries.get(query_id, {"answered": True})["answered"]),
            min(60.0, wait),
        )
        query = self._query(request)
        return {name: query[name] for name in SHOWN if name in query}

    async def send(self, request: web.Request) -> dict[str, Any]:
        """The chosen thing becomes a message of the person, marked with the bot it comes from."""
        person, chat = self.people.where(request.match_info)
        query, wanted = self._query(request), (await request.json())["result_id"]
        result = next((r for r in query.get("results", ()) if r["id"] == wanted), None)
        if result is None or query["person"] != person.id:
            raise Denied(404, "the bot offered no such thing")
        if chat.blocked:
            raise Denied(403, "this bot is blocked; unblock it first")
        chat.started = True
        via = {"via_bot": self.world.bot_user(query["bot"])}
        message = self.hub.post(chat, person.user(), result["message"] | via)
        self.people.read(person, chat)
        self.hub.tell_bot(chat, "message", message)
        return {"message_ids": [message["message_id"]]}
