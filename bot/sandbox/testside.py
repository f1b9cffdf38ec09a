"""Over HTTP: what only tests need, faults, the clock and the log of calls."""

from typing import Any

from aiohttp import web

from bot.sandbox.faults import FAULTS, Fault
from bot.sandbox.kept import Routes
from bot.sandbox.people import Denied, People


class TestSide:
    def __init__(self, people: People) -> None:
        self.people, self.hub, self.world = people, people.hub, people.world

    def table(self) -> Routes:
        return [
            ("GET", "/sandbox/calls", self.calls),
            ("POST", "/sandbox/faults", self.add_fault),
            ("DELETE", "/sandbox/faults", self.clear_faults),
            ("POST", "/sandbox/clock", self.clock),
            ("POST", "/sandbox/reset", self.reset),
        ]

    async def calls(self, request: web.Request) -> list[dict[str, Any]]:
        asked = request.query
        after = int(asked.get("after", 0))
        return [
            call
            for call in self.hub.calls
            if call["seq"] > after
            and asked.get("bot") in (None, "", call["bot"])
            and asked.get("method") in (None, "", call["method"])
        ]

    async def add_fault(self, request: web.Request) -> dict[str, Any]:
        given = await request.json()
        if given.get("fault") not in FAULTS:
            raise Denied(400, f"fault is one of {', '.join(sorted(FAULTS))}")
        self.hub.faults.add(Fault(**given))
        return {"waiting": len(self.hub.faults.waiting)}

    async def clear_faults(self, request: web.Request) -> dict[str, Any]:
        self.hub.faults.clear()
        return {"waiting": 0}

    async def clock(self, request: web.Request) -> dict[str, Any]:
        """Moves the sandbox's clock on (or back) from where it stands."""
        self.world.shift += float((await request.json())["shift_seconds"])
        for queue in self.hub.queues.values():
            queue.bell.ring()
        return {"now": self.world.now(), "shift_seconds": self.world.shift}

    async def reset(self, request: web.Request) -> dict[str, Any]:
        self.people.forget()
        return {}
