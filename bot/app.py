"""The wiring of the whole product: settings in, a running platform out; parts start and stop in the right order."""

import asyncio
import gc
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import make_url

from bot import meters
from bot.adapters.sweep import Sweep
from bot.config import OFFICIAL, Settings
from bot.gateway.gate import Limits
from bot.gateway.webhooks import add_webhooks
from bot.payments import Closes, pay_pages, payees, payment_methods, payout_senders
from bot.payments.keys import PaymentKeys
from bot.payments.page import Door, add_pay_pages
from bot.payments.payee import Door as PayeeDoor
from bot.payments.payee import Payees, add_payee_pages
from bot.payments.shop import Shop
from bot.payments.wechat.app import WechatApp
from bot.wiring.core import Built, build, refresh
from bot.wiring.filling import fill
from bot.wiring.health import add_health, waiting_room
from bot.wiring.keeper import Keeper
from bot.wiring.meters import Meters, add_metrics, count_calls, note_events
from bot.wiring.presence import Presence
from bot.wiring.restoring import check_whole
from bot.wiring.safekeeping import Safekeeping
from bot.wiring.sandbox import BOTS, STAFF_CHAT, World, in_weixin
from bot.wiring.telegram import Place, Telegram
from bot.wiring.web import add_payment_notices, add_way_back, reserved
from core.payments.method import Method
from core.tidying.heaps import PASSING, Heap
from db import former
from db.demo import load_city, portraits
from db.demo.model import City
from db.engine import Bell, Database
from db.errors import DatabaseError
from db.migrate import migrate
from db.outbox import OutboxTable
from db.timers import TimerTable

log = structlog.get_logger()
CHATS = "https://t.me/"
# On a busy machine a tick comes late rather than never, and once.
TICKS = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}


