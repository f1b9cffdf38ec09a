"""Where every update enters: stored and committed first, then acknowledged, then worked in its lane."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import meters
from bot.gateway.lanes import Lanes, hurried
from bot.gateway.ports import Clock, InboxStore

Seen = Callable[[str, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A raw update with what is needed to store it."""

    bot: str
    update_id: int
    lane: int
    body: str
    chat_id: int = 0
    tries: int = 0


async def _nobody(bot: str, chat_id: int) -> None:
    pass


class Inbox:
    """`receive` returns when the updates are safe; only then may Telegram be told."""

    def __init__(
        self, store: InboxStore, lanes: Lanes, clock: Clock, *, on_seen: Seen = _nobody
    ) -> None:
        self._store = store
        self._lanes = lanes
        self._clock = clock
        self._on_seen = on_seen

    async def receive(self, bot: str, updates: Sequence[dict[str, Any]]) -> None:
        """Keep what is new; a repeated update is acknowledged and otherwise ignored."""
        arrived = [arrival(bot, update) for update in updates]
        if not arrived:
            return
        new = await self._store.keep(arrived, now=self._clock.millis())
        fresh = []
        for one in arrived:
            if (one.bot, one.update_id) in new:
                new.discard((one.bot, one.update_id))
                fresh.append(one)
        meters.RECEIVED.labels(bot).inc(len(fresh))
        for one in fresh:
            if one.chat_id > 0:
                await self._on_seen(bot, one.chat_id)
        self._lanes.take(fresh)

    async def tidy(self) -> None:
        """Forget what was done two days ago."""
        await self._store.forget(now=self._clock.millis())


def arrival(bot: str, update: dict[str, Any]) -> Arrived:
    """Who it is from decides the lane: the person, else the chat. Who is about to pay can't wait for what the person
    did before.
    """
    update_id = int(update["update_id"])
    inner = next((value for value in update.values() if isinstance(value, dict)), {})
    chat = inner.get("chat") or inner.get("message", {}).get("chat") or {}
    sender = inner.get("from") or inner.get("user") or chat
    body = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    # A person who blocks the bot also sends an update; that is no sign of being back.
    left = "my_chat_member" in update and _status(inner) in ("kicked", "left")
    lane = hurried(inner["id"]) if "pre_checkout_query" in update else int(sender.get("id", 0))
    return Arrived(bot, update_id, lane, body, 0 if left else int(chat.get("id", 0)))


def _status(change: dict[str, Any]) -> str:
    return str(change.get("new_chat_member", {}).get("status", ""))
