"""The three bots between the inbox and the outbox: pens, desks, lanes, polling or webhooks, delivery."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import aiohttp
import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot import admin, customer, provider
from bot.admin.orders.board import board as live_board
from bot.admin.topics import Topics
from bot.conversation import merge
from bot.dispatch import Desk
from bot.features import offered
from bot.gateway.aiogram_messenger import AiogramMessenger
from bot.gateway.api import UpdateApi
from bot.gateway.delivery import Delivery
from bot.gateway.feeds import aiogram_desk, aiogram_feed, ptb_desk, ptb_feed
from bot.gateway.gate import Gate, Limits
from bot.gateway.inbox import Inbox
from bot.gateway.incoming import incoming
from bot.gateway.json_session import JsonSession
from bot.gateway.lanes import Lanes
from bot.gateway.messenger import Messenger
from bot.gateway.polling import Polling
from bot.gateway.ports import SystemClock
from bot.gateway.ptb_messenger import PtbMessenger
from bot.gateway.ptb_session import JsonRequest
from bot.gateway.raw_json import loads
from bot.gateway.replies import Replies
from bot.gateway.standby import Standby
from bot.gateway.talks import Talks
from bot.gateway.way_out import connector
from bot.i18n import Words, choose_language
from bot.links import Links
from bot.notices.manners import as_chosen
from bot.refusals import TelegramAway, TokenRefused
from bot.screen import Screen
from bot.turns import Turns
from bot.wiring.core import Built
from bot.wiring.menus import set_menus, set_profile
from bot.wiring.presence import Presence
from core.changes import Changes
from core.events import Event
from core.people.model import Person
from core.trace import of_update
from db.cards import CardTable
from db.conversations import ConversationTable
from db.engine import Database
from db.outbox import OutboxTable

log = structlog.get_logger()
END_WITHIN = 5.0
BOTS: dict[str, ModuleType] = {"customer": customer, "provider": provider, "admin": admin}


@dataclass(frozen=True, slots=True)
class Place:
    """Where and in what manner this installation talks."""

    tokens: dict[str, str]
    api_url: str
    staff_chat: int
    zone: str
    currency: str
    language: str
    link_secret: bytes
    limits: Limits = field(default_factory=Limits)
    webhook_url: str = ""
    webhook_secret: str = ""
    redis_url: str = ""
    proxy: str = field(default="", repr=False)


@dataclass(slots=True)
class Telegram:
    """Everything that talks to Telegram; `open` connects, `start` begins to listen and to send."""

    place: Place
    built: Built
    database: Database
    presence: Presence
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    wake: Callable[[], None] = lambda: None
    pens: dict[str, Messenger] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    usernames: dict[str, str] = field(default_factory=dict)
    replies: Replies = field(default_factory=Replies)
    lanes: Lanes = field(init=False)
    inbox: Inbox = field(init=False)
    delivery: Delivery = field(init=False)
    topics: Topics = field(init=False)
    _system: SystemClock = field(init=False)
    _gates: dict[str, Gate] = field(default_factory=dict)
    _callable: set[str] = field(default_factory=set)
    _turns: Turns = field(default_factory=Turns)
    _started: bool = False
    _handlers: dict[str, Any] = field(default_factory=dict)
    _closing: list[Callable[[], Any]] = field(default_factory=list)
    _pollings: list[Standby] = field(default_factory=list)

    async def open(self) -> None:
        """Makes the three bots and learns their names. Raises TokenRefused, TelegramAway."""
        self._system = SystemClock(self.clock)
        self._open_gates()
        server = TelegramAPIServer.from_base(self.place.api_url)
        for name in ("customer", "provider"):
            session = JsonSession(api=server, proxy=self.place.proxy, json_loads=loads)
            api = Bot(self.place.tokens[name], session=session, default=DefaultBotProperties())
            self._closing.append(session.close)
            self.pens[name] = AiogramMessenger(
                name, api, self._gates[name], self.built.files, replies=self.replies
            )
            with self._told(name):
                me = await api.me()
                self.usernames[name] = me.username or ""
                if me.supports_inline_queries:
                    self._callable.add(name)
            self._desk_for_aiogram(name, api)
        await self._open_admin(self._gates["admin"])

    def _open_gates(self) -> None:
        """With Redis, all processes of a token take turns and keep its limits together."""
        tokens, limits = self.place.tokens, self.place.limits
        if not self.place.redis_url:
            self._gates = {name: Gate(self._system, limits) for name in tokens}
            return
        from bot.gateway.redis import RedisGate, RedisTurns, connect  # an extra: cities have it

        redis = connect(self.place.redis_url)
        self._closing.append(redis.aclose)
        # A token begins with the number of its bot: installations that share a Redis do not meet.
        shared = {name: f"doorstep:{token.partition(':')[0]}" for name, token in tokens.items()}
        self._turns = RedisTurns(redis, prefix=shared["customer"])
        self._gates = {
            name: RedisGate(
                self._system, limits, redis, prefix=prefix, process=self.presence.number
            )
            for name, prefix in shared.items()
        }

    @contextmanager
    def _told(self, bot: str) -> Iterator[None]:
        """What Telegram says of a token when a bot first speaks."""
        try:
            yield
        except (TelegramUnauthorizedError, TelegramNotFound, InvalidToken) as error:
            raise TokenRefused(bot) from error
        except (AiogramError, TelegramError) as error:
            raise TelegramAway(self.place.api_url) from error

    def _desk_for_aiogram(self, name: str, api: Bot) -> None:
        dispatcher = Dispatcher(disable_fsm=True)  # where a talk stands is kept by the desk
        self.desks[name] = self._desk(name)
        aiogram_desk(dispatcher, self.desks[name].handle)
        self._handlers[name] = aiogram_feed(name, dispatcher, api)

    async def _open_admin(self, gate: Gate) -> None:
        base = self.place.api_url.rstrip("/")
        application = (
            Application.builder()
            .token(self.place.tokens["admin"])
            .base_url(f"{base}/bot")
            .base_file_url(f"{base}/file/bot")
            .updater(None)
            .job_queue(None)
            .request(JsonRequest(proxy=self.place.proxy))
            .get_updates_request(JsonRequest(proxy=self.place.proxy))
            .build()
        )
        with self._told("admin"):
            await application.initialize()
        self._closing.append(application.shutdown)
        self.pens["admin"] = PtbMessenger(
            "admin", application.bot, gate, self.built.files, replies=self.replies
        )
        self.usernames["admin"] = application.bot.username
        self.desks["admin"] = self._desk("admin")
        self.desks["admin"].guard = admin.guard(self.place.staff_chat)
        self.desks["admin"].group = self.place.staff_chat
        ptb_desk(application, self.desks["admin"].handle)
        self._handlers["admin"] = ptb_feed("admin", application)

    def _desk(self, name: str) -> Desk:
        package = BOTS[name]
        return Desk(
            bot=name, core=self.built.core, dialog=merge(package.DIALOGS),
            messenger=self.pens[name], conversations=Talks(ConversationTable(self.database)),
            cards=CardTable(self.database, on_past=lambda: self.wake()), clock=self.clock,
            home=package.home,
            link=self._links(name), shop=self._links("customer"),
            typed=package.typed, edited=package.edited, zone=self.place.zone, currency=self.place.currency,
            default_language=self.place.language, turns=self._turns,
            offering=getattr(package, "offering", None),
            till=getattr(package, "till", None),
        )  # fmt: skip

    def _links(self, name: str) -> Links:
        return Links(self.usernames[name], self.place.link_secret, name in self._callable)

    async def start(self, *, parts: frozenset[str]) -> None:
        """Takes up what an earlier run left, then listens and sends."""
        names = [name for name in BOTS if name in parts]
        self.topics = Topics(
            core=self.built.core, pen=self.pens["admin"], staff_chat=self.place.staff_chat,
            memory=ConversationTable(self.database), words=self.words(None),
            cards=CardTable(self.database), alone=lambda: self.database.alone("topics"),
        )  # fmt: skip
        self.desks["admin"].typed = admin.Typed(self.topics.name_of)
        self.delivery = Delivery(
            OutboxTable(self.database), self.pens, self._system, self.render,
            address=self._address, on_failed=self._failed, on_refused=self._lost,
            turns=self._turns, speaking=self._speaking,
        )  # fmt: skip
        handlers = {name: self._handlers[name] for name in names}
        inbox = self.presence.inbox
        self.lanes = Lanes(inbox, handlers, self._system, on_parked=self._parked)
        self.inbox = Inbox(inbox, self.lanes, self._system)
        if "delivery" in parts or not self.presence.shared:
            self.wake = self.delivery.wake
        self.built.store.on_letters = self.wake
        await self.lanes.adopt()
        self.presence.pulse(self.lanes)
        self._started = True
        if "delivery" in parts:
            await self.delivery.start()
        await self._listen(names)

    async def _listen(self, names: Sequence[str]) -> None:
        session = aiohttp.ClientSession(connector=connector(self.place.proxy))
        self._closing.append(session.close)
        for name in names:
            api = UpdateApi(session, self.place.api_url, self.place.tokens[name])
            if self.place.webhook_url:
                url = f"{self.place.webhook_url.rstrip('/')}/telegram/{name}"
                await api.use_webhook(url, self.place.webhook_secret)
            else:
                polling = Polling(
                    name, api, self.inbox.receive, self._system, on_clash=self._clashed
                )
                self._pollings.append(Standby(name, polling, self.presence.fetches, self._system))
                self._pollings[-1].start()

    def lacking(self, *, parts: frozenset[str]) -> list[str]:
        """Which of these parts stand still, in words."""
        found = []
        if not self.lanes.running:
            found.append("Updates are not worked.")
        if "delivery" in parts and not self.delivery.running:
            found.append("Messages are not delivered.")
        return found

    @property
    def in_lanes(self) -> tuple[int, int]:
        """People whose updates are worked, and updates that wait in memory; none before it began."""
        return (self.lanes.at_work, self.lanes.queued) if self._started else (0, 0)

    @property
    def at_work(self) -> int:
        """Chats whose updates are worked, and messages that are about to go out."""
        return self.lanes.at_work + self.delivery.at_work

    async def introduce(self) -> None:
        """What the bots say about themselves, in every language of ours."""
        platform = self.built.core.rules.text("platform_name")
        for name, package in BOTS.items():
            pen = self.pens[name]
            await set_menus(pen, package.COMMANDS, self.words)
            await set_profile(pen, package.ABOUT, package.LINE, self.words, platform)

    async def open_staff_chat(self) -> None:
        """The topics and the pinned board are there before the first order is."""
        board = await live_board(self.built.core, self.words(None), self.clock())
        await self.topics.prepare(board)

    async def stop(self) -> None:
        """Takes nothing new, lets what runs end; what waits for its turn stays for the next start."""
        for polling in self._pollings:
            await polling.stop()
        if self._started:
            await self.topics.stop(within=END_WITHIN)
        for gate in self._gates.values():
            gate.shut()
        if self._started:
            await asyncio.gather(
                self.lanes.stop(within=END_WITHIN), self.delivery.stop(within=END_WITHIN)
            )
        for close in reversed(self._closing):
            await close()

    def words(self, person: Person | None) -> Words:
        language = choose_language(
            chosen=person.language if person else None,
            code=person.language_code if person else None, default=self.place.language,
        )  # fmt: skip
        return Words(language, self.place.zone, self.place.currency)

    async def render(self, due: Any) -> Screen | None:
        """The screen of one letter as things stand now, in the language of whoever gets it."""
        person = None
        if due.person_id is not None:
            person = await self.built.core.store.get(Person, id=due.person_id)
        renderer = as_chosen(BOTS[due.bot].LETTERS[due.kind], person)
        core = self.built.core
        screen: Screen | None = await renderer(core, due, self.words(person), self.clock())
        return offered(screen, core.rules) if screen else None

    async def _address(self, due: Any) -> tuple[int | None, int | None]:
        if due.bot == "admin" and due.person_id is None:
            return await self.topics.address(due)
        return due.chat_id, None

    def _speaking(self, bot: str) -> bool:
        """After a restore only the staff are written to."""
        return bot == "admin" or not self.built.core.quarantine.standing

    async def _failed(self, due: Any, why: str) -> None:
        log.error("letter_given_up", kind=due.kind, bot=due.bot, error=why)
        await self._lost(due, why)

    async def _lost(self, due: Any, _why: str) -> None:
        """Who wrote to the other side of an order hears that it did not arrive; an offer goes to somebody else."""
        if due.kind == "relayed":
            await self.built.core.relay.lose(relayed_id=due.subject)
        if due.bot == "provider" and due.kind == "offer":
            await self.built.core.jobs.unseen(
                order_id=due.subject, person_id=due.person_id, now=self.clock()
            )

    async def _clashed(self, bot: str) -> None:
        """Another program takes a bot's updates: staff hear of it once a day."""
        day, number = self.clock().toordinal(), tuple(BOTS).index(bot) + 1
        await self.built.store.apply(
            Changes().tell(Event("update.clash", day, number, {}, {"bot": bot}))
        )

    async def _parked(self, update: Any, error: str) -> None:
        """An update nobody could work: staff are told, and whoever wrote hears that it was not for nothing."""
        event = Event(
            "update.parked", update.update_id, 1, {}, {"bot": update.bot, "error": error[:200]}
        )
        await self.built.store.apply(Changes().tell(event))
        arrived = incoming(update.bot, json.loads(update.body))
        if arrived is None or arrived.chat_kind != "private":
            return
        person = await self.built.core.store.get(Person, telegram_id=arrived.user_id)
        words, pen = self.words(person), self.pens[update.bot]
        sorry = words(
            "Sorry, something went wrong on our side. Our team has been told: {reference}. "
            "Send /start to go on.",
            reference=of_update(bot=update.bot, update_id=update.update_id),
        )
        if arrived.callback_id:
            await pen.answer(arrived.callback_id)
        await pen.send(arrived.chat_id, Screen(sorry))
