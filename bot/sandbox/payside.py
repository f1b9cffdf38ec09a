"""Over HTTP: an invoice opened, paid, and what came of it."""

from typing import Any

from aiohttp import web

from bot.sandbox.kept import SEEN, Routes
from bot.sandbox.paying import ANSWERS_WITHIN, Paying
from bot.sandbox.people import Denied, People


class PaySide:
    def __init__(self, people: People) -> None:
        self.people, self.world = people, people.hub.world
        self.paying = Paying(people.hub)

    def table(self) -> Routes:
        return [
            ("GET", SEEN + "/invoice", self.form),
            ("POST", SEEN + "/invoice", self.pay),
            ("GET", "/sandbox/checkouts/{id}", self.outcome),
        ]

    async def form(self, request: web.Request) -> dict[str, Any]:
        """`link`: of an invoice, or `message_id`: of the message that is one."""
        _, chat = self.people.where(request.match_info)
        return self.paying.form(self.paying.invoice(chat, **_named(dict(request.query))))

    async def pay(self, request: web.Request) -> dict[str, Any]:
        person, chat = self.people.where(request.match_info)
        named = _named(await request.json())
        invoice = self.paying.invoice(chat, **named)
        query = self.paying.pay(person, chat, invoice, by_link="link" in named)
        return {"pre_checkout_query_id": query}

    async def outcome(self, request: web.Request) -> dict[str, Any]:
        """`late`: the bot said nothing in time, so nothing was charged."""
        query = self.world.checkouts.get(request.match_info["id"])
        if query is None:
            raise Denied(404, "no such question")
        wait = min(ANSWERS_WITHIN + 1.0, float(request.query.get("wait", 0)))
        await self.world.events.bell.until(lambda: bool(query["answered"]), wait)
        late = not query["answered"] and self.paying.late(query)
        return {"late": late} | {name: query[name] for name in ("answered", "ok", "text")}


def _named(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("link", "message_id") if given.get(name)}
