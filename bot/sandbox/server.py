"""The sandbox as a whole: a local Telegram for bots and people who have no account anywhere."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from aiohttp import web

from bot.sandbox.actside import ActSide
from bot.sandbox.botside import BotSide
from bot.sandbox.callside import CallSide
from bot.sandbox.floods import Floods
from bot.sandbox.hub import Hub
from bot.sandbox.journal import Journal
from bot.sandbox.kept import add_routes
from bot.sandbox.payside import PaySide
from bot.sandbox.people import People
from bot.sandbox.peopleside import PeopleSide
from bot.sandbox.testside import TestSide
from bot.sandbox.watchside import WatchSide
from bot.sandbox.webhooks import Webhook
from bot.sandbox.world import Person, Place, SandboxBot, World

PAGE = Path(__file__).parent / "page"
STAFF_CHAT = -1001000000001
BOTS = (
    SandboxBot(100, "100:sandbox-customer", "doorstep_bot", "Doorstep", "customer", inline=True),
    SandboxBot(200, "200:sandbox-provider", "doorstep_provider_bot", "Doorstep Pro", "provider"),
    SandboxBot(300, "300:sandbox-admin", "doorstep_staff_bot", "Doorstep Staff", "staff"),
)


class Sandbox:
    """`storage` is the SQLite file that survives a restart; without it everything ends with the process."""

    def __init__(
        self,
        *,
        bots: Sequence[SandboxBot] = BOTS,
        places: Sequence[Place] = (),
        storage: Path | None,
        clock: Callable[[], float] = time.time,
        floods: Floods | None = None,
        name: str = "Doorstep",
        staff_title: str = "Doorstep Staff",
    ) -> None:
        self._journal = Journal(storage)
        self.world = World(
            bots=bots,
            staff_chat=STAFF_CHAT,
            staff_title=staff_title,
            journal=self._journal,
            clock=clock,
        )
        self.hub = Hub(self.world, floods or Floods())
        self.people = People(self.hub)
        self._bots = BotSide(self.hub)
        self._watch = WatchSide(self.hub)
        self._tables = [
            *PeopleSide(self.people, places, name).table(),
            *ActSide(self.people).table(),
            *CallSide(self.people).table(),
            *PaySide(self.people).table(),
            *self._watch.table(),
            *TestSide(self.people).table(),
        ]
        queues = self.hub.queues.values()
        self._webhooks = [Webhook(queue, self._bots.execute) for queue in queues]

    def routes(self, app: web.Application) -> None:
        """Adds both sides and the chat page to an app; waiting requests end when it shuts down."""
        self._bots.routes(app)
        self._watch.routes(app)
        add_routes(app, self.world, self._tables)
        app.router.add_get("/", _index)
        app.router.add_static("/page/", PAGE)
        app.on_shutdown.append(self._release)

    async def start(self) -> None:
        self._journal.open()
        self.world.load()
        updates = list(self._journal.records("update"))
        for queue in self.hub.queues.values():
            queue.load(updates)
        for webhook in self._webhooks:
            await webhook.start()

    async def stop(self) -> None:
        await self._release(None)
        for webhook in self._webhooks:
            await webhook.stop()
        self._journal.close()

    async def _release(self, _: web.Application | None) -> None:
        self._watch.closing = True
        self._bots.closing.set()
        self.world.events.bell.ring()
        for queue in self.hub.queues.values():
            queue.interrupt("terminated by the end of the server")

    async def ensure_person(
        self,
        *,
        id: int,
        name: str,
        roles: Sequence[str],
        language_code: str = "",
        phone: str = "",
        username: str = "",
        avatar: bytes | None = None,
    ) -> Person:
        """A person of the demo city: made once, kept by a reset."""
        return await self.people.ensure(
            id=id,
            name=name,
            roles=list(roles),
            language_code=language_code,
            phone=phone,
            username=username,
            avatar=avatar,
            seeded=True,
        )

    async def kept(self) -> None:
        """Returns when all that happened so far would survive a kill."""
        await self._journal.kept()


async def _index(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})