@dataclass(slots=True)
class App:
    """One process of the platform. `start` returns when it answers, `stop` when nothing is left half done."""

    settings: Settings
    city: City | None = None
    world: World | None = None
    _exit: AsyncExitStack = field(default_factory=AsyncExitStack)
    _scheduler: AsyncIOScheduler = field(
        default_factory=lambda: AsyncIOScheduler(timezone=UTC, job_defaults=TICKS)
    )
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    door: socket.socket = field(init=False)
    database: Database = field(init=False)
    presence: Presence = field(init=False)
    built: Built = field(init=False)
    methods: dict[str, Method] = field(init=False)
    telegram: Telegram = field(init=False)
    meters: Meters | None = None
    heard: dict[str, Callable[[], Any]] = field(default_factory=dict)
    ready: bool = False
    _step: str = "It starts."
    _stopping: bool = False

    async def start(self) -> None:
        """Opens everything; if one thing fails, what is open already is closed again."""
        began = time.monotonic()
        try:
            await self._open()
        except BaseException:
            await self.stop()
            raise
        portraits.drawn.cache_clear()
        gc.collect()
        gc.freeze()
        self.ready = True
        log.info("ready", seconds=round(time.monotonic() - began, 1), host=self.settings.http_host,
                 port=self.settings.http_port)  # fmt: skip

    async def _open(self) -> None:
        settings = self.settings
        check_whole(settings)
        self.door = reserved(settings.http_host, settings.http_port)
        self._exit.callback(self.door.close)
        async with waiting_room(self.door, self):
            await self._open_inside()
        await self._open_outside()
        await self._begin()

    async def _open_inside(self) -> None:
        """The database with everything in it, and core on top."""
        settings = self.settings
        self._step = "The database is opened and brought up to date."
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if settings.sandbox or settings.demo_data:
            self.city = load_city(self._now())
        if settings.sandbox and self.city:
            self.world = World(settings, self.city)
        self.database = await Database.open(
            settings.database_url, connections=settings.database_connections
        )
        self._exit.push_async_callback(self.database.close)
        await migrate(settings.database_url)
        self.presence = Presence(self.database)
        await self.presence.join()
        self._exit.push_async_callback(self.presence.leave)
        if self.database.dialect == "sqlite":  # one process: whoever held a lease is dead
            await OutboxTable(self.database).release_all()
            await TimerTable(self.database).release_all()
        self.methods = self._methods()
        for method in self.methods.values():
            if isinstance(method, Closes):
                self._exit.push_async_callback(method.aclose)
        self.built = build(
            settings, self.database, methods=self.methods, clock=self._now,
            places=self.city.places if self.city else (),
            senders=payout_senders(self.methods, keys=self._keys()), payees=self._payees(),
        )  # fmt: skip
        if self.presence.shared:
            self.presence.on_number = self.built.ids.of_process
            self.built.ids.of_process(self.presence.number)
        async with self.database.alone("fill"):
            await fill(settings, self.database, self.built, city=self.city, now=self._now())
        await refresh(self.built.core)
        if erased := await self.built.core.privacy.catch_up(now=self._now()):
            log.info("erased_again", count=erased)
        self.meters = Meters(self.database, self._now)
        self.built.store.on_events = note_events
        count_calls(self.methods)

    def _now(self) -> datetime:
        """The one clock of the process; the sandbox has a time of its own."""
        return self.world.now() if self.world is not None else datetime.now(UTC)

    def _methods(self) -> dict[str, Method]:
        known = payment_methods(keys=self._keys(), shop=self._shop())
        return {code: method for code, method in known.items() if code != "on_site"}

    def _keys(self) -> PaymentKeys:
        """The sandbox has keys of its own."""
        return self.world.payment_keys if self.world is not None else self.settings.payment_keys

    def _shop(self) -> Shop:
        settings = self.settings
        here = f"http://{settings.http_host}:{settings.http_port}"
        public = here if settings.sandbox else settings.public_url
        way_back = f"{public.rstrip('/')}/pay/back" if public else CHATS
        return Shop("doorstep", public, way_back, settings.currency, self._now)

    def _payees(self) -> Payees | None:
        """In the sandbox WeChat is a page, too, which opens ours."""
        code = {"code": in_weixin} if self.world is not None else {}
        return payees(keys=self._keys(), shop=self._shop(), **code)

    def _chat(self) -> str:
        """The customers' chat; in the sandbox, its page."""
        return "/" if self.world is not None else CHATS + self.telegram.usernames["customer"]

    async def _open_outside(self) -> None:
        """The HTTP server first: in the sandbox it is Telegram itself."""
        self._step = "It connects to Telegram."
        app = web.Application(client_max_size=64 << 20)
        add_health(app, self)
        add_metrics(
            app, lambda: self.meters, self, token=self.settings.metrics_token.get_secret_value()
        )
        add_payment_notices(app, self.built.core, self._now)
        add_way_back(app, self._chat)
        if self.world is not None:
            self.world.routes(app)
            self._exit.push_async_callback(self.world.stop)
            await self.world.start()
            await self.world.move_in()
        self.telegram = Telegram(self._place(), self.built, self.database, self.presence, self._now)
        self._add_pay_pages(app)
        self._add_payee_pages(app)
        if self.settings.updates == "webhook":
            add_webhooks(
                app, bots=tuple(self._place().tokens), receive=self._receive,
                replies=self.telegram.replies,
                secret=self.settings.webhook_secret.get_secret_value(),
            )  # fmt: skip
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
        self._exit.push_async_callback(runner.cleanup)
        await runner.setup()
        await web.SockSite(runner, self.door).start()

    def _add_pay_pages(self, app: web.Application) -> None:
        pages = pay_pages(keys=self._keys(), shop=self._shop())
        door = Door(
            store=self.built.core.store, methods=self.methods, pages=pages,
            words=self.telegram.words, clock=self._now,
        )  # fmt: skip
        add_pay_pages(app, door)

    def _add_payee_pages(self, app: web.Application) -> None:
        found, keys, core = self._payees(), self._keys(), self.built.core
        if found is not None:
            wechat = WechatApp(app_id=keys.wechat.app_id, keys=keys.wechat_app)
            door = PayeeDoor(
                store=core.store, bindings=core.bindings, sending=core.payout_sending,
                payees=found, app=wechat, keys=keys.wechat, words=self.telegram.words,
                clock=self._now,
            )  # fmt: skip
            add_payee_pages(app, door)

    async def _receive(self, bot: str, updates: Any) -> None:
        await self.telegram.inbox.receive(bot, updates)

    def _place(self) -> Place:
        settings = self.settings
        tokens = {name: token.get_secret_value() for name, token in settings.tokens.items()}
        api_url, staff_chat = settings.bot_api_url or OFFICIAL, settings.staff_chat_id
        if settings.sandbox:
            tokens = dict(zip(tokens, (bot.token for bot in BOTS), strict=True))
            api_url = f"http://{settings.http_host}:{settings.http_port}"
            staff_chat = STAFF_CHAT
        webhook = settings.updates == "webhook"
        return Place(
            tokens=tokens, api_url=api_url, staff_chat=staff_chat, zone=settings.timezone,
            currency=settings.currency, language=settings.default_language,
            link_secret=settings.link_secret, limits=Limits.allowing(*settings.limits),
            webhook_url=settings.public_url if webhook else "",
            webhook_secret=settings.webhook_secret.get_secret_value() if webhook else "",
            redis_url=settings.redis_url,
            proxy="" if settings.sandbox else settings.bot_api_proxy.get_secret_value(),
        )  # fmt: skip

    async def _begin(self) -> None:
        self._exit.push_async_callback(self._finish)
        self._exit.push_async_callback(self.telegram.stop)
        bell = self._hang_bell()
        await self.telegram.open()
        await self.telegram.start(parts=self.settings.parts)
        if "scheduler" in self.settings.parts:
            sweep = Sweep(core=self.built.core, timers=TimerTable(self.database), clock=self._now)
            self.built.store.on_timers = self.heard["timers"] = lambda: self._spawn(sweep.run())
            # A tick during a long sweep only makes that one look again, so there may be two.
            self._scheduler.add_job(sweep.run, "interval", seconds=1, max_instances=2)
            self._scheduler.add_job(self._tidy, "interval", hours=1)
            self._scheduler.add_job(self._forget, "interval", minutes=5, args=[PASSING])
            self._scheduler.add_job(self._new_day, "interval", minutes=10)
            self._spawn(self._new_day())
            await self._keep_safe()
        self._scheduler.add_job(self.built.core.traces.write, "interval", seconds=2)
        self._scheduler.add_job(refresh, "interval", seconds=60, args=[self.built.core])
        if bell is not None:
            bell.start()
        self._scheduler.start()
        self._exit.callback(self._scheduler.shutdown, wait=False)
        if "delivery" in self.settings.parts:
            self._spawn(self.telegram.introduce())
            self._spawn(self.telegram.open_staff_chat())

    def _hang_bell(self) -> Bell | None:
        """Several processes tell each other what to look at; what one does itself it need not tell."""
        self.heard["rules"] = lambda: self._spawn(refresh(self.built.core))
        bell = self.database.bell(self.heard)
        if bell is None:
            return None
        self._exit.push_async_callback(bell.stop)
        if "delivery" in self.settings.parts:
            self.heard["letters"] = lambda: self.telegram.wake()
        else:
            self.telegram.wake = lambda: bell.ring("letters")
        if "scheduler" not in self.settings.parts:
            self.built.store.on_timers = lambda: bell.ring("timers")
        return bell

    async def _keep_safe(self) -> None:
        """Backups and their trials, by the clock and as asked for."""
        safe, backups = (
            Safekeeping(self.settings, self.settings.backup_keys),
            self.built.core.backups,
        )
        if self.database.dialect == "sqlite":
            safe.tidy()
            await backups.alone(now=self._now())
        keeper = Keeper(self.built.core, safe, self._now, self.settings.timezone)
        self._exit.callback(keeper.stop)

        async def look() -> None:
            self._spawn(keeper.look())

        self._scheduler.add_job(look, "interval", seconds=2)

    async def lacking(self) -> list[str]:
        """Why it does not do its work now, in words."""
        if self._stopping:
            return ["It stops."]
        if not self.ready:
            return [self._step]
        found = self.telegram.lacking(parts=self.settings.parts) + self.presence.lacking()
        try:
            await self.database.fetch("SELECT 1")
        except DatabaseError:
            found.append("The database does not answer.")
        return found

    @property
    def lanes(self) -> tuple[int, int]:
        """People whose updates are worked, and updates that wait in memory."""
        return self.telegram.in_lanes

    @property
    def at_work(self) -> int:
        """Chats with something of theirs being done."""
        return self.telegram.at_work

    async def _new_day(self) -> None:
        """Brings the next bookable day into the search, once a day."""
        now = self._now()
        if not await self.built.indexer.is_stale(now=now):
            return
        async with self.database.alone("new day"):
            if await self.built.indexer.is_stale(now=now):
                await self.built.indexer.all_providers(now=now)

    async def _tidy(self) -> None:
        """Who was active is noted before what came from them is forgotten."""
        if self.database.dialect == "sqlite":
            former.forget(Path(str(make_url(self.settings.database_url).database)), now=self._now())
        await self.built.core.platform.note_active(now=self._now())
        await self.built.core.traces.tidy(now=self._now())
        await self._forget(Heap)

    async def _forget(self, heaps: Iterable[Heap]) -> None:
        gone = await self.built.core.tidying.tidy(now=self._now(), heaps=heaps)
        for heap, count in gone.items():
            meters.FORGOTTEN.labels(heap).inc(count)

    def _spawn(self, work: Any) -> None:
        """Work beside everything else that `stop` waits for."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        # What a stop cuts off is done at the next start.
        if error is not None and not self._stopping:
            log.error("work_beside_broke", exc_info=error)

    async def _finish(self) -> None:
        """Lets what was begun beside everything else come to its end; a timer that is cut off comes again."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=2)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.built.core.traces.write()

    async def stop(self) -> None:
        """Takes nothing new, lets what runs end, then closes what was opened last first."""
        self.ready, self._stopping = False, True
        await self._exit.aclose()
        log.info("stopped")
