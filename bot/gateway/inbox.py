"""Where every update enters: stored and committed first, then acknowledged, then worked in its lane."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot import meters
from bot.gateway.lanes import Lanes, hurried
from bot.gateway.ports import Clock, InboxStore
from bot.gateway.raw_json import dumps


@dataclass(frozen=True, slots=True)
class Arrived:
    """A raw update with what is needed to store it."""

    bot: str
    update_id: int
    lane: int
    body: str
    chat_id: int = 0
    tries: int = 0


class Inbox:
    """`receive` returns when the updates are safe; only then may Telegram be told."""

    def __init__(self, store: InboxStore, lanes: Lanes, clock: Clock) -> None:
        self._store = store
        self._lanes = lanes
        self._clock = clock

    async def receive(self, bot: str, updates: Sequence[dict[str, Any]]) -> None:
        """Keep what is new; a repeated update is acknowledged and otherwise ignored."""
        if not updates:
            return
        arrived = {int(update["update_id"]): arrival(bot, update) for update in updates}
        new = await self._store.keep(list(arrived.values()), now=self._clock.millis())
        meters.RECEIVED.labels(bot).inc(len(new))
        lanes = defaultdict[int, list[Arrived]](list)
        for one in arrived.values():
            if (bot, one.update_id) in new:
                lanes[one.lane].append(one)
        for fresh in lanes.values():
            self._lanes.take(fresh, new[bot, fresh[0].update_id])


def arrival(bot: str, update: dict[str, Any]) -> Arrived:
    """Who it is from decides the lane: the person, else the chat. Who is about to pay can't wait for what the person
    did before.
    """
    update_id = int(update["update_id"])
    inner = next((value for value in update.values() if isinstance(value, dict)), {})
    chat = inner.get("chat") or inner.get("message", {}).get("chat") or {}
    sender = inner.get("from") or inner.get("user") or chat
    body = dumps(update)
    # A person who blocks the bot also sends an update; that is no sign of being back.
    left = "my_chat_member" in update and _status(inner) in ("kicked", "left")
    lane = hurried(inner["id"]) if "pre_checkout_query" in update else int(sender.get("id", 0))
    return Arrived(bot, update_id, lane, body, 0 if left else int(chat.get("id", 0)))


def _status(change: dict[str, Any]) -> str:
    return str(change.get("new_chat_member", {}).get("status", ""))
